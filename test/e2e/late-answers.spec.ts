import { expect, test } from 'vitest';
import { startDovecot } from '../servers/dovecot.ts';
import { inTheClear, letter } from '../support/letters.ts';
import { messageRows, readMessage, statusSays } from '../support/mail-list.ts';
import { openPoppy } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

/* What the window shows while an answer is on its way. */

const patient = { timeout: 20_000, interval: 50 };

test('an inbox is not called empty while what a check has fetched is not listed yet', async () => {
  await using server = await startDovecot({
    users: [{ name: 'anna', password: 'secret', messages: ['Lunch', 'Report'].map((each) => letter(each)) }],
  });
  await using poppy = await openPoppy();
  const { window } = poppy;
  // Each title that stands where no message is, however short.
  await window.evaluate(() => {
    const seen = new Set<string>();
    Object.assign(globalThis, { seen });
    new MutationObserver(() => {
      const title = document.querySelector('.list-pane .empty-title')?.textContent;
      if (title) seen.add(title);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await addMailbox(window, inTheClear(server.plainPort));
  await statusSays(window, /2 new/);
  await messageRows(window).nth(1).waitFor();
  const seen = await window.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen]);
  expect(seen).not.toContain('All done');
});

test('nothing of the last message stands under the header of the next while that one’s body is on its way', async () => {
  await using server = await startDovecot({
    users: [
      {
        name: 'anna',
        password: 'secret',
        messages: [
          letter('First', { date: 'Fri, 1 Mar 2024 10:00:00 +0000' }),
          letter('Second', { date: 'Sat, 2 Mar 2024 10:00:00 +0000' }),
        ],
      },
    ],
  });
  await using poppy = await openPoppy();
  const { app, window } = poppy;
  await addMailbox(window, inTheClear(server.plainPort));
  await statusSays(window, /2 new/);
  expect(await readMessage(window, 'First')).toBe('About First.');
  await app.evaluate(({ BrowserWindow }) => {
    const protocol = BrowserWindow.getAllWindows()[0]?.webContents.session.protocol;
    protocol?.unhandle('poppy-message');
    // Asked for, and not answered.
    protocol?.handle('poppy-message', () => new Promise(() => undefined));
  });
  await messageRows(window).filter({ hasText: 'Second' }).click();
  await window.getByRole('heading', { name: 'Second', exact: true }).waitFor();
  const box = await window.locator('.body-box').boundingBox();
  if (box === null) throw new Error('no body');
  /** How many colours there are where the body belongs: words have several, an empty sheet has one. */
  const colours = () =>
    app.evaluate(async ({ BrowserWindow }, { x, y, width, height }) => {
      const [x0, y0, w, h] = [x, y, width, height].map(Math.round) as [number, number, number, number];
      const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage({
        x: x0,
        y: y0,
        width: w,
        height: h,
      });
      const pixels = image?.toBitmap() ?? Buffer.alloc(0);
      return new Set(new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.byteLength / 4)).size;
    }, box);
  await expect.poll(colours, patient).toBe(1);
});
