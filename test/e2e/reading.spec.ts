import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import type { PoppyBridge } from '../../shared/contract.ts';
import type { Preferences } from '../../shared/preferences.ts';
import { startDovecot } from '../servers/dovecot.ts';
import { inTheClear, letter } from '../support/letters.ts';
import { messageRows, readMessage, subjects } from '../support/mail-list.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

declare const poppy: PoppyBridge;

const patient = { timeout: 20_000, interval: 50 };
const white = 'rgb(255, 255, 255)';
const isHtml = 'Content-Type: text/html; charset=utf-8\r\n';

const body = (window: Page) => window.frameLocator('iframe.body-frame').locator('body');
const ground = (window: Page) => body(window).evaluate((one) => getComputedStyle(one).backgroundColor);
const targetIn = (window: Page): Locator => window.locator('.status-link');

function choose(window: Page, preferences: Partial<Preferences>): Promise<unknown> {
  return window.evaluate((chosen) => poppy.request('preferences/update', chosen), preferences);
}

test("a link's target stands in the window's own line, and the body follows the theme, in both windows", async () => {
  const messages = [
    letter('Links', {
      headers: isHtml,
      body: '<p><a href="https://bank.example@evil.example/a?b#c">bank</a> <a href="mailto:a@example.net">write</a></p>\r\n',
    }),
  ];
  await using server = await startDovecot({ users: [{ name: 'anna', password: 'secret', messages }] });
  await using started = await openPoppy();
  const { app, window: main } = started;
  await addMailbox(main, { ...inTheClear(server.plainPort), host: server.host });
  await choose(main, { theme: 'light' });
  await readMessage(main, 'Links');
  const opened = app.waitForEvent('window');
  await main.keyboard.press('Enter');
  const own = await opened;
  await own.getByRole('heading', { name: 'Links' }).waitFor();

  for (const window of [main, own]) {
    const link = (words: string) => body(window).getByText(words);
    const words = () => targetIn(window).textContent();
    await link('bank').hover();
    await expect.poll(words, patient).toBe('https://bank.example@evil.example/a?b#c');
    expect(await targetIn(window).locator('strong').textContent()).toBe('evil.example');
    await link('write').hover();
    await expect.poll(words, patient).toBe('mailto:a@example.net');
    await window.getByRole('heading', { name: 'Links' }).hover();
    await targetIn(window).waitFor({ state: 'detached' });

    const isNow = (wanted: 'light' | 'dark') =>
      expect.poll(async () => ((await ground(window)) === white ? 'light' : 'dark'), patient).toBe(wanted);
    await isNow('light');
    await choose(window, { theme: 'dark' });
    await isNow('dark');
    await window.getByRole('button', { name: 'More actions' }).click();
    await window.getByRole('menuitemcheckbox', { name: 'Dark background' }).click();
    await isNow('light');
    // Asking the message for something else leaves it as it is, and does not tie it to the theme of that moment.
    await window.keyboard.press('Control+f');
    await window.getByRole('textbox', { name: 'Find in this message' }).fill('write');
    await expect.poll(() => body(window).locator('mark').count(), patient).toBe(1);
    await isNow('light');
    await window.keyboard.press('Escape');
    await window.getByRole('button', { name: 'More actions' }).click();
    await window.getByRole('menuitemcheckbox', { name: 'Dark background' }).click();
    await isNow('dark');
    await choose(window, { theme: 'light' });
    await isNow('light');
    await choose(window, { theme: 'dark' });
    await isNow('dark');
    await choose(window, { darkBodies: false });
    await isNow('light');
    await choose(window, { theme: 'light', darkBodies: true });
  }
}, 120_000);

const russian = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]); // "Привет" in windows-1251
/** Declared as koi8-r, written in windows-1251: nothing but a person can tell. */
const misdeclared = Buffer.concat([
  Buffer.from('From: Boris <boris@example.net>\r\nReply-To: Desk <desk@example.net>\r\n'),
  Buffer.from('To: anna@example.org, vera@example.org\r\nSubject: Odd letters '),
  russian,
  Buffer.from('\r\nDate: Fri, 1 Mar 2024 10:00:00 +0000\r\nMessage-ID: <odd@example.net>\r\n'),
  Buffer.from('Content-Type: text/html; charset=koi8-r\r\n\r\n<p>Here <b>and</b> here: '),
  russian,
  Buffer.from('</p><p style="display:none">never seen</p>\r\n'),
]);

/** What leaves the program is caught: files, composer, printer. */
async function catchExits({ app }: PoppyWindow): Promise<void> {
  await app.evaluate(({ app: program, shell }) => {
    const left: string[] = [];
    Object.assign(globalThis, { left });
    shell.openExternal = async (url) => {
      left.push(url);
    };
    program.on('web-contents-created', (_event, contents) => {
      contents.print = (_options, done) => {
        left.push(`printed ${new URL(contents.getURL()).protocol}`);
        done?.(true, '');
      };
    });
  });
}

const left = ({ app }: PoppyWindow) => app.evaluate(() => (globalThis as unknown as { left: string[] }).left);

async function saveTo({ app }: PoppyWindow, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, filePath);
}

async function fromMenu(window: Page, entry: string | RegExp): Promise<void> {
  await window.getByRole('button', { name: 'More actions' }).click();
  await window.locator('[role^=menuitem]').filter({ hasText: entry }).click();
}

async function closeSheet(window: Page): Promise<void> {
  await window.keyboard.press('Escape');
  await window.getByRole('dialog').waitFor({ state: 'detached' });
}

