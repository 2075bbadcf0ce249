import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { choose } from '../support/choose.ts';
import { goTo } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { resize } from './dress.ts';
import { openPoppy } from './poppy-window.ts';
import { takeSample } from './sample.ts';

const patient = { timeout: 20_000, interval: 50 };
const userData = mkdtempSync(join(tmpdir(), 'poppy-columns-'));
afterAll(() => rmSync(userData, { recursive: true, force: true }));

/** Width of each column in sight, by its key, as head and rows agree on it. */
async function widths(window: Page): Promise<Record<string, number>> {
  return window.locator('[role=grid]').evaluate((grid) => {
    const row = grid.querySelector('.row[aria-selected]');
    const heads = [...grid.querySelectorAll<HTMLElement>('[role=columnheader]')];
    return Object.fromEntries(
      heads.flatMap((head, index) => {
        const own = head.getBoundingClientRect();
        const below = row?.children[index]?.getBoundingClientRect();
        if (head.dataset.column === undefined || own.width === 0) return [];
        const agree =
          Math.abs(own.left - (below?.left ?? -1)) < 1 && Math.abs(own.width - (below?.width ?? -1)) < 1;
        return [[head.dataset.column, agree ? Math.round(own.width) : Number.NaN]];
      }),
    );
  });
}

const edge = (window: Page, column: string) =>
  window.getByRole('separator', { name: `Width of the column “${column}”`, exact: true });

/** Drags the edge of a column sideways. */
async function drag(window: Page, column: string, by: number): Promise<void> {
  const box = await edge(window, column).boundingBox();
  if (box === null) throw new Error(`no edge of ${column}`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await window.mouse.move(x, y);
  await window.mouse.down();
  await window.mouse.move(x + by / 2, y);
  await window.mouse.move(x + by, y);
  await window.mouse.up();
}

const sum = (all: Record<string, number>) => Object.values(all).reduce((before, width) => before + width, 0);

test('columns are made wider by dragging, by keys and to what is in them, and are so again after a restart', async () => {
  await using first = await openPoppy({ userData });
  const { window } = first;
  await takeSample(window);
  await resize(first, 1024, 640);
  await choose(first, { listStyle: 'table', listWidth: 640 });
  await edge(window, 'From').waitFor();
  const before = await widths(window);

  await drag(window, 'Subject', -60);
  const dragged: Record<string, number> = {
    ...before,
    subject: (before.subject ?? 0) - 60,
    from: (before.from ?? 0) + 60,
  };
  await expect.poll(() => widths(window), patient).toEqual(dragged);
  // Sorting is what the head does, not its edge.
  expect(await window.getByRole('columnheader', { name: 'Subject' }).getAttribute('aria-sort')).toBe('none');

  await edge(window, 'Date').focus();
  const chosen = await window.locator('.row.is-focused').count();
  for (let step = 0; step < 2; step += 1) await window.keyboard.press('ArrowLeft');
  const moved: Record<string, number> = {
    ...dragged,
    date: (dragged.date ?? 0) - 32,
    size: (dragged.size ?? 0) + 32,
  };
  await expect.poll(() => widths(window), patient).toEqual(moved);
  expect(await edge(window, 'Date').getAttribute('aria-valuenow')).toBe(String(moved.date));
  expect(await window.locator('.row.is-focused').count()).toBe(chosen);
  await window.keyboard.press('Enter');
  await expect.poll(async () => (await widths(window)).date, patient).not.toBe(moved.date);

  await shoot(window, 'columns-1024');
  expect(await violations(window)).toEqual([]);

  await choose(first, { listWidth: 380 });
  await resize(first, 1600, 1000);
  await choose(first, { listWidth: 900 });
  await edge(window, 'Size').waitFor();
  const wide = await widths(window);
  expect(wide.account).toBeGreaterThan(60);
  await edge(window, 'From').dblclick();
  const isCut = () =>
    window
      .locator('.row .cell-from')
      .evaluateAll((cells) => cells.some((cell) => cell.scrollWidth > cell.clientWidth));
  await expect.poll(isCut, patient).toBe(false);
  const fitted = await widths(window);
  expect(Math.abs(sum(fitted) - sum(wide))).toBeLessThan(3);
  await shoot(window, 'columns-1600');

  await goTo(window, 'On the server');
  await window.locator('.server-rows .row[aria-selected]').nth(3).waitFor();
  await resize(first, 1024, 640);
  const there = await widths(window);
  await drag(window, 'From', 50);
  const after = { ...there, from: (there.from ?? 0) + 50, subject: (there.subject ?? 0) - 50 };
  await expect.poll(() => widths(window), patient).toEqual(after);
  await edge(window, 'State').dblclick();
  await expect.poll(async () => (await widths(window)).state, patient).not.toBe(there.state);
  const server = await widths(window);
  await shoot(window, 'columns-server-1024');
  expect(await violations(window)).toEqual([]);
  await goTo(window, 'Inbox');
  await edge(window, 'From').waitFor();
  const left = await widths(window);
  await first.close();

  await using again = await openPoppy({ userData });
  await resize(again, 1024, 640);
  await edge(again.window, 'From').waitFor();
  await expect.poll(() => widths(again.window), patient).toEqual(left);
  await goTo(again.window, 'On the server');
  await again.window.locator('.server-rows .row[aria-selected]').nth(3).waitFor();
  await expect.poll(() => widths(again.window), patient).toEqual(server);
  await choose(again, { textScale: 2 });
  await shoot(again.window, 'columns-server-200');
});
