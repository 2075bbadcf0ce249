import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { choose } from '../support/choose.ts';
import { goTo } from '../support/mail-list.ts';
import { openPage } from './open-page.ts';

/** The numbers of the chosen rows, of the row in focus, and of all rows, as a screen reader is told them. */
async function told(window: Page) {
  return window.locator('[role=grid]').evaluate((grid) => {
    const numberOf = (row: Element | null) => Number(row?.getAttribute('aria-rowindex') ?? 0);
    const focused = grid.getAttribute('aria-activedescendant');
    return {
      chosen: [...grid.querySelectorAll('[aria-selected=true]')].map(numberOf).sort((a, b) => a - b),
      focus: focused === null ? 0 : numberOf(document.getElementById(focused)),
      head: numberOf(grid.querySelector('.grid-head-row')),
    };
  });
}

/** Walks over the rows of the list on screen by the same keys. */
async function walk(window: Page) {
  const grid = window.locator('[role=grid]');
  const total = Number(await grid.getAttribute('aria-rowcount'));
  await grid.focus();
  const seen = [];
  for (const key of [
    'ArrowDown',
    'ArrowDown',
    'Shift+ArrowDown',
    'Control+ArrowDown',
    'Control+Space',
    'End',
  ]) {
    const before = JSON.stringify(await told(window));
    await window.keyboard.press(key);
    await expect.poll(async () => JSON.stringify(await told(window))).not.toBe(before);
    seen.push(await told(window));
  }
  return { seen, isAtEnd: seen.at(-1)?.focus === total };
}

test('the mail list and the list on the server answer the same keys and count alike', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await choose(poppy, { listStyle: 'table', readingPane: 'beside', tableWidth: 640 });
  const mail = await walk(window);
  await goTo(window, 'On the server');
  await window.locator('.server-rows .row[aria-selected]').nth(6).waitFor();
  const server = await walk(window);
  expect(mail.seen.slice(0, 5)).toEqual([
    { chosen: [2], focus: 2, head: 1 },
    { chosen: [3], focus: 3, head: 1 },
    { chosen: [3, 4], focus: 4, head: 1 },
    { chosen: [3, 4], focus: 5, head: 1 },
    { chosen: [3, 4, 5], focus: 5, head: 1 },
  ]);
  expect(server.seen.slice(0, 5)).toEqual(mail.seen.slice(0, 5));
  expect([mail.isAtEnd, server.isAtEnd]).toEqual([true, true]);
});
