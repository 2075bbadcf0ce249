import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { Relay } from '../servers/relay.ts';
import { inTheClear, letter, lines } from '../support/letters.ts';
import { goTo, statusSays, subjects } from '../support/mail-list.ts';
import { story } from '../support/story.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

const patient = { timeout: 20_000, interval: 50 };
const folder = mkdtempSync(join(tmpdir(), 'poppy-server-view-'));

const shop = 'Shop <offers@shop.example>';
const stored = ['Lunch', 'Report', 'Holiday'];
const waiting = [
  letter('Old offer', { from: shop, date: 'Mon, 2 Mar 2020 10:00:00 +0000', body: lines(300_000) }),
  letter('New offer', { from: shop, date: 'Tue, 3 Mar 2020 10:00:00 +0000', body: lines(200_000) }),
  letter('Photo', { from: 'Vera <vera@example.net>', date: 'Wed, 4 Mar 2020 10:00:00 +0000' }),
];

let server: DovecotServer;
let line: Relay;
let poppy: PoppyWindow;

/** One Poppy for all of it: three letters are here, three more have come to the server since. */
beforeAll(async () => {
  server = await startDovecot({
    users: [{ name: 'anna', password: 'secret', messages: stored.map((subject) => letter(subject)) }],
  });
  line = new Relay(server.plainPort);
  poppy = await openPoppy();
  await addMailbox(poppy.window, inTheClear(await line.listen()));
  await statusSays(poppy.window, /Checked at .*3 new/);
  for (const message of waiting) server.addMessage(message);
  await goTo(poppy.window, 'On the server');
});

