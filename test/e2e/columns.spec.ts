import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { choose } from '../support/choose.ts';
import { columnEdge, columnWidths, dragColumn } from '../support/columns.ts';
import { goTo } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { resize } from './dress.ts';
import { openPoppy } from './poppy-window.ts';
import { takeSample } from './sample.ts';

const patient = { timeout: 20_000, interval: 50 };
const userData = mkdtempSync(join(tmpdir(), 'poppy-columns-'));
afterAll(() => rmSync(userData, { recursive: true, force: true }));

/** Makes a column wider by its edge and answers the widths that come of it; another column gives the room. */
async function widen(window: Page, column: string, key: string, by: number): Promise<Record<string, number>> {
  await columnEdge(window, column).waitFor();
  const before = await columnWidths(window);
  await dragColumn(window, column, by);
  await expect
    .poll(async () => (await columnWidths(window))[key], patient)
    .toBe((before[key] ?? Number.NaN) + by);
  return columnWidths(window);
}

const sum = (all: Record<string, number>) => Object.values(all).reduce((before, width) => before + width, 0);

const goToServer = async (window: Page) => {
  await goTo(window, 'On the server');
  await window.locator('.server-rows .row[aria-selected]').nth(3).waitFor();
};

test('columns fit what is in them, and what was made wider is so again after a restart', async () => {
  await using first = await openPoppy({ userData });
  const { window } = first;
  await takeSample(window);
  await resize(first, 1024, 640);
  await choose(first, { listStyle: 'table', readingPane: 'beside', tableWidth: 640 });
  await columnEdge(window, 'From').waitFor();
  await choose(first, { tableWidth: 380 });
  await resize(first, 1600, 1000);
  await choose(first, { tableWidth: 900 });
  await columnEdge(window, 'Size').waitFor();
  const wide = await columnWidths(window);
  expect(wide.account).toBeGreaterThan(60);
  await columnEdge(window, 'From').dblclick();
  const isCut = () =>
    window
      .locator('.row .cell-from')
      .evaluateAll((cells) => cells.some((cell) => cell.scrollWidth > cell.clientWidth));
  await expect.poll(isCut, patient).toBe(false);
  const fitted = await columnWidths(window);
  expect(Math.abs(sum(fitted) - sum(wide))).toBeLessThan(3);
  await shoot(window, 'columns-1600');

  await resize(first, 1024, 640);
  await choose(first, { tableWidth: 640 });
  const list = await widen(window, 'Subject', 'subject', -60);
  await goToServer(window);
  const server = await widen(window, 'From', 'from', 50);
  await first.close();

  await using again = await openPoppy({ userData });
  await resize(again, 1024, 640);
  await columnEdge(again.window, 'From').waitFor();
  await expect.poll(() => columnWidths(again.window), patient).toEqual(list);
  await goToServer(again.window);
  await expect.poll(() => columnWidths(again.window), patient).toEqual(server);
});
