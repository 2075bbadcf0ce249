import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quietStyle } from '../../electron/message/safety/message-page.ts';
import { sanitiseHtml } from '../../electron/message/safety/sanitise-html.ts';
import { top } from '../support/shots.ts';
import type { LooksQuestion } from './looks-program.ts';
import { smallProgram } from './small-program.ts';

const folder = join(top, 'test/message/safety/newsletters');

/** What differs on purpose: nothing of an honest newsletter may be more than a hair's breadth off. */
const mostDifferent = 0.002;

test('newsletters look the same after they were cleaned', async () => {
  await using program = await smallProgram('looks-program.ts');
  const pairs: Record<string, [string, string]> = {};
  for (const name of readdirSync(folder)) {
    const html = readFileSync(join(folder, name), 'utf8');
    const clean = sanitiseHtml(html, { contentIdUrl: () => null, remoteImages: 'block' }).html;
    pairs[name] = [withQuietStyle(html), withQuietStyle(clean)];
  }
  const pictures = process.env.POPPY_SHOTS ?? '';
  const shares = (await program.ask({ pairs, pictures } satisfies LooksQuestion)) as Record<string, number>;
  const changed = Object.entries(shares).filter(([, share]) => share > mostDifferent);
  expect({ compared: Object.keys(shares).length, changed }).toEqual({
    compared: Object.keys(pairs).length,
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
  await using program = await smallProgram('looks-program.ts');
  const pairs = { other: ['<body bgcolor="#ff0000">x', '<body>x'], same: ['<p>x', '<p>x'] };
  expect(await program.ask({ pairs, pictures: '' })).toEqual({ other: expect.closeTo(1, 1), same: 0 });
});
