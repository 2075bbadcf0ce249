import { afterAll, beforeAll, expect } from 'vitest';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { Relay } from '../servers/relay.ts';
import { inTheClear, letter } from '../support/letters.ts';
import { getMail, messageRows, statusSays } from '../support/mail-list.ts';
import { story } from '../support/story.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

const patient = { timeout: 20_000, interval: 50 };

let server: DovecotServer;
let line: Relay;
let port = 0;
let poppy: PoppyWindow;

beforeAll(async () => {
  server = await startDovecot({
    users: [{ name: 'anna', password: 'secret', messages: [letter('One'), letter('Two')] }],
  });
  line = new Relay(server.plainPort);
  port = await line.listen();
  poppy = await openPoppy();
  await addMailbox(poppy.window, inTheClear(port));
  await statusSays(poppy.window, /Checked at .*2 new/);
});

afterAll(async () => {
  await poppy?.close();
  await line?.[Symbol.asyncDispose]();
  await server?.stop();
});

const button = (name: string) => poppy.window.getByRole('button', { name, exact: true });
const card = () => button('Needs attention');

/** Types a password into the open settings of the mailbox; saved, it is tried at once. */
async function choosePassword(password: string): Promise<void> {
  await poppy.window.getByLabel('New password').fill(password);
  await poppy.window.locator('.dialog-foot').getByRole('button', { name: 'Save', exact: true }).click();
  await poppy.window.getByText('Settings saved').last().waitFor();
}

story('trouble with a mailbox', {
  async 'is a card that says what happened and what to do, and is gone once the server answers again'() {
    const { window } = poppy;
    await line.refuse();
    await getMail(window);
    await card().click();
    const dialog = window.getByRole('dialog', { name: 'anna@example.org' });
    await dialog.getByText(`does not accept connections on port ${port}`).waitFor();
    await dialog.getByText('Check the port').waitFor();
    await line.listen();
    server.addMessage(letter('Three'));
    await dialog.getByRole('button', { name: 'Try now' }).click();
    await messageRows(window).filter({ hasText: 'Three' }).waitFor();
    await expect.poll(() => card().count(), patient).toBe(0);
  },

  async 'shows the words of the server folded, and leads to where the password is typed'() {
    const { window } = poppy;
    await window.keyboard.press('Control+,');
    await button('Change').click();
    await choosePassword('wrong');
    await card().click();
    const dialog = window.getByRole('dialog', { name: 'anna@example.org' });
    await dialog.getByText('did not accept the user name or the password').waitFor();
    const words = dialog.getByText(/Authentication failed/);
    expect(await words.isVisible()).toBe(false);
    await dialog.getByText("The server's own words").click();
    await words.waitFor();
    await dialog.getByRole('button', { name: 'Check settings' }).click();
    await choosePassword('secret');
    await statusSays(window, /Checked at .*nothing new/);
    await expect.poll(() => card().count(), patient).toBe(0);
  },

  async 'stays in the history of checks, which tells of each how it went and nothing it cannot know'() {
    const { window } = poppy;
    await button('History of checks').click();
    const told = window.locator('.history-line > p:nth-child(2)');
    await expect
      .poll(
        async () => (await told.allTextContents()).map((text) => text.replace(/, [\d.,]+ \S?B/, '')),
        patient,
      )
      .toEqual([
        'Done · nothing new · 3 on the server',
        'Failed',
        'Done · 1 new message · 3 on the server',
        'Failed',
        'Done · 2 new messages · 2 on the server',
      ]);
    await window.getByText(`does not accept connections on port ${port}`).waitFor();
  },
});
