import { expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { openPage } from './open-page.ts';

test('the wizard says what is wrong with a field when it is left, and what was probably meant', async () => {
  await using poppy = await openPage({ isFresh: true });
  const { window } = poppy;
  await window.getByRole('button', { name: 'Add your mailbox' }).click();
  const address = window.getByLabel('Email address');
  const told = async (text: string) => {
    await window.getByText(text, { exact: true }).waitFor();
  };

  await address.fill('olga');
  expect(await window.getByText('An address has an @ in it').count()).toBe(0);
  await address.blur();
  await told('An address has an @ in it: name@example.org.');

  await address.fill('olga@gmial.com');
  await address.blur();
  await window.getByRole('button', { name: 'Use olga@gmail.com' }).click();
  await expect.poll(() => address.inputValue()).toBe('olga@gmail.com');

  await window.getByRole('button', { name: 'Enter settings by hand' }).click();
  const host = window.getByLabel('Server', { exact: true });
  await host.fill('https://pop.example.org');
  await told('Only the name is wanted, as in pop.example.org, without what stands before ://.');
  await host.fill('imap.example.org');
  const port = window.getByRole('textbox', { name: 'Port' });
  await port.fill('993');
  await port.blur();
  await window.getByText('This is a port of IMAP. POP3 mostly uses 995.').waitFor();
  expect(await violations(window)).toEqual([]);
  await window.getByRole('button', { name: 'Use pop.example.org' }).click();
  await window.getByRole('button', { name: 'Use 995' }).click();
  await expect
    .poll(async () => [await host.inputValue(), await port.inputValue()])
    .toEqual(['pop.example.org', '995']);
  await window.getByRole('button', { name: 'Test connection' }).click();
  await told('Type the password.');
});
