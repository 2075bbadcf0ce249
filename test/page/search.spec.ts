import { expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { shoot } from '../support/shots.ts';
import { openPage } from './open-page.ts';

const patient = { timeout: 20_000, interval: 50 };

test('what a search does not understand is said above the results, with what was probably meant', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  const box = window.getByRole('searchbox', { name: 'Search' });
  await box.fill('frm:anna is:unred');
  await window.getByText('“frm:” is not an operator').waitFor();
  await shoot(window, 'search-notes');
  expect(await violations(window)).toEqual([]);
  await window.getByRole('button', { name: 'Did you mean from:?' }).click();
  await expect.poll(() => box.inputValue(), patient).toBe('from:anna is:unred');
  await window.getByRole('button', { name: 'Did you mean is:unread?' }).click();
  await expect.poll(() => box.inputValue(), patient).toBe('from:anna is:unread');
  await expect.poll(() => window.locator('.search-offer').count(), patient).toBe(0);

  await box.fill('invioce');
  await window.getByRole('button', { name: 'Did you mean invoice? 2 messages' }).click();
  await expect.poll(() => box.inputValue(), patient).toBe('invoice');
});

test('the help of the search lists what steers it, and an example is searched for when it is pressed', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await window.getByRole('button', { name: 'What can be searched' }).click();
  await window.getByRole('button', { name: 'newer:2w' }).waitFor();
  await shoot(window, 'search-help');
  expect(await violations(window)).toEqual([]);
  await window.getByRole('button', { name: 'has:attachment' }).click();
  const box = window.getByRole('searchbox', { name: 'Search' });
  await expect.poll(() => box.inputValue(), patient).toBe('has:attachment');
  await expect.poll(() => box.evaluate((input) => input === document.activeElement), patient).toBe(true);
});
