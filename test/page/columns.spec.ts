import { expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { choose } from '../support/choose.ts';
import { columnEdge, columnWidths, dragColumn } from '../support/columns.ts';
import { goTo } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { openPage } from './open-page.ts';

const patient = { timeout: 20_000, interval: 50 };
test('columns are made wider by dragging, by keys and to what is in them, in the list and on the server', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await choose(poppy, { listStyle: 'table', readingPane: 'beside', tableWidth: 640 });
  await columnEdge(window, 'From').waitFor();
  const before = await columnWidths(window);

  await dragColumn(window, 'Subject', -60);
  const dragged: Record<string, number> = {
    ...before,
    subject: (before.subject ?? 0) - 60,
    from: (before.from ?? 0) + 60,
  };
  await expect.poll(() => columnWidths(window), patient).toEqual(dragged);
  // Sorting is what the head does, not its edge.
  expect(await window.getByRole('columnheader', { name: 'Subject' }).getAttribute('aria-sort')).toBe('none');

  await columnEdge(window, 'Date').focus();
  const chosen = await window.locator('.row.is-focused').count();
  for (let step = 0; step < 2; step += 1) await window.keyboard.press('ArrowLeft');
  const moved: Record<string, number> = {
    ...dragged,
    date: (dragged.date ?? 0) - 32,
    size: (dragged.size ?? 0) + 32,
  };
  await expect.poll(() => columnWidths(window), patient).toEqual(moved);
  expect(await columnEdge(window, 'Date').getAttribute('aria-valuenow')).toBe(String(moved.date));
  expect(await window.locator('.row.is-focused').count()).toBe(chosen);
  await window.keyboard.press('Enter');
  await expect.poll(async () => (await columnWidths(window)).date, patient).not.toBe(moved.date);

  await shoot(window, 'columns-1024');
  expect(await violations(window)).toEqual([]);

  await goTo(window, 'On the server');
  await window.locator('.server-rows .row[aria-selected]').nth(3).waitFor();
  const there = await columnWidths(window);
  await dragColumn(window, 'From', 50);
  const after = { ...there, from: (there.from ?? 0) + 50, subject: (there.subject ?? 0) - 50 };
  await expect.poll(() => columnWidths(window), patient).toEqual(after);
  await columnEdge(window, 'State').dblclick();
  await expect.poll(async () => (await columnWidths(window)).state, patient).not.toBe(there.state);
  await shoot(window, 'columns-server-1024');
  expect(await violations(window)).toEqual([]);
  await choose(poppy, { textScale: 2 });
  await shoot(window, 'columns-server-200');
});
