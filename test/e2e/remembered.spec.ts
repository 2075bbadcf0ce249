import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { shoot } from '../support/shots.ts';
import { openPoppy } from './poppy-window.ts';
import { takeSample } from './sample.ts';

const patient = { timeout: 20_000, interval: 50 };
const userData = mkdtempSync(join(tmpdir(), 'poppy-remembered-'));
afterAll(() => rmSync(userData, { recursive: true, force: true }));

/** The rows of the list of messages, in Russian. */
const rowsOf = (window: Page) =>
  window.getByRole('grid', { name: 'Письма', exact: true }).locator('[role=row][aria-selected]');

/** What a person made of the window, as it can be seen. */
async function look(window: Page) {
  const sorted = window.locator('[role=columnheader]:not([aria-sort=none])[aria-sort]');
  return {
    language: await window.locator('html').getAttribute('lang'),
    theme: await window.locator('html').getAttribute('data-theme'),
    place: await window.locator('.pane-title').textContent(),
    sort: [await sorted.textContent(), await sorted.getAttribute('aria-sort')],
    largestFirst: await rowsOf(window).first().getAttribute('aria-label'),
    rowHeight: (await rowsOf(window).first().boundingBox())?.height,
    listHeight: (await window.locator('.pane-list').boundingBox())?.height,
  };
}

test('theme, language, table, density, order and widths are changed at once, and are there again after a restart', async () => {
  const first = await openPoppy({ userData });
  const { window } = first;
  await takeSample(window);
  await window.keyboard.press('Control+,');
  await window.getByRole('tab', { name: 'Appearance' }).click();
  const choose = async (picker: string, option: string) => {
    await window.getByRole('button', { name: new RegExp(`${picker}$`) }).click();
    await window.getByRole('option', { name: option, exact: true }).click();
  };
  await choose('Colours', 'Dark');
  await choose('List', 'Table');
  await choose('Language', 'Русский');
  await window.getByRole('heading', { name: 'Внешний вид' }).waitFor();
  await window.locator('html[lang=ru][data-theme=dark]').waitFor();
  await window
    .getByRole('navigation')
    .getByRole('button', { name: /^Входящие/ })
    .click();
  const rows = rowsOf(window);
  await rows.nth(3).waitFor();
  const roomy = (await rows.first().boundingBox())?.height ?? 0;
  await window.keyboard.press('Control+,');
  await window.getByRole('tab', { name: 'Внешний вид' }).click();
  await choose('Плотность', 'Плотно');
  await window
    .getByRole('navigation')
    .getByRole('button', { name: /^Входящие/ })
    .click();
  await window.getByRole('columnheader', { name: 'Размер' }).getByRole('button').click();
  const splitter = window.getByRole('separator', { name: 'Высота списка', exact: true });
  await splitter.focus();
  for (let step = 0; step < 5; step += 1) await splitter.press('ArrowDown');
  await expect.poll(async () => (await rows.first().boundingBox())?.height, patient).toBeLessThan(roomy);
  await expect
    .poll(async () => (await window.locator('.pane-list').boundingBox())?.height, patient)
    .toBe(340);
  await shoot(window, 'remembered');
  const left = await look(window);
  await first.close();

  await using again = await openPoppy({ userData });
  await again.window.locator('html[lang=ru]').waitFor();
  await expect.poll(() => look(again.window), patient).toEqual(left);
  expect(left).toMatchObject({
    language: 'ru',
    theme: 'dark',
    place: 'Входящие',
    sort: ['Размер', 'descending'],
  });
});
