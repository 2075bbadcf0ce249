import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { PoppyBridge } from '../../shared/contract.ts';
import { openPoppy } from './poppy-window.ts';

declare const poppy: PoppyBridge;

const patient = { timeout: 20_000, interval: 50 };
const koi8 = Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4]); // "Привет"

/** A picture, a text in its own character set, a letter inside the letter, and a locked file. */
const withFiles = Buffer.concat([
  Buffer.from(
    'From: Boris <boris@example.net>\r\nSubject: With files\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n',
  ),
  Buffer.from('--b\r\nContent-Type: image/gif; name=dot.gif\r\nContent-Transfer-Encoding: base64\r\n\r\n'),
  Buffer.from('R0lGODlhAgACAIAAAP8AAAAAACH5BAAAAAAALAAAAAACAAIAAAIChFEAOw==\r\n'),
  Buffer.from('--b\r\nContent-Type: text/plain; charset=koi8-r; name=note.txt\r\n\r\n'),
  koi8,
  Buffer.from(
    '\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@example.net\r\nSubject: Inner\r\n\r\nInside\r\n',
  ),
  Buffer.from('--b\r\nContent-Type: application/octet-stream; name=server.log\r\n\r\n[warn] <b>\r\n'),
  Buffer.from('--b\r\nContent-Type: application/octet-stream; name=fake.png\r\n\r\nMZ\r\n'),
  Buffer.from(
    '--b\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\nlocked\r\n--b--\r\n',
  ),
]);

test('Space looks into files where they are, and no copy of any is left when the program ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'poppy-reading-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'files.eml');
  writeFileSync(file, withFiles);
  const userData = mkdtempSync(join(tmpdir(), 'poppy-data-'));
  onTestFinished(() => rmSync(userData, { recursive: true, force: true }));
  const started = await openPoppy({ args: [file], env: { TMPDIR: folder }, userData });
  /** Private copies and parts, in the data folder, and what would be left among the system's temporary files. */
  const copies = () => [
    ...['opened', 'parts'].filter((name) => existsSync(join(started.userData, name))),
    ...readdirSync(folder).filter((name) => /^poppy-(?:open|parts)/.test(name)),
  ];
  const { app, window } = started;
  try {
    const card = (name: string) => window.getByRole('button', { name: new RegExp(`^${name} `) });
    const close = async () => {
      await window.keyboard.press('Escape');
      await window.getByRole('dialog').waitFor({ state: 'detached' });
    };
    const preview = window.frameLocator('iframe.preview-frame');
    await window.evaluate(() => poppy.request('preferences/update', { theme: 'dark' }));
    await window.locator('html[data-theme=dark]').waitFor();
    await card('dot.gif').press('Space');
    await expect
      .poll(() => preview.locator('img').evaluate((one) => (one as HTMLImageElement).naturalWidth), patient)
      .toBe(2);
    await close();
    await card('note.txt').press('Space');
    await expect.poll(() => preview.locator('body').textContent(), patient).toBe('Привет');
    await expect
      .poll(() => preview.locator('body').evaluate((one) => getComputedStyle(one).backgroundColor), patient)
      .not.toBe('rgb(255, 255, 255)');
    await close();
    await card('server.log').press('Space');
    await expect.poll(() => preview.locator('body').textContent(), patient).toBe('[warn] <b>');
    await close();
    await card('fake.png').press('Space');
    await window.getByText('This file is no picture').waitFor();
    await close();
    const opened = app.waitForEvent('window');
    await card('Inner.eml').press('Space');
    await (await opened).getByRole('heading', { name: 'Inner' }).waitFor();

    await window.getByText('This message is encrypted (S/MIME).').waitFor();
    await app.evaluate(
      ({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      },
      join(folder, 'locked.p7m'),
    );
    await window.getByRole('button', { name: 'Save smime.p7m' }).first().click();
    await expect.poll(() => existsSync(join(folder, 'locked.p7m')), patient).toBe(true);
    expect([copies().length > 0, readFileSync(join(folder, 'locked.p7m'), 'utf8')]).toEqual([true, 'locked']);
  } finally {
    await started.close();
  }
  expect(copies()).toEqual([]);
}, 120_000);
