import type { Locator } from 'playwright';
import { expect, test } from 'vitest';
import { shoot } from '../support/shots.ts';
import { openPage, readRow } from './open-page.ts';

const patient = { timeout: 20_000, interval: 50 };

/** Whether one thing on screen lies over another. */
async function areApart(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  if (a === null || b === null) return false;
  return a.y + a.height <= b.y || b.y + b.height <= a.y || a.x + a.width <= b.x || b.x + b.width <= a.x;
}

test('ticks of menus are told, and notices leave a dialog its buttons', async () => {
  await using poppy = await openPage();
  const { window } = poppy;

  const open = () => window.getByRole('button', { name: 'Sorting and look' }).click();
  /** Kind, words and tick of each line. */
  const lines = () =>
    window
      .getByRole('menu')
      .locator('[role^=menuitem]')
      .evaluateAll((all) =>
        all.map((line) => `${line.role} ${line.textContent?.trim()} ${line.ariaChecked ?? '-'}`),
      );
  await open();
  const before = await lines();
  await window.getByRole('menuitemcheckbox', { name: 'Compact' }).click();
  await window.getByRole('menu').waitFor({ state: 'detached' });
  await open();
  await window.getByRole('menuitemradio', { name: 'By size' }).focus();
  await window.keyboard.press('Enter');
  await window.getByRole('menu').waitFor({ state: 'detached' });
  await open();
  const after = await lines();
  await shoot(window, 'menu-ticks');
  await window.keyboard.press('Escape');
  const rest = [
    'menuitemcheckbox Group conversations false',
    'menuitemradio Cards true',
    'menuitemradio Table false',
    'menuitemradio Below a table, beside cards true',
    'menuitemradio Beside the list false',
    'menuitemradio Below the list false',
    'menuitemradio In a window of its own false',
  ];
  expect({ before, after }).toEqual({
    before: [
      'menuitemradio By date true',
      'menuitemradio By sender false',
      'menuitemradio By subject false',
      'menuitemradio By size false',
      'menuitemradio By mailbox false',
      'menuitem Turn the order around -',
      ...rest,
      'menuitemcheckbox Compact false',
    ],
    after: [
      'menuitemradio By date false',
      'menuitemradio By sender false',
      'menuitemradio By subject false',
      'menuitemradio By size true',
      'menuitemradio By mailbox false',
      'menuitem Turn the order around -',
      ...rest,
      'menuitemcheckbox Compact true',
    ],
  });

  await readRow(window, 0);
  await window.keyboard.press('Delete');
  const toast = window.locator('.toast');
  await toast.waitFor();
  await window.keyboard.press('?');
  const sheet = window.getByRole('dialog', { name: 'Keyboard' });
  await sheet.waitFor();
  await expect.poll(() => areApart(toast, sheet), patient).toBe(true);
  await shoot(window, 'toast-and-sheet');
  await toast.getByRole('button', { name: 'Close' }).click();
  await toast.waitFor({ state: 'detached' });
  expect(await sheet.isVisible()).toBe(true);
});
