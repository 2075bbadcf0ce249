import { expect, test } from 'vitest';
import { selfSignedPort } from '../renderer/preview/fake-account-test.ts';
import { violations } from '../support/axe.ts';
import { shoot } from '../support/shots.ts';
import { openPage, type PoppyPage } from './open-page.ts';

/** Opens the settings of the first mailbox. */
async function inSettings({ window }: PoppyPage): Promise<void> {
  await window.keyboard.press('Control+,');
  await window.getByRole('tab', { name: 'Mailboxes' }).click();
  await window.getByRole('button', { name: 'Change' }).first().click();
}

test('asks before the kept password goes to a certificate that is trusted only now', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await inSettings(poppy);
  const port = window.getByRole('textbox', { name: 'Port', exact: true });
  await port.fill(String(selfSignedPort));
  await port.press('Tab');
  await window.getByRole('button', { name: 'Test connection' }).click();
  await window.getByRole('button', { name: 'Trust this certificate for this mailbox' }).click();
  const allow = window.getByRole('button', { name: 'Send the stored password' });
  await allow.waitFor();
  await shoot(window, 'new-key');
  const note = 'The stored password is forgotten unless you let Poppy send it below.';
  const asked = [await violations(window), await window.getByText(note).count()];
  await allow.click();
  await window.getByText('It works', { exact: true }).waitFor();
  expect([asked, await window.getByText(note).count()]).toEqual([[[], 1], 0]);
});

test('asks before a server is signed in to with less protection than before', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await inSettings(poppy);
  await window.getByLabel('Server', { exact: true }).fill('pop.weaker');
  await window.getByLabel('New password').fill('secret');
  await window.getByRole('button', { name: 'Test connection' }).click();
  const allow = window.getByRole('button', { name: 'Sign in with less protection' });
  await allow.waitFor();
  await shoot(window, 'weaker-sign-in');
  expect(await violations(window)).toEqual([]);
  await allow.click();
  await window.getByText('It works', { exact: true }).waitFor();
});
