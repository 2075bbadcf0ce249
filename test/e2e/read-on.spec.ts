import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { startDovecot } from '../servers/dovecot.ts';
import { press } from './keys.ts';
import { messageRows, readMessage } from './mail-list.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

const patient = { timeout: 10_000, interval: 50 };
const lines = Array.from({ length: 120 }, (_, at) => `Line ${String(at + 1)} of a letter that goes on.`);

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

/** Presses Space, waiting after each for the body to come to rest, until another message is shown. */
async function spacesToNext(poppy: PoppyWindow): Promise<readonly string[]> {
  const { window } = poppy;
  const before = await shown(window);
  const places: string[] = [await whereIn(window)];
  while ((await shown(window)) === before && places.length < 30) {
    await press(poppy, 'Space');
    await settled(window);
    if ((await shown(window)) === before) places.push(await whereIn(window));
  }
  return places;
}

/** Waits until neither the message nor its place changes any more. */
async function settled(window: Page): Promise<void> {
  const look = async () => {
    const place = await window
      .frameLocator('iframe.body-frame')
      .locator('html')
      .evaluate(({ ownerDocument }) => ownerDocument.scrollingElement?.scrollTop ?? 0);
    return `${await shown(window)} ${String(place)}`;
  };
  let last = '';
  let same = 0;
  await expect
    .poll(
      async () => {
        const now = await look();
        same = now === last ? same + 1 : 0;
        last = now;
        return same;
      },
      { ...patient, interval: 60 },
    )
    .toBeGreaterThan(4);
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
        letter: [letter[0], letter[1], letter.at(-1)],
        page: [page[0], page[1], page.at(-1)],
      }).toEqual({
        last: expect.stringContaining('Last words'),
        note: ['end'],
        letter: ['beginning', 'between', 'end'],
        page: ['beginning', 'between', 'end'],
      });
      expect(letter.length).toBeLessThan(12);
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
  await window.getByRole('button', { name: 'Try it with a sample mailbox' }).click();
  await messageRows(window).nth(5).waitFor();
  await window.getByText(/Checked at/).waitFor();
  await readMessage(window, 'To the lighthouse, by the milk train');
  await press(poppy, 'Space');
  await settled(window);
  const down = await whereIn(window);
  await press(poppy, 'Space', ['shift']);
  await settled(window);
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
