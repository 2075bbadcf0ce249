import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { inTheClear, letter } from '../support/letters.ts';
import { goTo, messageRows, statusSays, subjects } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { story } from '../support/story.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

const patient = { timeout: 20_000, interval: 50 };
const folder = mkdtempSync(join(tmpdir(), 'poppy-storage-'));
const path = (name: string) => join(folder, name);
const stored = ['One', 'Three', 'Two'];

let server: DovecotServer;
let poppy: PoppyWindow;

beforeAll(async () => {
  const messages = stored.map((subject) => letter(subject));
  server = await startDovecot({ users: [{ name: 'anna', password: 'secret', messages }] });
  poppy = await openPoppy();
  await addMailbox(poppy.window, inTheClear(server.plainPort));
  await statusSays(poppy.window, /Checked at .*3 new/);
});

afterAll(async () => {
  await poppy?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const button = (name: string) => poppy.window.getByRole('button', { name, exact: true });
const told = (words: string | RegExp) => poppy.window.getByText(words).last().waitFor();

async function goToStorage(window = poppy.window): Promise<void> {
  await window.keyboard.press('Control+,');
  await window.getByRole('tab', { name: 'Storage' }).click();
}

/** Answers every question for a place on the disk with this one. */
async function choosing(place: string, app = poppy.app): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, place);
}

async function chooseFrom(menu: 'Export' | 'Import', entry: string): Promise<void> {
  await button(menu).click();
  await poppy.window.getByRole('menuitem', { name: entry }).click();
}

/** The figures of the mailbox in the table of space. */
const figures = () => poppy.window.locator('.plain-table tbody tr').first().locator('td').allTextContents();

story('mail on the disk', {
  async 'goes out as mbox, as files and as an archive, and comes in from files and folders, nothing twice'() {
    const { window } = poppy;
    await goToStorage();
    await choosing(path('out.mbox'));
    await chooseFrom('Export', 'One .mbox file…');
    await told('3 messages exported');
    mkdirSync(path('eml'));
    await choosing(path('eml'));
    await chooseFrom('Export', 'A folder of .eml files…');
    await expect.poll(() => readdirSync(path('eml')).length, patient).toBe(3);
    await choosing(path('out.tar'));
    await chooseFrom('Export', 'A .tar archive…');
    await expect.poll(() => existsSync(path('out.tar')), patient).toBe(true);
    await shoot(window, 'storage');
    await choosing(path('out.mbox'));
    await chooseFrom('Import', 'Files (.eml, .mbox)…');
    await told('0 messages imported, 3 were here already');
    writeFileSync(
      path('Inbox.mbox'),
      `From a Fri Jan  2 03:04:05 2026\n${letter('Four').replaceAll('\r\n', '\n')}\n`,
    );
    await choosing(path('Inbox.mbox'));
    await chooseFrom('Import', 'Files (.eml, .mbox)…');
    await told('1 message imported');
    mkdirSync(path('Maildir/cur'), { recursive: true });
    writeFileSync(path('Maildir/cur/1.host:2,F'), letter('Five').replaceAll('\r\n', '\n'));
    await choosing(path('Maildir'));
    await chooseFrom('Import', 'A Maildir folder…');
    await goTo(window, 'Inbox');
    await expect.poll(() => subjects(window), patient).toEqual(['Five', 'Four', ...stored]);
    expect(
      readFileSync(path('out.mbox'), 'utf8')
        .match(/^Subject: .*/gm)
        ?.sort(),
    ).toEqual(['Subject: One', 'Subject: Three', 'Subject: Two']);
  },

  async 'is verified, and gives back the space of what was deleted'() {
    const { window } = poppy;
    await messageRows(window).filter({ hasText: 'Four' }).click();
    await window.keyboard.press('Delete');
    await goTo(window, 'Trash');
    await button('Empty Trash').click();
    await window.getByRole('alertdialog').getByRole('button', { name: 'Empty Trash' }).click();
    await told('1 message deleted for good');
    await goToStorage();
    const dead = (await figures())[3] ?? '';
    await button('Verify').click();
    await told(/4 messages checked\. All are whole/);
    await button('Compact').click();
    await told('The storage was compacted');
    await expect
      .poll(figures, patient)
      .toEqual(['anna@example.org', '4', expect.any(String), expect.stringMatching(/^0\s/)]);
    expect(dead).not.toMatch(/^0\s/);
  },

  async 'is backed up whole, and brought back on a computer that has nothing'() {
    await choosing(path('backup.tar'));
    await button('Back up…').click();
    await told('The backup is complete');
    await poppy.window.getByText(/Last backup/).waitFor();
    await using other = await openPoppy();
    await choosing(path('backup.tar'), other.app);
    await other.window.getByRole('button', { name: 'Restore a backup…' }).click();
    await other.window.getByText('4 messages restored').waitFor();
    await shoot(other.window, 'restored');
    await other.window.getByRole('button', { name: 'Read it now' }).click();
    await expect.poll(() => subjects(other.window), patient).toEqual(['Five', ...stored]);
    await other.window.getByRole('button', { name: 'Add mailbox' }).click();
    await addMailbox(other.window, inTheClear(server.plainPort));
    await statusSays(other.window, /Checked at .*nothing new/);
    await expect.poll(() => subjects(other.window), patient).toEqual(['Five', ...stored]);
  },
});
