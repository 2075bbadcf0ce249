import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { Sql } from '../../electron/store/index/sql.ts';
import type { PoppyBridge } from '../../shared/contract.ts';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { inTheClear, letter, lines } from '../support/letters.ts';
import { getMail, goTo, messageRows, statusSays, subjects } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { openPoppy } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

/* What becomes of the copies on the server, and rules that work before the download, chosen as a person does. */

const dayMs = 24 * 60 * 60 * 1000;
const patient = { timeout: 20_000, interval: 50 };

/** Subjects of what is on the server, oldest first; letters are told apart by their sizes. */
async function onServer(server: DovecotServer, letters: Readonly<Record<string, string>>) {
  const bySize = new Map(Object.entries(letters).map(([subject, text]) => [text.length, subject]));
  return (await server.readMaildrop()).map(({ size }) => bySize.get(size));
}

/** Gets mail and waits for the check after it. */
async function check(window: Page): Promise<void> {
  const checks = () =>
    window.evaluate(async () => {
      const { poppy } = globalThis as unknown as { poppy: PoppyBridge };
      return (await poppy.request('account/list', {})).map(({ lastCheck, check: running }) =>
        running === null ? lastCheck?.endedAt : 'running',
      );
    });
  const before = JSON.stringify(await checks());
  await getMail(window);
  await expect
    .poll(async () => {
      const now = await checks();
      return now.includes('running') || JSON.stringify(now) === before ? 'not yet' : 'ended';
    }, patient)
    .toBe('ended');
}

/** Chooses what happens to the copies in the settings of the mailbox, and gets mail. */
async function keepAs(window: Page, choice: string, limit: { label: string; value: number }): Promise<void> {
  await window.keyboard.press('Control+,');
  await window.getByRole('tab', { name: 'Mailboxes' }).click();
  await window.getByRole('button', { name: 'Change', exact: true }).click();
  const dialog = window.getByRole('dialog');
  await dialog.getByRole('button', { name: 'What should happen to the copies on the server?' }).click();
  await dialog.locator('label').filter({ hasText: choice }).click();
  const field = dialog.getByRole('textbox', { name: limit.label, exact: true });
  await field.fill(String(limit.value));
  await field.press('Tab');
  await shoot(window, `retention ${limit.label}`);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await goTo(window, 'Inbox');
  await check(window);
}

/** Lets letters have been stored so many days ago. */
function age(userData: string, which: readonly string[], days: number): void {
  const index = new Sql(join(userData, 'index.sqlite'));
  for (const subject of which)
    index.run(
      'update ledger set stored_steady = stored_steady - ? where message_id in (select id from envelope where subject = ?)',
      days * dayMs,
      subject,
    );
  index.close();
}

test('copies on the server go by number, by size and by days as the settings say, and everything stays here', async () => {
  const all = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];
  const large = new Set(['Three', 'Four']);
  const letters = Object.fromEntries(
    all.map((subject, at) => [
      subject,
      letter(subject, {
        date: `Fri, ${String(at + 1)} Mar 2024 10:00:00 +0000`,
        body: lines(large.has(subject) ? 600_000 + at * 100 : 100 + at * 100),
      }),
    ]),
  );
  await using server = await startDovecot({
    users: [{ name: 'anna', password: 'secret', messages: Object.values(letters) }],
  });
  const left = () => onServer(server, letters);
  const userData = mkdtempSync(join(tmpdir(), 'poppy-retention-'));
  try {
    const story: Record<string, unknown> = {};
    {
      await using poppy = await openPoppy({ userData });
      const { window } = poppy;
      await addMailbox(window, inTheClear(server.plainPort));
      await statusSays(window, /6 new/);
      await check(window);
      story.keep = await left();
      await keepAs(window, 'Keep only the newest', { label: 'messages', value: 4 });
      story.newest = await left();
      await keepAs(window, 'Keep it below a size', { label: 'megabytes', value: 1 });
      story.size = await left();
      await keepAs(window, 'Remove them after some days', { label: 'days', value: 3 });
      story.daysAtFirst = await left();
    }
    age(userData, ['Four', 'Five'], 3);
    await using poppy = await openPoppy({ userData });
    await messageRows(poppy.window).nth(5).waitFor();
    await check(poppy.window);
    story.days = await left();
    await expect.poll(() => subjects(poppy.window), patient).toEqual([...all].sort());
    expect(story).toEqual({
      keep: all,
      newest: ['Three', 'Four', 'Five', 'Six'],
      size: ['Four', 'Five', 'Six'],
      daysAtFirst: ['Four', 'Five', 'Six'],
      days: ['Six'],
    });
  } finally {
    rmSync(userData, { recursive: true, force: true });
  }
});

