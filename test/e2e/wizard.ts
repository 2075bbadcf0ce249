import type { Page } from 'playwright';
import type { AuthMechanism, Security } from '../../shared/account.ts';

/** What a person types into the wizard. */
export type MailboxSettings = {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly user: string;
  readonly password: string;
  /** A way of signing in that is chosen by hand. */
  readonly mechanism?: AuthMechanism;
};

const securityWords: Record<Security, RegExp> = {
  tls: /^TLS/,
  starttls: /^STARTTLS/,
  none: /^No encryption/,
};

/** Goes through the wizard from the welcome up to the test of the connection, entering everything by hand. */
export async function tryMailbox(window: Page, settings: MailboxSettings): Promise<void> {
  await window.getByRole('button', { name: 'Add your mailbox' }).click();
  await enterSettings(window, settings);
}

async function enterSettings(window: Page, settings: MailboxSettings): Promise<void> {
  await window.getByLabel('Email address').fill(`${settings.user}@example.org`);
  await window.getByRole('button', { name: 'Enter settings by hand' }).click();
  await window.getByLabel('Security').click();
  await window.getByRole('option', { name: securityWords[settings.security] }).click();
  await window.getByLabel('Server', { exact: true }).fill(settings.host);
  // A number is taken over when its field is left.
  const port = window.getByRole('textbox', { name: 'Port' });
  await port.fill(String(settings.port));
  await port.press('Tab');
  await window.getByLabel('User name').fill(settings.user);
  if (settings.mechanism !== undefined) {
    await window.getByRole('button', { name: 'Sign-in method', exact: true }).click();
    await window.getByRole('button', { name: /^Chosen by Poppy/ }).click();
    await window.getByRole('option', { name: settings.mechanism, exact: true }).click();
  }
  await window.getByLabel('Password', { exact: true }).fill(settings.password);
  if (settings.security === 'none') await window.getByText('I understand the risk').click();
  await window.getByRole('button', { name: 'Test connection' }).click();
}

/** Adds a mailbox whose copies stay on the server, from the welcome to the list of mail. */
export async function addMailbox(window: Page, settings: MailboxSettings): Promise<void> {
  await tryMailbox(window, settings);
  await finishMailbox(window);
}

/** Adds one more mailbox beside the first. */
export async function addAnotherMailbox(window: Page, settings: MailboxSettings): Promise<void> {
  await window.getByRole('button', { name: 'Add mailbox' }).click();
  await enterSettings(window, settings);
  await finishMailbox(window);
}

/** Adds the mailbox that was tried, its copies staying on the server. */
export async function finishMailbox(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Continue' }).click();
  await window.getByText('Keep them', { exact: false }).first().click();
  await window.getByRole('button', { name: 'Add mailbox' }).click();
}
