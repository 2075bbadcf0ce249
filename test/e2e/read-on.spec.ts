import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { startDovecot } from '../servers/dovecot.ts';
import { messageRows, readMessage } from '../support/mail-list.ts';
import { press } from './keys.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';
import { takeSample } from './sample.ts';
import { addMailbox } from './wizard.ts';

const patient = { timeout: 20_000, interval: 50 };
const lines = Array.from({ length: 70 }, (_, at) => `Line ${String(at + 1)} of a letter that goes on.`);

/** Newest first in the list: a long text, a short one, a long page, another short one. */
const maildrop = [
  message('Last words', 1, 'text/plain', 'That is all.'),
  message(
    'A long page',
    2,
    'text/html',
    `<h1>News</h1>${lines.map((line) => `<p>${line}</p>`).join('\r\n')}`,
  ),
  message('A short note', 3, 'text/plain', 'See you at noon.'),
  message('A long letter', 4, 'text/plain', lines.join('\r\n')),
];

function message(subject: string, day: number, type: string, body: string): string {
  return `From: Boris <boris@example.net>\r\nTo: anna@example.org\r\nSubject: ${subject}\r\nDate: Fri, ${String(day)} Mar 2024 10:00:00 +0000\r\nMessage-ID: <${subject.replaceAll(' ', '-')}@example.net>\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${body}\r\n`;
}

const shown = async (window: Page) => (await window.locator('iframe.body-frame').getAttribute('title')) ?? '';
/** How far down the body is: at its beginning, at its end, or between. */
const whereIn = (window: Page) =>
  window
    .frameLocator('iframe.body-frame')
    .locator('html')
    .evaluate(({ ownerDocument: { scrollingElement: page } }) => {
      if (page === null) return 'nowhere';
      if (page.scrollTop + page.clientHeight >= page.scrollHeight - 2) return 'end';
      return page.scrollTop === 0 ? 'beginning' : 'between';
    });

/** The message in sight and how far down it is, in pixels. */
async function sight(window: Page): Promise<string> {
  const down = await window
    .frameLocator('iframe.body-frame')
    .locator('html')
    .evaluate(({ ownerDocument }) => ownerDocument.scrollingElement?.scrollTop ?? 0);
  return `${await shown(window)} ${String(down)}`;
}

/** Presses Space until another message is shown; answers where in the message that led, each place once. */
async function spacesToNext(poppy: PoppyWindow): Promise<readonly string[]> {
  const { window } = poppy;
  const before = await shown(window);
  const places: string[] = [await whereIn(window)];
  for (let presses = 0; (await shown(window)) === before && presses < 12; presses += 1) {
    await turnPage(poppy);
    if ((await shown(window)) !== before) break;
    const place = await whereIn(window);
    if (place !== places.at(-1)) places.push(place);
  }
  return places;
}

/** Presses Space and waits until something has moved and has come to rest; each turn of a page glides. */
async function turnPage(poppy: PoppyWindow, modifiers: 'shift'[] = []): Promise<void> {
  const { window } = poppy;
  const before = await sight(window);
  await press(poppy, 'Space', modifiers);
  await expect.poll(() => sight(window), patient).not.toBe(before);
  let last = '';
  let same = 0;
  await expect
    .poll(
      async () => {
        const now = await sight(window);
        same = now === last ? same + 1 : 0;
        last = now;
        return same;
      },
      { ...patient, interval: 60 },
    )
    .toBeGreaterThan(3);
}

for (const from of ['the list', 'the message'] as const)
  test(`Space reads a message to its end and goes on to the next unread, from ${from}`, async () => {
    const server = await startDovecot({ users: [{ name: 'anna', password: 'secret', messages: maildrop }] });
    try {
      await using poppy = await openPoppy();
      const { window } = poppy;
      const { host, plainPort: port } = server;
      await addMailbox(window, { host, port, security: 'none', user: 'anna', password: 'secret' });
      await messageRows(window).nth(3).waitFor();
      await readMessage(window, 'A long letter');
      if (from === 'the message') await window.frameLocator('iframe.body-frame').locator('body').click();
      const letter = await spacesToNext(poppy);
      const note = await spacesToNext(poppy);
      const page = await spacesToNext(poppy);
      expect({
        last: await shown(window),
        note,
        letter,
        page,
      }).toEqual({
        last: expect.stringContaining('Last words'),
        note: ['end'],
        letter: ['beginning', 'between', 'end'],
        page: ['beginning', 'between', 'end'],
      });
      // What was read to its end is read; the last one stays until it was.
      await expect
        .poll(() => messageRows(window).and(window.locator('.is-unread')).count(), patient)
        .toBeLessThanOrEqual(1);
    } finally {
      await server.stop();
    }
  });

test('Shift+Space goes back a page, and a field keeps its spaces', async () => {
  await using poppy = await openPoppy();
  const { window } = poppy;
  await takeSample(window);
  await readMessage(window, 'To the lighthouse, by the milk train');
  await turnPage(poppy);
  const down = await whereIn(window);
  await turnPage(poppy, ['shift']);
  const up = await whereIn(window);
  await window.frameLocator('iframe.body-frame').locator('body').click();
  await window.getByRole('searchbox', { name: 'Search' }).click();
  await window.keyboard.type('a b');
  expect({ down, up, field: await window.getByRole('searchbox', { name: 'Search' }).inputValue() }).toEqual({
    down: 'end',
    up: 'beginning',
    field: 'a b',
  });
});
