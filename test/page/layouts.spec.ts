import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { choose } from '../support/choose.ts';
import { messageRows } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { openPage, readRow, resize } from './open-page.ts';

const patient = { timeout: 20_000, interval: 50 };

/** Thirty-five letters of common words. */
const words = 'Minutes of the four hundred and twel';

/** Whether so many letters of a subject fit into the narrowest subject of a row without tags in sight. */
function fitsWords(window: Page): Promise<boolean> {
  return window.locator('.row .cell-subject .cell-text').evaluateAll((cells, text) => {
    const room = Math.min(
      ...cells
        .filter((cell) => cell.parentElement?.querySelector('.chips, .card-conversation') === null)
        .map((cell) => {
          const column = cell.parentElement?.getBoundingClientRect();
          return (column?.right ?? 0) - cell.getBoundingClientRect().left;
        }),
    );
    const probe = document.createElement('span');
    probe.textContent = text;
    probe.style.cssText = 'position:absolute;white-space:nowrap';
    cells[0]?.append(probe);
    const width = probe.getBoundingClientRect().width;
    probe.remove();
    return cells.length > 3 && width <= room;
  }, words);
}

/** Where the message is, seen from the list. */
function place(window: Page): Promise<string> {
  return window.evaluate(() => {
    const list = document.querySelector('.pane-list')?.getBoundingClientRect();
    const message = document.querySelector('.pane-reading')?.getBoundingClientRect();
    if (list === undefined || message === undefined) return 'alone';
    return message.top >= list.bottom ? 'below' : 'beside';
  });
}

test('a table has room for 35 letters of a subject and for the mailbox, with the message below or beside', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await readRow(window, 0);
  await choose(poppy, { listStyle: 'table' });
  await expect.poll(() => place(window), patient).toBe('below');
  for (const [width, height] of [
    [1024, 640],
    [1600, 1000],
  ] as const) {
    await resize(poppy, width, height);
    await expect.poll(() => fitsWords(window), patient).toBe(true);
    expect(await window.locator('.row .cell-account').first().isVisible()).toBe(true);
    await shoot(window, `layout-below-${width}`);
  }
  await choose(poppy, { readingPane: 'beside' });
  await expect.poll(() => place(window), patient).toBe('beside');
  await expect.poll(() => fitsWords(window), patient).toBe(true);
  expect(await window.locator('.row .cell-account').first().isVisible()).toBe(true);
  await shoot(window, 'layout-beside-1600');
  expect(await violations(window)).toEqual([]);
});

test('the line between list and message is moved by keys and by the pointer, and both panes keep room', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await choose(poppy, { readingPane: 'below' });
  const edge = window.getByRole('separator', { name: 'Height of the list' });
  const height = async () => Math.round((await window.locator('.pane-list').boundingBox())?.height ?? 0);
  await expect.poll(height, patient).toBe(260);
  await edge.focus();
  await edge.press('ArrowDown');
  await expect.poll(height, patient).toBe(276);
  const box = await edge.boundingBox();
  if (box === null) throw new Error('the line is not in sight');
  await window.mouse.move(box.x + 100, box.y);
  await window.mouse.down();
  await window.mouse.move(box.x + 100, box.y - 60);
  await window.mouse.up();
  await expect.poll(height, patient).toBe(216);
  for (let step = 0; step < 60; step += 1) await edge.press('ArrowDown');
  await expect
    .poll(async () => (await window.locator('.pane-reading').boundingBox())?.height ?? 0, patient)
    .toBeGreaterThan(200);
  expect(await violations(window)).toEqual([]);
});

test('with messages in windows of their own the list fills the window', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await choose(poppy, { readingPane: 'window' });
  await expect.poll(() => place(window), patient).toBe('alone');
  await messageRows(window).nth(2).click();
  expect(await place(window)).toBe('alone');
  const list = await window.locator('.pane-list').boundingBox();
  const main = await window.locator('.panes-main').boundingBox();
  expect((list?.width ?? 0) + 2).toBeGreaterThanOrEqual(main?.width ?? Number.NaN);
  await shoot(window, 'layout-window-1024');
});
