import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect } from 'vitest';
import { serverCertificate } from '../servers/authority.ts';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { type Line, Relay } from '../servers/relay.ts';
import { violations } from '../support/axe.ts';
import { inTheClear, letter } from '../support/letters.ts';
import { getMail, goTo, messageRows, subjects } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { story } from '../support/story.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';
import { addAnotherMailbox, finishMailbox, tryMailbox } from './wizard.ts';

const patient = { timeout: 20_000, interval: 50 };

let server: DovecotServer;
let line: Relay;
let poppy: PoppyWindow;

/** One Poppy for all of it, which knows nothing of the authority that signed the server's certificate. */
beforeAll(async () => {
  server = await startDovecot({
    users: [
      { name: 'anna', password: 'secret', messages: [letter('One'), letter('Two')] },
      { name: 'boris', password: 'secret', messages: [letter('Alpha')] },
    ],
    extra: 'protocol pop3 {\n  pop3_lock_session = yes\n}',
  });
  line = new Relay(server.plainPort);
  poppy = await openPoppy();
});

afterAll(async () => {
  await poppy?.close();
  await line?.[Symbol.asyncDispose]();
  await server?.stop();
});

const button = (name: string) => poppy.window.getByRole('button', { name, exact: true });
const card = () => button('Needs attention');
const settingsOf = (user: string) => poppy.window.getByRole('dialog', { name: `${user}@example.org` });
const trust = /Trust this certificate/;