afterAll(async () => {
  await poppy?.close();
  await line?.[Symbol.asyncDispose]();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Subject and state of each row, in the order of the list. */
function rowStates(): Promise<string[]> {
  return poppy.window
    .locator('.server-rows .row')
    .evaluateAll((rows) =>
      rows.map(
        (row) =>
          `${row.querySelector('.cell-text')?.textContent}: ${row.querySelector('.state-chip')?.textContent}`,
      ),
    );
}

const row = (subject: string) => poppy.window.locator('.server-rows .row', { hasText: subject });
const button = (name: string) => poppy.window.getByRole('button', { name, exact: true });
const planWords = () => poppy.window.getByRole('region', { name: 'Plan' }).getByRole('status').textContent();
const maildrop = async () => (await server.readMaildrop()).length;
const allHere = ['Holiday: stored here', 'Report: stored here', 'Lunch: stored here'];

async function mark(subject: string, how: 'Mark for download' | 'Mark for deletion'): Promise<void> {
  await row(subject).click();
  await button(how).click();
}

story('the mailbox on the server', {
  async 'is shown as it is, in the order of coming, and looked into without fetching anything'() {
    const { window } = poppy;
    await expect
      .poll(rowStates, patient)
      .toEqual(['Photo: new', 'New offer: new', 'Old offer: new', ...allHere]);
    await row('Photo').dblclick();
    const preview = window.getByRole('complementary', { name: 'Preview' });
    await preview.getByText('About Photo.').waitFor();
    expect(await preview.getByRole('heading').textContent()).toBe('Photo');
    await preview.getByRole('button', { name: 'Close' }).click();
    await button('Protocol log').click();
    const said = window.getByRole('region', { name: 'Conversation with the server' });
    await said.getByText(/TOP \d+ 60/).waitFor();
    expect(await row('Photo').locator('.state-chip').textContent()).toBe('new');
  },

  async 'is talked to by hand with what can be taken back, and the log holds no password'() {
    const { window } = poppy;
    const input = window.getByRole('textbox', { name: 'Command to the server' });
    const answered = async (command: string, answer: RegExp) => {
      await input.fill(command);
      await input.press('Enter');
      await expect
        .poll(() => window.locator('.protocol-server .protocol-text').last().textContent(), patient)
        .toMatch(answer);
    };
    await answered('STAT', /^\+OK 6 \d+/);
    await answered('noop', /^\+OK/);
    await answered('LIST 1', /^\+OK 1 \d+/);
    await answered('UIDL 1', /^\+OK 1 \S+/);
    await answered('TOP 1 1', /^About Lunch\.$/);
    await answered('LIST', /^6 \d+$/);
    await answered('CAPA', /^[A-Z0-9 -]+$/);
    await answered('RSET', /^\+OK/);
    for (const unsafe of ['DELE 1', 'QUIT', 'RETR 1', 'PASS x']) {
      await input.fill(unsafe);
      await window.getByText('Only commands that can be taken back').waitFor();
      await input.press('Enter');
      expect(await input.inputValue()).toBe(unsafe);
    }
    await input.fill('');
    const file = join(folder, 'log.txt');
    await poppy.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, file);
    await button('Save log').click();
    await window.getByText(/^Saved/).waitFor();
    const shown = (await window.locator('.protocol-lines').textContent()) ?? '';
    const saved = readFileSync(file, 'utf8');
    for (const text of [shown, saved])
      expect({
        signsIn: /USER|AUTH|PASS/.test(text),
        hidesSecret: text.includes('••••••'),
        hasSecret: ['secret', Buffer.from('\0anna\0secret').toString('base64')].some((one) =>
          text.includes(one),
        ),
        hasCommands: text.includes('STAT') && text.includes('RSET'),
        fetches: /\bRETR\b/.test(text),
      }).toEqual({ signsIn: true, hidesSecret: true, hasSecret: false, hasCommands: true, fetches: false });
    await button('Protocol log').click();
  },

  async 'shows where the space goes, and a bar chooses its messages'() {
    const { window } = poppy;
    await button('Where the space goes').click();
    const space = window.getByRole('region', { name: 'Where the space goes' });
    await space.getByRole('button', { name: /offers@shop\.example|Shop/ }).click();
    await expect.poll(() => chosen(), patient).toEqual(['New offer', 'Old offer']);
    await space.getByRole('button', { name: /over a year/ }).click();
    await expect.poll(() => chosen().then((all) => all.length), patient).toBe(6);
    await button('Where the space goes').click();
    await button('Select').click();
    await window.getByRole('menuitem', { name: 'New ones' }).click();
    await expect.poll(() => chosen(), patient).toEqual(['New offer', 'Old offer', 'Photo']);
    await button('Select').click();
    await window.getByRole('menuitem', { name: 'From a sender…' }).click();
    await window.getByLabel('Name or address').fill('vera@');
    await window.getByRole('dialog').getByRole('button', { name: 'Select', exact: true }).click();
    await expect.poll(() => chosen(), patient).toEqual(['Photo']);
  },

  async 'plans no download of what is here already, and says so'() {
    await mark('Lunch', 'Mark for download');
    await poppy.window.getByText('This message is stored here already').waitFor();
    expect((await rowStates()).filter((state) => state.startsWith('Lunch'))).toEqual(['Lunch: stored here']);
  },

  async 'gives a plan back, whole, before anything was done'() {
    await mark('Photo', 'Mark for download');
    await mark('Old offer', 'Mark for deletion');
    await expect
      .poll(planWords, patient)
      .toMatch(/download 1 .*delete 1, frees 30\d.*kB.*1 of them is only there/);
    await button('Undo all').click();
    await poppy.window.getByText('Nothing is planned').waitFor();
    expect([await maildrop(), (await rowStates()).filter((state) => /to be/.test(state))]).toEqual([6, []]);
  },

  async 'keeps the plan when the server drops the session, says so, and connects again'() {
    const { window } = poppy;
    await mark('Photo', 'Mark for download');
    await mark('Lunch', 'Mark for deletion');
    line.hangUp();
    await window.getByText('The server closed the connection. Nothing is lost').waitFor();
    expect([await button('Apply').isDisabled(), await maildrop()]).toEqual([true, 6]);
    await button('Connect again').click();
    await window.getByText('connected', { exact: true }).waitFor();
    await expect.poll(planWords, patient).toMatch(/download 1 .*delete 1, frees/);
  },

  async 'is changed when the plan is applied: what was marked came, what was marked went, and no more'() {
    const { window } = poppy;
    await mark('Old offer', 'Mark for deletion');
    await button('Apply').click();
    const question = window.getByRole('alertdialog', { name: 'Delete what is only on the server?' });
    await question.getByText('only sender, subject, date and size').click();
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await window.getByText('Done: the server confirmed the plan.').waitFor();
    await expect
      .poll(async () => (await rowStates()).sort(), patient)
      .toEqual(['Holiday: stored here', 'New offer: new', 'Photo: stored here', 'Report: stored here']);
    expect(await maildrop()).toBe(4);
    await button('Bin').click();
    const lines = window.getByRole('dialog', { name: 'What left the server' }).locator('tbody tr');
    await expect
      .poll(async () => (await lines.allInnerTexts()).map((text) => text.split('\t').slice(1)), patient)
      .toEqual(
        expect.arrayContaining([
          ['boris@example.net', 'Lunch', expect.stringMatching(/B$/), 'deleted · stored here'],
          [
            'offers@shop.example',
            'Old offer',
            expect.stringMatching(/kB$/),
            'deleted · was only on the server',
          ],
        ]),
      );
    await window.keyboard.press('Escape');
  },

  async 'keeps the whole message in the Trash unless told otherwise anew'() {
    const { window } = poppy;
    await mark('New offer', 'Mark for deletion');
    await button('Apply').click();
    await window.getByRole('button', { name: 'Delete for good' }).click();
    await expect.poll(maildrop, patient).toBe(3);
    await goTo(window, 'Inbox');
    await expect.poll(() => subjects(window), patient).toEqual(['Holiday', 'Lunch', 'Photo', 'Report']);
    await goTo(window, 'Trash');
    await expect.poll(() => subjects(window), patient).toEqual(['New offer']);
  },
});

async function chosen(): Promise<string[]> {
  const words = poppy.window.locator('.server-rows .row[aria-selected=true] .cell-text');
  return (await words.allTextContents()).sort();
}