test('a message is looked at in every way, in the main window and in its own', async () => {
  const messages = [misdeclared, letter('Another')];
  await using server = await startDovecot({ users: [{ name: 'anna', password: 'secret', messages }] });
  await using started = await openPoppy();
  const { app, window: main } = started;
  await addMailbox(main, { ...inTheClear(server.plainPort), host: server.host });
  await catchExits(started);
  await messageRows(main).filter({ hasText: 'Odd letters' }).click();
  const words = (window: Page) => body(window).locator('p').first().textContent();
  expect(await words(main)).not.toContain('Привет');

  await fromMenu(main, /^Character set: koi8-r/);
  await main
    .getByRole('dialog')
    .getByRole('button', { name: /Character set/ })
    .click();
  await main.getByRole('option', { name: 'windows-1251' }).click();
  await main.getByRole('dialog').getByRole('button', { name: 'Use' }).click();
  await expect.poll(() => words(main), patient).toBe('Here and here: Привет');
  // The list and the search know it by its right name, too, and it is remembered.
  await expect.poll(() => subjects(main), patient).toEqual(['Another', 'Odd letters Привет']);
  await readMessage(main, 'Another');
  await readMessage(main, 'Odd letters Привет');
  await expect.poll(() => words(main), patient).toBe('Here and here: Привет');

  const opened = app.waitForEvent('window');
  await main.keyboard.press('Enter');
  const own = await opened;
  await own.getByRole('heading', { name: 'Odd letters Привет' }).waitFor();
  const folder = mkdtempSync(join(tmpdir(), 'poppy-reading-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, window] of Object.entries({ main, own })) {
    await expect.poll(() => words(window), patient).toBe('Here and here: Привет');
    await window.keyboard.press('Control+u');
    await window
      .getByRole('dialog', { name: 'Message source' })
      .frameLocator('iframe')
      .getByText('Content-Type: text/html')
      .waitFor();
    await closeSheet(window);
    await fromMenu(window, 'All headers');
    await window.getByRole('dialog', { name: 'All headers' }).getByText('<odd@example.net>').waitFor();
    await closeSheet(window);

    await window.keyboard.press('Control+f');
    await window.getByRole('textbox', { name: 'Find in this message' }).fill('HERE');
    await window.getByText('1 of 2').waitFor();
    await window.keyboard.press('Enter');
    await window.getByText('2 of 2').waitFor();
    await window.keyboard.press('Escape');
    await expect.poll(() => body(window).locator('mark').count(), patient).toBe(0);

    const scale = () =>
      window.locator('iframe.body-frame').evaluate((one) => (one as HTMLElement).style.transform);
    await window.getByRole('heading', { name: 'Odd letters' }).click();
    await window.keyboard.press('Control++');
    await expect.poll(scale, patient).toBe('scale(1.15)');
    await window.keyboard.press('Control+0');
    await expect.poll(scale, patient).toBe('');

    await fromMenu(window, 'Plain text');
    await expect.poll(() => body(window).textContent(), patient).toBe('Here and here: Привет');
    await fromMenu(window, 'Plain text');
    await expect.poll(() => body(window).locator('b').count(), patient).toBe(1);

    for (const [entry, ending] of [
      ['Save as text…', 'txt'],
      ['Save as web page…', 'html'],
      ['Save as .eml…', 'eml'],
      ['Save as PDF…', 'pdf'],
    ] as const) {
      const path = join(folder, `${name}.${ending}`);
      await saveTo(started, path);
      await fromMenu(window, entry);
      await window.getByText(path).first().waitFor();
    }
    await window.keyboard.press('Control+p');
    await window.getByRole('button', { name: 'Reply', exact: true }).click();
    await window.getByRole('button', { name: 'Reply to all' }).click();
    await window.getByRole('button', { name: 'Forward' }).click();
    const wanted = name === 'main' ? 4 : 8;
    await expect.poll(async () => (await left(started)).length, patient).toBe(wanted);
  }
  const files = ['main', 'own'].map((name) => [
    readFileSync(join(folder, `${name}.txt`), 'utf8')
      .trim()
      .split('\n')
      .at(-1),
    /never seen|Привет/.exec(readFileSync(join(folder, `${name}.html`), 'utf8'))?.[0],
    readFileSync(join(folder, `${name}.eml`)).equals(misdeclared),
    readFileSync(join(folder, `${name}.pdf`))
      .subarray(0, 5)
      .toString(),
  ]);
  expect(files).toEqual(Array.from({ length: 2 }, () => ['Here and here: Привет', 'Привет', true, '%PDF-']));
  const mails = (await left(started)).filter((url) => url.startsWith('mailto:')).map((url) => new URL(url));
  const [reply, replyAll, forward] = mails;
  expect([
    mails.length,
    reply?.pathname,
    Object.fromEntries(reply?.searchParams ?? []),
    [replyAll?.pathname, replyAll?.searchParams.get('cc')],
    [
      forward?.pathname,
      forward?.searchParams.get('subject'),
      forward?.searchParams.get('body')?.split('\r\n').slice(2),
    ],
  ]).toEqual([
    6,
    'desk@example.net',
    {
      subject: 'Re: Odd letters Привет',
      'in-reply-to': '<odd@example.net>',
      references: '<odd@example.net>',
      body: expect.stringMatching(
        /^\r\n\r\nFriday, March 1, 2024.*, Boris <boris@example\.net>:\r\n> Here and here: Привет\r\n$/,
      ),
    },
    ['desk@example.net', 'vera@example.org'],
    [
      '',
      'Fwd: Odd letters Привет',
      [
        '---- Forwarded message ----',
        'From: Boris <boris@example.net>',
        expect.stringMatching(/^Date: Friday, March 1, 2024/),
        'To: anna@example.org, vera@example.org',
        'Subject: Odd letters Привет',
        '',
        'Here and here: Привет',
        '',
      ],
    ],
  ]);
}, 180_000);