story('two mailboxes, one behind a certificate nobody vouches for', {
  async 'a certificate is asked about, and trusted for this mailbox'() {
    const { window } = poppy;
    const entered = { host: server.host, port: server.tlsPort, security: 'tls', user: 'anna' } as const;
    await tryMailbox(window, { ...entered, password: 'secret' });
    await window.getByRole('button', { name: trust }).waitFor();
    await shoot(window, 'certificate');
    expect(await violations(window)).toEqual([]);
    await window.getByRole('button', { name: trust }).click();
    await finishMailbox(window);
    await expect.poll(() => subjects(window), patient).toEqual(['One', 'Two']);
  },

  async 'it is trusted no longer once that is taken back, and nothing is fetched until it is trusted anew'() {
    const { window } = poppy;
    await window.keyboard.press('Control+,');
    await button('Change').click();
    const dialog = settingsOf('anna');
    const key = (await dialog.locator('.pinned-key').textContent()) ?? '';
    expect(key.replaceAll(' ', '')).toBe(serverCertificate().keySha256);
    await shoot(window, 'certificate-pinned');
    expect(await violations(window)).toEqual([]);
    await dialog.getByRole('button', { name: 'Trust it no longer' }).click();
    await dialog.locator('.dialog-foot').getByRole('button', { name: 'Save' }).click();
    server.addMessage(letter('Three'));
    await card().click();
    await settingsOf('anna').getByText('Nobody this computer trusts vouches for').waitFor();
    await settingsOf('anna').getByRole('button', { name: 'Check settings' }).click();
    await dialog.getByRole('button', { name: 'Test connection' }).click();
    await dialog.getByRole('button', { name: trust }).click();
    // The password is older than this trust.
    await dialog.getByRole('button', { name: 'Send the stored password' }).click();
    await dialog.getByText('It works').waitFor();
    await dialog.locator('.dialog-foot').getByRole('button', { name: 'Save' }).click();
    await goTo(window, 'Inbox');
    await messageRows(window).filter({ hasText: 'Three' }).waitFor();
    await expect.poll(() => card().count(), patient).toBe(0);
  },

  async 'both are checked side by side: a slow server keeps only its own mail waiting'() {
    const { window } = poppy;
    const slowMailbox = inTheClear(await line.listen(), 'boris');
    await addAnotherMailbox(window, { ...slowMailbox, mechanism: 'CRAM-MD5' });
    await expect.poll(() => subjects(window), patient).toEqual(['Alpha']);
    let slow: Line | null = null;
    line.plan({
      moment: { kind: 'connected' },
      act: (held) => {
        held.hold();
        slow = held;
      },
    });
    server.addMessage(letter('Four'), 'anna');
    server.addMessage(letter('Beta'), 'boris');
    await goTo(window, 'All inboxes');
    await window.keyboard.press('Shift+F5');
    await expect.poll(() => subjects(window), patient).toEqual(['Alpha', 'Four', 'One', 'Three', 'Two']);
    (slow as Line | null)?.goOn();
    await expect
      .poll(() => subjects(window), patient)
      .toEqual(['Alpha', 'Beta', 'Four', 'One', 'Three', 'Two']);
    const ways = [...server.log().matchAll(/user=<(\w+)>, method=([\w-]+)/g)].map(([, user, way]) => [
      user,
      way,
    ]);
    expect(ways).toEqual(
      expect.arrayContaining([
        ['anna', 'SCRAM-SHA-256'],
        ['boris', 'CRAM-MD5'],
      ]),
    );
  },

  async 'they are named beside their mail where the mail of both is listed, and only there'() {
    const { window } = poppy;
    const names = () => window.locator('.card-account').allTextContents();
    const unique = async () => [...new Set(await names())].sort();
    await expect.poll(unique, patient).toEqual(['anna@example.org', 'boris@example.org']);
    expect(await messageRows(window).filter({ hasText: 'Beta' }).getAttribute('aria-label')).toMatch(
      /, boris@example\.org$/,
    );
    await shoot(window, 'accounts-named');
    await window
      .getByRole('navigation', { name: 'Places' })
      .getByRole('button', { name: /^Inbox/ })
      .last()
      .click();
    await expect.poll(() => subjects(window), patient).toEqual(['Alpha', 'Beta']);
    expect(await names()).toEqual([]);
    await goTo(window, 'All inboxes');
  },

  async 'they can be folded away, one by one, and tell of unread mail all the same'() {
    const places = poppy.window.getByRole('navigation', { name: 'Places' });
    const heading = places.getByRole('button', { name: /^boris@example\.org/ });
    const inboxes = () => places.getByRole('button', { name: /^Inbox/ }).count();
    await heading.click();
    await expect.poll(inboxes, patient).toBe(1);
    expect(await heading.textContent()).toMatch(/2 unread$/);
    await heading.click();
    await expect.poll(inboxes, patient).toBe(2);
    expect(await heading.textContent()).toBe('boris@example.org');
  },

  async 'one that another program has open says so on its own card, and is checked once it is free'() {
    const { window } = poppy;
    const other = await signedIn(server.plainPort, 'boris');
    server.addMessage(letter('Gamma'), 'boris');
    await getMail(window);
    await button('Waiting to try again').click();
    const dialog = settingsOf('boris');
    await dialog.getByText('Another program has this mailbox open').waitFor();
    await dialog.getByText(/tries again at \d/).waitFor();
    await shoot(window, 'mailbox-busy');
    other.end('QUIT\r\n');
    await once(other, 'close');
    await dialog.getByRole('button', { name: 'Try now' }).click();
    await messageRows(window).filter({ hasText: 'Gamma' }).waitFor();
    await expect.poll(() => button('Waiting to try again').count(), patient).toBe(0);
  },

  async 'one is removed with its mail, the other without'() {
    const { window } = poppy;
    const boris = ['Alpha', 'Beta', 'Gamma'];
    const remove = async (user: string, keepsMail: boolean) => {
      await window.keyboard.press('Control+,');
      await window
        .locator('.account-card', { hasText: `${user}@example.org` })
        .getByRole('button', { name: 'Change' })
        .click();
      await settingsOf(user).getByRole('button', { name: 'Remove mailbox' }).click();
      const question = window.getByRole('alertdialog', { name: `Remove ${user}@example.org?` });
      if (!keepsMail) await question.getByText('Keep the mail that is stored here').click();
      await shoot(window, `remove-${user}`);
      await question.getByRole('button', { name: 'Remove mailbox' }).click();
      await window.getByText('The mailbox was removed from Poppy').last().waitFor();
    };
    await remove('anna', false);
    await goTo(window, 'All inboxes');
    await expect.poll(() => subjects(window), patient).toEqual(boris);
    await remove('boris', true);
    await button('Read it now').waitFor();
    await shoot(window, 'kept-mail');
    await window.getByRole('button', { name: 'Read it now' }).click();
    await expect.poll(() => subjects(window), patient).toEqual(boris);
    expect([(await server.readMaildrop('anna')).length, (await server.readMaildrop('boris')).length]).toEqual(
      [4, 3],
    );
  },
});

/** A session of another program, signed in and left open. */
async function signedIn(port: number, user: string) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'data');
  for (const command of [`USER ${user}`, 'PASS secret']) {
    socket.write(`${command}\r\n`);
    await once(socket, 'data');
  }
  return socket.resume();
}
