import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
import type { Page } from 'playwright';
import { afterAll, expect, test, vi } from 'vitest';
import type { PoppyBridge } from '../../shared/contract.ts';
import type { MessageId } from '../../shared/ids.ts';
import { shoot, top } from '../support/shots.ts';
import { registeredProgram, sha256 } from './opened-files.ts';
import { electronBinary, openPoppy, type PoppyWindow } from './poppy-window.ts';

declare const poppy: PoppyBridge;

const folder = mkdtempSync(join(tmpdir(), 'poppy-outside-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pdf = Buffer.from('%PDF-1.4\nnot much of one\n');
const letter = join(folder, 'letter.eml');
writeFileSync(
  letter,
  [
    'From: Vera <vera@example.net>',
    'Subject: With files',
    'Content-Type: multipart/mixed; boundary=cut',
    '',
    '--cut',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p><a href="https://example.com/one">The first</a></p>',
    '<p><a href="https://elsewhere.example.net/two">https://bank.example.org/</a></p>',
    '--cut',
    'Content-Type: application/pdf',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="report.pdf"',
    '',
    pdf.toString('base64'),
    '--cut',
    'Content-Type: text/plain',
    'Content-Disposition: attachment; filename="notes.txt"',
    '',
    'a note',
    '--cut--',
    '',
  ].join('\r\n'),
);

const patient = { timeout: 30_000, interval: 100 };

/** Starts the program once more over the same data, as a double click on a file does, and waits for it to end. */
async function startAgain(userData: string, args: readonly string[] = []): Promise<number> {
  const sandbox = process.env.POPPY_SANDBOX === 'on' ? [] : ['--no-sandbox'];
  const second = spawn(electronBinary(), [...sandbox, `--user-data-dir=${userData}`, top, ...args], {
    stdio: 'ignore',
  });
  const [code] = await once(second, 'exit');
  return code;
}

/** The window of its own that shows a message with this subject. */
async function windowOf(poppyWindow: PoppyWindow, subject: string): Promise<Page> {
  return vi.waitUntil(async () => {
    for (const page of poppyWindow.app.windows())
      if (await page.getByRole('heading', { name: subject }).isVisible()) return page;
    return undefined;
  }, patient);
}

async function idIn(window: Page): Promise<MessageId> {
  const read = await window.evaluate(() =>
    poppy.request('message/read-file', {
      body: { format: 'auto', isDark: false, allowRemoteOnce: false },
    }),
  );
  if (!read.ok) throw new Error('the file was not read');
  return read.value.summary.id;
}

test('opens and saves what a message file holds, in the window of that file', async () => {
  using opened = registeredProgram(['application/pdf']);
  await using poppyWindow = await openPoppy({ args: [letter], env: opened.env });
  const { window, app } = poppyWindow;
  await window.getByRole('button', { name: /^report\.pdf/ }).dblclick();
  await expect.poll(() => opened.list(), patient).toEqual([{ name: 'report.pdf', sha256: sha256(pdf) }]);

  const saved = join(folder, 'saved.pdf');
  const all = join(folder, 'all');
  mkdirSync(all);
  await app.evaluate(
    ({ dialog }, paths) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: paths.saved });
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [paths.all] });
    },
    { saved, all },
  );
  const id = await idIn(window);
  const outcomes = await window.evaluate(async (which) => {
    const read = await poppy.request('message/read-file', {
      body: { format: 'auto', isDark: false, allowRemoteOnce: false },
    });
    const part = read.ok ? (read.value.attachments[0]?.part ?? '') : '';
    return [
      await poppy.request('attachment/save', { id: which, part }),
      await poppy.request('attachment/save-all', { id: which }),
      await poppy.request('attachment/save-all', { id: which }),
    ];
  }, id);
  expect(outcomes).toEqual([
    { ok: true, value: { path: saved } },
    { ok: true, value: { folder: all, count: 2 } },
    { ok: true, value: { folder: all, count: 2 } },
  ]);
  expect(readFileSync(saved)).toEqual(pdf);
  expect(readdirSync(all)).toHaveLength(4);
});

test('saves a message in each form, and prints it', async () => {
  await using poppyWindow = await openPoppy({ args: [letter] });
  const { window, app } = poppyWindow;
  const id = await idIn(window);
  const forms: Record<string, string> = {};
  for (const as of ['eml', 'html', 'txt', 'pdf'] as const) {
    const path = join(folder, `form.${as}`);
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, path);
    await window.evaluate(([which, form]) => poppy.request('message/save', { id: which, as: form }), [
      id,
      as,
    ] as const);
    forms[as] = readFileSync(path).toString('latin1');
  }
  expect({
    eml: forms.eml === readFileSync(letter, 'latin1'),
    html: /With files[\s\S]*The first/.test(forms.html ?? ''),
    txt: /The first/.test(forms.txt ?? ''),
    pdf: forms.pdf?.startsWith('%PDF-'),
  }).toEqual({ eml: true, html: true, txt: true, pdf: true });

  // No printer here: what would go to it is looked at instead.
  await app.evaluate(({ app: program }) => {
    const seen = globalThis as { printed?: string[] };
    seen.printed = [];
    program.on('web-contents-created', (_event, contents) => {
      contents.print = (_options, done) => {
        seen.printed?.push(new URL(contents.getURL()).protocol);
        done?.(seen.printed?.length === 1, 'Printer is on fire');
      };
    });
  });
  const print = () => window.evaluate((which) => poppy.request('message/print', { id: which }), id);
  const outcomes = [await print(), await print()];
  const printed = await app.evaluate(() => (globalThis as { printed?: string[] }).printed);
  expect([outcomes, printed, app.windows().length]).toEqual([
    [
      { ok: true, value: null },
      {
        ok: false,
        failure: { kind: 'unreadable-file', what: 'Printer is on fire', step: 'open', canRetry: true },
      },
    ],
    ['poppy-message:', 'poppy-message:'],
    1,
  ]);
});

