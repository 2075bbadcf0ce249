import { expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { shoot } from '../support/shots.ts';
import { openPage } from './open-page.ts';

/** The wizard where settings are entered by hand, with a server of this name. */
async function wizardAt(host: string) {
  const poppy = await openPage({ isFresh: true });
  const { window } = poppy;
  await window.getByRole('button', { name: 'Add your mailbox' }).click();
  await window.getByLabel('Email address').fill('anna@provider.example');
  await window.getByRole('button', { name: 'Enter settings by hand' }).click();
  await window.getByLabel('Server', { exact: true }).fill(host);
  return poppy;
}

test('signing in in the browser is the first choice where Poppy is registered, and leads on to the test', async () => {
  await using poppy = await wizardAt('pop.registered.example');
  const { window } = poppy;
  await window.getByText('You sign in on a page of Provider.').waitFor();
  await shoot(window, 'sign-in-registered');
  const found = await violations(window);
  const passwords = await window.locator('input[type=password]').count();
  await window.getByRole('button', { name: 'Sign in in the browser' }).click();
  await window.getByRole('button', { name: 'Continue' }).waitFor();
  expect([found, passwords]).toEqual([[], 0]);
});

test('says what is missing where Poppy is not registered, takes a client id, and tells a refusal', async () => {
  await using poppy = await wizardAt('pop.unregistered.example');
  const { window } = poppy;
  const begin = window.getByRole('button', { name: 'Sign in in the browser' });
  await window.getByRole('button', { name: /How to sign in/ }).click();
  await window.getByRole('option', { name: 'In the browser' }).click();
  await window.getByRole('link', { name: 'Register at provider.example' }).waitFor();
  await begin.click();
  await window.getByText('Type the client id.', { exact: true }).waitFor();
  await shoot(window, 'sign-in-unregistered');
  const found = await violations(window);
  const client = window.getByLabel('Client id');
  await client.fill('denied');
  await begin.click();
  await window.getByText('Access was not allowed in the browser.').waitFor();
  await client.fill('waits');
  await begin.click();
  await window.getByText('A page of login.provider.example opens in your browser.').waitFor();
  await window.getByRole('button', { name: 'Stop' }).click();
  await client.fill('my-own');
  await begin.click();
  await window.getByRole('button', { name: 'Continue' }).waitFor();
  expect(found).toEqual([]);
});
