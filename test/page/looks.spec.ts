import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quietStyle } from '../../electron/message/safety/message-page.ts';
import { sanitiseHtml } from '../../electron/message/safety/sanitise-html.ts';
import { top } from '../support/shots.ts';
import { looksOf } from './looks.ts';

const folder = join(top, 'test/message/safety/newsletters');

/** What differs on purpose: nothing of an honest newsletter may be more than a hair's breadth off. */
const mostDifferent = 0.002;

test('newsletters look the same after they were cleaned', async () => {
  await using looks = await looksOf();
  const shares: Record<string, number> = {};
  for (const name of readdirSync(folder)) {
    const html = readFileSync(join(folder, name), 'utf8');
    const clean = sanitiseHtml(html, { contentIdUrl: () => null, remoteImages: 'block' }).html;
    shares[name] = await looks.difference(name, withQuietStyle(html), withQuietStyle(clean));
  }
  const changed = Object.entries(shares).filter(([, share]) => share > mostDifferent);
  expect({ compared: Object.keys(shares).length, changed }).toEqual({
    compared: readdirSync(folder).length,
    changed: [],
  });
});

/** The page with the style every mail begins with, before any of its own. */
function withQuietStyle(html: string): string {
  return html.replace(
    /^\s*(<!doctype[^>]*>)?\s*(<html[^>]*>)?/i,
    (start) => `${start}<style>${quietStyle}</style>`,
  );
}

test('a difference in looks is seen', async () => {
  await using looks = await looksOf();
  const other = await looks.difference('other', '<body bgcolor="#ff0000">x', '<body>x');
  const same = await looks.difference('same', '<p>x', '<p>x');
  expect({ other, same }).toEqual({ other: expect.closeTo(1, 1), same: 0 });
});
