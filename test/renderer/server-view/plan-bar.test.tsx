// @vitest-environment jsdom

import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { LanguageProvider } from '../../../renderer/i18n/texts.tsx';
import { PlanBar } from '../../../renderer/server-view/PlanBar.tsx';
import type { AccountId } from '../../../shared/ids.ts';
import type { ServerView } from '../../../shared/server-view.ts';

const planned: ServerView = {
  accountId: '00000000000000aa' as AccountId,
  connection: 'open',
  failure: null,
  count: 2,
  sizeBytes: 70,
  headersDone: 2,
  isFetchingHeaders: false,
  plan: { download: 0, downloadBytes: 0, delete: 2, deleteBytes: 70, deleteNotStored: 0 },
  sentDeletions: 0,
  applied: null,
  capabilities: [],
};

/** The names of the buttons that can be pressed. */
function enabledButtons(view: ServerView): string[] {
  const page = renderToStaticMarkup(
    <LanguageProvider language="en">
      <PlanBar view={view} onApply={() => undefined} onUndo={() => undefined} />
    </LanguageProvider>,
  );
  return [...page.matchAll(/<button([^>]*)>(.*?)<\/button>/g)]
    .filter(([, attributes = '']) => !attributes.includes('disabled=""'))
    .map(([, , inside = '']) => inside.replace(/<[^>]*>/g, ''));
}

const applying = (outcome: 'running' | 'asked'): ServerView => ({
  ...planned,
  connection: 'busy',
  applied: { done: 1, total: 2, outcome },
});

test('a plan can be applied or undone; while it is applied only undone, and not once the server was asked', () => {
  expect([planned, applying('running'), applying('asked')].map(enabledButtons)).toEqual([
    ['Undo all', 'Apply'],
    ['Undo all'],
    [],
  ]);
});
