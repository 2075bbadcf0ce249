import { expect, test } from 'vitest';
import type { PoppyBridge } from '../../shared/contract.ts';
import { startDovecot } from '../servers/dovecot.ts';
import { getMail, messageRows, statusSays } from '../support/mail-list.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

declare const poppy: PoppyBridge;

const patient = { timeout: 30_000, interval: 100 };

/** What the system was asked to show. */
type Told = {
  readonly notifications: {
    readonly title: string;
    readonly body: string;
    emit(event: 'click' | 'action', ...facts: unknown[]): void;
  }[];
  tooltip: string;
};

/** Takes down what would be shown outside the window; a test has no desktop that could be read. */
function listen({ app }: PoppyWindow): Promise<void> {
  return app.evaluate(({ Notification, Tray }) => {
    const told: Told = { notifications: [], tooltip: '' };
    (globalThis as { told?: Told }).told = told;
    Notification.isSupported = () => true;
    Notification.prototype.show = function show() {
      told.notifications.push(this as unknown as Told['notifications'][number]);
    };
    Tray.prototype.setToolTip = (text) => {
      told.tooltip = text;
    };
  });
}

function told({ app }: PoppyWindow): Promise<{ notifications: string[]; tooltip: string }> {
  return app.evaluate(() => {
    const { notifications, tooltip } = (globalThis as unknown as { told: Told }).told;
    return { notifications: notifications.map(({ title, body }) => `${title}: ${body}`), tooltip };
  });
}

function message(subject: string): string {
  return `From: Boris <boris@example.net>\r\nTo: anna@example.org\r\nSubject: ${subject}\r\nDate: Fri, 1 Mar 2024 10:00:00 +0000\r\nMessage-ID: <${subject}@example.net>\r\n\r\nAbout ${subject}.\r\n`;
}

test('tells of several messages at once, of one by its sender, and opens it by a click; is quiet when asked', async () => {
  await using server = await startDovecot({
    users: [{ name: 'anna', password: 'secret', messages: [message('first'), message('second')] }],
  });
  await using poppyWindow = await openPoppy();
  const { app, window } = poppyWindow;
  await listen(poppyWindow);
  await window.evaluate(() => poppy.request('preferences/update', { closesToTray: true }));
  await addMailbox(window, {
    host: server.host,
    port: server.plainPort,
    security: 'none',
    user: 'anna',
    password: 'secret',
  });
  const both = '2 new messages: Boris';
  await expect
    .poll(() => told(poppyWindow), patient)
    .toEqual({ notifications: [both], tooltip: 'Poppy — 2 unread messages' });

  server.addMessage(message('third'));
  await getMail(window);
  const third = 'Boris: third\nAbout third.';
  await expect
    .poll(() => told(poppyWindow), patient)
    .toEqual({ notifications: [both, third], tooltip: 'Poppy — 3 unread messages' });
  const opening = app.waitForEvent('window');
  await app.evaluate(() => (globalThis as unknown as { told: Told }).told.notifications[1]?.emit('click'));
  await (await opening).getByRole('heading', { name: 'third' }).waitFor();
  // Where a system has buttons in its notifications, the first of them marks as read.
  await app.evaluate(() => {
    const { notifications } = (globalThis as unknown as { told: Told }).told;
    notifications[0]?.emit('action', {}, 0);
  });
  await expect
    .poll(async () => (await told(poppyWindow)).tooltip, patient)
    .toMatch(/^Poppy( — 1 unread message)?$/);

  await window.evaluate(() => poppy.request('preferences/update', { notifies: false }));
  server.addMessage(message('fourth'));
  await getMail(window);
  await messageRows(window).filter({ hasText: 'fourth' }).waitFor();
  // What there is to tell is told at the end of the check.
  await statusSays(window, /Checked at/);
  expect((await told(poppyWindow)).notifications).toEqual([both, third]);
});
