import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Security } from '../../shared/account.ts';
import { authorityPem } from '../servers/authority.ts';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { getMail, goTo, messageRows, readMessage, subjects } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { keptIn } from './keyring.ts';
import { registeredProgram, sha256 } from './opened-files.ts';
import { openPoppy } from './poppy-window.ts';
import { addMailbox, type MailboxSettings } from './wizard.ts';

/** Patience for what crosses the network and the disk. */
const patient = { timeout: 30_000, interval: 100 };

const pdf = Buffer.concat([
  Buffer.from('%PDF-1.4\n'),
  Buffer.from(Array.from({ length: 4000 }, (_, at) => at % 251)),
]);

const maildrop = [
  message('Lunch on Friday', 'Content-Type: text/plain; charset=utf-8\r\n\r\nAt one, by the river?\r\n'),
  message(
    'The report',
    [
      'Content-Type: multipart/mixed; boundary=cut',
      '',
      '--cut',
      'Content-Type: text/plain',
      '',
      'Here it is.',
      '--cut',
      'Content-Type: application/pdf',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="report 2024.pdf"',
      '',
      ...(pdf.toString('base64').match(/.{1,76}/g) ?? []),
      '--cut--',
      '',
    ].join('\r\n'),
  ),
  message(
    'Newsletter',
    'Content-Type: text/html; charset=utf-8\r\n\r\n<h1>Spring offers</h1><img src="http://127.0.0.1:9/pixel.png"><script>document.title="bad"</script>\r\n',
  ),
];
const everySubject = ['Lunch on Friday', 'Newsletter', 'The report'];

const folder = mkdtempSync(join(tmpdir(), 'poppy-mail-'));
const authorityFile = join(folder, 'authority.pem');
writeFileSync(authorityFile, authorityPem());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function message(subject: string, rest: string): string {
  return `From: Boris <boris@example.net>\r\nTo: anna@example.org\r\nSubject: ${subject}\r\nDate: Fri, 1 Mar 2024 10:00:00 +0000\r\nMessage-ID: <${subject.replaceAll(' ', '-')}@example.net>\r\n${rest}`;
}

function settings(server: DovecotServer, security: Security): MailboxSettings {
  const port = security === 'tls' ? server.tlsPort : server.plainPort;
  return { host: server.host, port, security, user: 'anna', password: 'secret' };
}

function anna(messages = maildrop) {
  return startDovecot({ users: [{ name: 'anna', password: 'secret', messages }] });
}

test('brings mail over TLS, opens an attachment, deletes on the server, and reads without a network', async () => {
  using opened = registeredProgram(['application/pdf']);
  const userData = join(folder, 'tls');
  const env = { ...opened.env, NODE_EXTRA_CA_CERTS: authorityFile };
  const server = await anna();
  try {
    await using poppy = await openPoppy({ userData, env });
    const { window } = poppy;
    await addMailbox(window, settings(server, 'tls'));
    await expect.poll(() => subjects(window), patient).toEqual(everySubject);
    expect((await keptIn('Poppy')).map(({ password }) => password)).toContain('secret');
    expect(await readMessage(window, 'Lunch on Friday')).toBe('At one, by the river?');
    expect(await readMessage(window, 'Newsletter')).toBe('Spring offers');
    expect(await readMessage(window, 'The report')).toBe('Here it is.');
    await shoot(window, 'mail');
    await window.getByRole('button', { name: /^report 2024\.pdf/ }).dblclick();
    await expect
      .poll(() => opened.list(), patient)
      .toEqual([{ name: 'report 2024.pdf', sha256: sha256(pdf) }]);

    await goTo(window, 'On the server');
    const onServer = window.getByRole('grid', { name: 'Messages on the server' });
    await onServer.getByRole('row', { name: /Newsletter/ }).click();
    await window.getByRole('button', { name: 'Mark for deletion' }).click();
    await window.getByRole('button', { name: 'Undo all' }).click();
    await window.getByText('Nothing is planned').waitFor();
    expect(await server.readMaildrop()).toHaveLength(3);
    await onServer.getByRole('row', { name: /Newsletter/ }).click();
    await window.getByRole('button', { name: 'Mark for deletion' }).click();
    await shoot(window, 'on-the-server');
    await window.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(async () => (await server.readMaildrop()).length, patient).toBe(2);
  } finally {
    await server.stop();
  }

  await using again = await openPoppy({ userData, env });
  // The place that was open last is open again; without the server it has nothing to show.
  await goTo(again.window, 'Inbox');
  await expect.poll(() => subjects(again.window), patient).toEqual(everySubject);
  expect(await readMessage(again.window, 'Lunch on Friday')).toBe('At one, by the river?');
});

test('brings mail over STARTTLS, and nothing twice', async () => {
  await using server = await anna();
  await using poppy = await openPoppy({ env: { NODE_EXTRA_CA_CERTS: authorityFile } });
  const { window } = poppy;
  await addMailbox(window, settings(server, 'starttls'));
  await expect.poll(() => subjects(window), patient).toEqual(everySubject);
  server.addMessage(message('One more', '\r\nhello\r\n'));
  await getMail(window);
  await expect.poll(() => subjects(window), patient).toEqual([...everySubject, 'One more'].sort());
});

test('sends a password without encryption only after consent', async () => {
  await using server = await anna();
  await using poppy = await openPoppy();
  await addMailbox(poppy.window, settings(server, 'none'));
  await expect.poll(() => subjects(poppy.window), patient).toEqual(everySubject);
});

test('moves a message to the Trash and takes that back', async () => {
  await using server = await anna();
  await using poppy = await openPoppy();
  const { window } = poppy;
  await addMailbox(window, settings(server, 'none'));
  await expect.poll(() => subjects(window), patient).toEqual(everySubject);
  await messageRows(window).filter({ hasText: 'Newsletter' }).click();
  await window.keyboard.press('Delete');
  await expect.poll(() => subjects(window), patient).toEqual(['Lunch on Friday', 'The report']);
  await window.getByText('1 message moved to Trash').waitFor();
  await window.keyboard.press('Control+z');
  await expect.poll(() => subjects(window), patient).toEqual(everySubject);
  expect(await server.readMaildrop()).toHaveLength(3);
});
