import { afterAll, beforeAll, expect } from 'vitest';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { inTheClear, letter, lines } from '../support/letters.ts';
import { getMail, goTo, messageRows, statusSays, subjects } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { story } from '../support/story.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

const patient = { timeout: 20_000, interval: 50 };
const shop = 'Shop <offers@shop.example>';

let server: DovecotServer;
let poppy: PoppyWindow;

beforeAll(async () => {
  server = await startDovecot({
    users: [
      { name: 'anna', password: 'secret', messages: [letter('Lunch'), letter('Sale one', { from: shop })] },
    ],
  });
  poppy = await openPoppy();
  await addMailbox(poppy.window, inTheClear(server.plainPort));
  await statusSays(poppy.window, /Checked at .*2 new/);
});

afterAll(async () => {
  await poppy?.close();
  await server?.stop();
});

const button = (name: string) => poppy.window.getByRole('button', { name, exact: true });
const maildrop = async () => (await server.readMaildrop()).length;

/** Writes a rule in the settings; before it is kept, says what it would have matched. */
async function addRule(facts: { name: string; on: string; contains: string; does: string }): Promise<string> {
  const { window } = poppy;
  await window.getByRole('button', { name: 'Add rule' }).click();
  const dialog = window.getByRole('dialog', { name: 'Rule' });
  await dialog.getByLabel('Name').fill(facts.name);
  await dialog.getByRole('button', { name: /Condition$/ }).click();
  await window.getByRole('option', { name: facts.on, exact: true }).click();
  await dialog.getByLabel('Contains').fill(facts.contains);
  await dialog.getByRole('button', { name: /Action$/ }).click();
  await window.getByRole('option', { name: facts.does, exact: true }).click();
  await dialog.getByRole('button', { name: 'Dry run' }).click();
  const matched = dialog.getByText(/message matches|have matched/);
  const words = (await matched.textContent()) ?? '';
  await shoot(window, `rule-${facts.name}`);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await window.getByRole('switch', { name: new RegExp(facts.name) }).waitFor();
  return words;
}

/** Opens the settings of the mailbox, lets the test change something, and keeps it. */
async function changeMailbox(change: () => Promise<void>): Promise<void> {
  const { window } = poppy;
  await window.keyboard.press('Control+,');
  await button('Change').click();
  await change();
  // The connection has a Save of its own.
  await window.locator('.dialog-foot').getByRole('button', { name: 'Save', exact: true }).click();
  await window.getByText('Settings saved').last().waitFor();
  await goTo(window, 'Inbox');
}

story('mail that comes in', {
  async 'is sorted by rules before the download and after it, which say first what they would have matched'() {
    const { window } = poppy;
    await window.keyboard.press('Control+,');
    await window.getByRole('tab', { name: 'Rules' }).click();
    const before = { on: 'Sender', contains: 'shop.example', does: 'Before: do not download' };
    const after = { on: 'Subject', contains: 'report', does: 'Star' };
    const matched = [
      await addRule({ name: 'No sales', ...before }),
      await addRule({ name: 'Reports', ...after }),
    ];
    await addRule({
      name: 'Never',
      on: 'Subject',
      contains: 'you won',
      does: 'Before: delete on the server',
    });
    server.addMessage(letter('Sale two', { from: shop }));
    server.addMessage(letter('You won', { from: shop }));
    server.addMessage(letter('Report of May'));
    await getMail(poppy.window);
    await goTo(window, 'Inbox');
    await expect.poll(() => subjects(window), patient).toEqual(['Lunch', 'Report of May', 'Sale one']);
    // The server deletes when the check says goodbye to it.
    await expect.poll(maildrop, patient).toBe(4);
    const row = messageRows(window).filter({ hasText: 'Report of May' });
    await expect.poll(() => row.getAttribute('aria-label'), patient).toContain('starred');
    expect(matched).toEqual(['Would have matched 1 message.', 'No stored message matches.']);
    await goTo(window, 'On the server');
    await button('Bin').click();
    const left = window.getByRole('dialog', { name: 'What left the server' }).locator('tbody tr');
    await left.filter({ hasText: 'You won' }).filter({ hasText: 'was only on the server' }).waitFor();
    await window.keyboard.press('Escape');
    await goTo(window, 'Inbox');
  },

  async 'comes only with its beginning where it is large: the rest comes, or goes, when that is asked for'() {
    const { window } = poppy;
    await changeMailbox(async () => {
      await window.getByText('Of large messages, fetch only the beginning').click();
      const limit = window.getByRole('textbox', { name: 'Megabytes' });
      await limit.fill('1');
      await limit.press('Tab');
    });
    for (const subject of ['Film', 'Series'])
      server.addMessage(letter(subject, { body: `${lines(1_500_000)}The end of it.\r\n` }));
    await getMail(poppy.window);
    const note = window.getByText('first lines shown');
    const body = window.frameLocator('iframe[title]').locator('body');
    await messageRows(window).filter({ hasText: 'Film' }).click();
    await note.waitFor();
    await expect.poll(() => body.textContent(), patient).toContain('A line of a letter');
    expect(await body.textContent()).not.toContain('The end of it.');
    await shoot(window, 'partial');
    await button('Download now').click();
    await body.getByText('The end of it.').waitFor({ state: 'attached' });
    await note.waitFor({ state: 'detached' });
    await messageRows(window).filter({ hasText: 'Series' }).click();
    await note.waitFor();
    await button('Delete on server').click();
    const question = window.getByRole('alertdialog', { name: 'Delete the message on the server?' });
    await question.getByText('The rest is nowhere but on the server').waitFor();
    await shoot(window, 'partial-delete');
    await question.getByRole('button', { name: 'Delete on server' }).click();
    await expect.poll(maildrop, patient).toBe(5);
    await expect
      .poll(() => subjects(window), patient)
      .toEqual(['Film', 'Lunch', 'Report of May', 'Sale one']);
  },

  async 'leaves the server by choice once it is stored, and what was not downloaded stays there'() {
    const { window } = poppy;
    await changeMailbox(async () => {
      await button('What should happen to the copies on the server?').click();
      await window.getByText('Remove them once they are stored here').click();
    });
    await getMail(poppy.window);
    await expect.poll(maildrop, patient).toBe(1);
    await goTo(window, 'On the server');
    await window.locator('.server-rows .row', { hasText: 'Sale two' }).waitFor();
    await goTo(window, 'Inbox');
    expect(await subjects(window)).toEqual(['Film', 'Lunch', 'Report of May', 'Sale one']);
  },

  async 'goes for good from the Trash, after a question that says how many'() {
    const { window } = poppy;
    await messageRows(window).filter({ hasText: 'Lunch' }).click();
    await window.keyboard.press('Delete');
    await goTo(window, 'Trash');
    await expect.poll(() => subjects(window), patient).toEqual(['Lunch', 'Series']);
    const question = window.getByRole('alertdialog', { name: 'Delete for good?' });
    await messageRows(window).first().click();
    await window.keyboard.press('Control+a');
    await window.keyboard.press('Delete');
    await question.getByText('2 messages leave the Trash').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await messageRows(window).filter({ hasText: 'Lunch' }).click();
    await window.keyboard.press('Delete');
    await question.getByText('The message leaves the Trash').waitFor();
    await shoot(window, 'delete-for-good');
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await window.getByText('1 message deleted for good').waitFor();
    await expect.poll(() => subjects(window), patient).toEqual(['Series']);
  },
});