/** Makes a rule of one condition and one action in the settings. */
async function addRule(window: Page, condition: () => Promise<void>, action: string): Promise<void> {
  await window.getByRole('button', { name: 'Add rule' }).click();
  await condition();
  await window.getByRole('button', { name: /Action$/ }).click();
  await window.getByRole('option', { name: action, exact: true }).click();
  await shoot(window, `rule ${action.replace('Before: ', '')}`);
  await window.getByRole('button', { name: 'Save' }).click();
  await window.getByRole('dialog').waitFor({ state: 'detached' });
}

test('rules fetch a sender first and of large messages only the headers, the rest of which comes when asked for', async () => {
  await using server = await startDovecot({
    users: [{ name: 'anna', password: 'secret', messages: [letter('Old news')] }],
  });
  await using poppy = await openPoppy();
  const { window } = poppy;
  await addMailbox(window, inTheClear(server.plainPort));
  await statusSays(window, /1 new/);
  await window.keyboard.press('Control+,');
  await window.getByRole('tab', { name: 'Rules' }).click();
  await addRule(
    window,
    async () => {
      await window.getByRole('button', { name: /Condition$/ }).click();
      await window.getByRole('option', { name: 'Larger than' }).click();
      const size = window.getByRole('textbox', { name: 'Kilobytes' });
      await size.fill('100');
      await size.press('Tab');
    },
    'Before: download headers only',
  );
  await addRule(window, () => window.getByLabel('Contains').fill('vera@'), 'Before: download first');
  await goTo(window, 'Inbox');
  const body = `The beginning.\r\n${lines(300_000)}The end.\r\n`;
  // The newest is fetched first: by that alone Vera's would come last.
  server.addMessage(letter('From Vera', { from: 'Vera <vera@example.net>' }));
  server.addMessage(letter('Large', { body }));
  server.addMessage(letter('Small'));
  await check(window);
  await expect.poll(() => subjects(window), patient).toEqual(['From Vera', 'Large', 'Old news', 'Small']);
  const stored = () =>
    window.evaluate(async () => {
      const { poppy } = globalThis as unknown as { poppy: PoppyBridge };
      const { rows } = await poppy.request('mailbox/list', {
        place: { kind: 'folder', folder: 'inbox', accountId: null },
        filter: {},
        sort: { by: 'date', descending: true },
        groupsByConversation: false,
        offset: 0,
        limit: 10,
      });
      return [...rows]
        .sort((a, b) => a.id - b.id)
        .map(({ subject, isPartial }) => `${subject}${isPartial ? ' (headers)' : ''}`);
    });
  // Beginnings come before what is fetched whole, as they are small.
  expect(await stored()).toEqual(['Old news', 'Large (headers)', 'From Vera', 'Small']);
  await messageRows(window).filter({ hasText: 'Large' }).click();
  await window.getByText(/first lines shown\. The rest is on the server\./).waitFor();
  const shown = window.frameLocator('iframe.body-frame').locator('body');
  await shown.getByText('The beginning.').waitFor();
  await shoot(window, 'headers-only');
  await window.getByRole('button', { name: 'Download now' }).click();
  await expect.poll(() => shown.textContent(), patient).toContain('The end.');
  expect(await stored()).toContain('Large');
  expect((await server.readMaildrop()).length).toBe(4);
});