test('the menu speaks to the window in front', async () => {
  await using poppyWindow = await openPoppy({ args: [letter] });
  const { window, app } = poppyWindow;
  await window.frameLocator('iframe.body-frame').getByRole('link', { name: 'The first' }).waitFor();
  await app.evaluate(({ BrowserWindow, Menu }) => {
    const [shown] = BrowserWindow.getAllWindows();
    BrowserWindow.getFocusedWindow = () => shown ?? null;
    const entries = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []);
    entries?.find((entry) => entry.label === 'Show source')?.click();
  });
  await window.getByRole('dialog').frameLocator('iframe').getByText('Content-Disposition').first().waitFor();
});

test('opens a link once, and one that is not what it says only after asking', async () => {
  await using poppyWindow = await openPoppy({ args: [letter] });
  const { window, app } = poppyWindow;
  await app.evaluate(({ shell }) => {
    const seen = globalThis as { followed?: string[] };
    seen.followed = [];
    shell.openExternal = async (url) => {
      seen.followed?.push(url);
    };
  });
  const followed = () => app.evaluate(() => (globalThis as { followed?: string[] }).followed);
  const body = window.frameLocator('iframe.body-frame');
  await body.getByRole('link', { name: 'The first' }).click();
  await expect.poll(followed, patient).toEqual(['https://example.com/one']);
  await body.getByRole('link', { name: 'bank.example.org' }).click();
  const question = window.getByRole('alertdialog').or(window.getByRole('dialog'));
  await question.getByText('elsewhere.example.net').first().waitFor();
  await shoot(window, 'link-question');
  expect(await followed()).toEqual(['https://example.com/one']);
  await question.getByRole('button', { name: /^Open/ }).click();
  await expect
    .poll(followed, patient)
    .toEqual(['https://example.com/one', 'https://elsewhere.example.net/two']);
});

test('hands a second start over to the running copy', async () => {
  await using poppyWindow = await openPoppy();
  const { app, userData, window } = poppyWindow;
  await window.getByRole('button', { name: 'Add your mailbox' }).waitFor();
  expect(await startAgain(userData, [letter])).toBe(0);
  const shown = await windowOf(poppyWindow, 'With files');
  const id = await idIn(shown);
  await window.evaluate((which) => poppy.request('message/open-window', { id: which }), id);
  // macOS hands files over by an event of its own.
  const another = join(folder, 'another.eml');
  writeFileSync(another, 'From: Olga <olga@example.net>\r\nSubject: By event\r\n\r\nhello\r\n');
  await app.evaluate(({ app: program }, path) => {
    program.emit('open-file', { preventDefault: () => undefined }, path);
  }, another);
  await windowOf(poppyWindow, 'By event');
  // A message that is shown already is shown in the window it has.
  expect(app.windows()).toHaveLength(3);

  await window.evaluate(() => poppy.request('preferences/update', { closesToTray: true }));
  const mainIsVisible = () =>
    app.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find((one) => !one.webContents.getURL().includes('window=message'))
          ?.isVisible() ?? null,
    );
  await app.evaluate(({ BrowserWindow }) => {
    for (const one of BrowserWindow.getAllWindows()) one.close();
  });
  await expect.poll(mainIsVisible, patient).toBe(false);
  expect(await startAgain(userData)).toBe(0);
  await expect.poll(mainIsVisible, patient).toBe(true);
});

test('comes back in the size it was left in, on a small screen too', async () => {
  const userData = join(folder, 'size');
  const bounds = { x: 40, y: 30, width: 1024, height: 640 };
  const size = ({ app }: PoppyWindow) =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.getBounds()));
  {
    await using first = await openPoppy({ userData });
    await first.app.evaluate(({ BrowserWindow }, wanted) => {
      for (const one of BrowserWindow.getAllWindows()) one.setBounds(wanted);
    }, bounds);
    await expect.poll(() => size(first), patient).toEqual([bounds]);
  }
  {
    await using again = await openPoppy({ userData });
    expect(await size(again)).toEqual([bounds]);
  }
  writeFileSync(join(userData, 'window.json'), '{"bounds":');
  await using third = await openPoppy({ userData });
  await third.window.getByRole('button', { name: 'Add your mailbox' }).waitFor();
});

test('says what happened to settings that could not be read', async () => {
  const userData = join(folder, 'broken-settings');
  mkdirSync(userData);
  writeFileSync(join(userData, 'settings.json'), '{"version": 1, "acc');
  await using poppyWindow = await openPoppy({ userData });
  const notice = poppyWindow.window.getByText('The settings could not be read');
  await notice.waitFor();
  await shoot(poppyWindow.window, 'settings-notice');
  const kept = /kept as (.*\.json)/.exec((await notice.textContent()) ?? '')?.[1] ?? '';
  expect(existsSync(kept)).toBe(true);
  await poppyWindow.window.getByRole('button', { name: 'Close' }).click();
  await notice.waitFor({ state: 'detached' });
});
