import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openPoppy } from './poppy-window.ts';

const folder = mkdtempSync(join(tmpdir(), 'poppy-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const part = (name: string, type: string, body: string) =>
  `--b\r\nContent-Type: ${type}\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${body}\r\n`;

/** Files whose names would like to lie elsewhere, one that can run, and a letter inside the letter. */
const letter = [
  'From: Eve <eve@example.net>\r\nSubject: Many files\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n',
  part('note.txt', 'text/plain', 'first'),
  part('../../note.txt', 'text/plain', 'second'),
  part('/etc/passwd', 'text/plain', 'third'),
  part('..', 'text/plain', 'fourth'),
  part('run.sh', 'text/plain', '#!/bin/sh'),
  '--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Mallory <m@example.net>\r\nSubject: Inner\r\nContent-Type: text/html\r\n\r\n',
  '<script>document.title="ran"</script><form><input></form><p>Inside</p>\r\n--b--\r\n',
].join('');

test('files open by Enter and double-click, leave by a drag, are saved beside others; what can run only asks', async () => {
  const file = join(folder, 'letter.eml');
  writeFileSync(file, letter);
  await using poppy = await openPoppy({ args: [file] });
  const { app, window } = poppy;
  await app.evaluate(({ shell, BrowserWindow }) => {
    const left: string[] = [];
    Object.assign(globalThis, { left });
    shell.openPath = async (path) => {
      left.push(`open ${path}`);
      return '';
    };
    for (const { webContents } of BrowserWindow.getAllWindows())
      webContents.startDrag = ({ file: path }) => {
        left.push(`drag ${path}`);
      };
  });
  const left = () => app.evaluate(() => (globalThis as unknown as { left: string[] }).left);
  const card = (name: string) =>
    window.getByRole('button', { name: new RegExp(`^${name.replaceAll('.', '\\.')} `) }).first();
  const patient = { timeout: 20_000, interval: 100 };
  const leaves = (count: number) => expect.poll(async () => (await left()).length, patient).toBe(count);

  await card('note.txt').dblclick();
  await leaves(1);
  await card('note.txt').press('Enter');
  await leaves(2);
  await card('note.txt').dispatchEvent('dragstart');
  await leaves(3);
  const copies = (await left()).map((line) => line.split(' ').slice(1).join(' '));
  expect({
    ways: (await left()).map((line) => line.split(' ')[0]),
    names: copies.map((path) => path.split('/').at(-1)),
    modes: copies.map((path) => (statSync(path).mode & 0o777).toString(8)),
    texts: copies.map((path) => readFileSync(path, 'utf8')),
  }).toEqual({
    ways: ['open', 'open', 'drag'],
    names: ['note.txt', 'note.txt', 'note.txt'],
    modes: ['400', '400', '400'],
    texts: ['first', 'first', 'first'],
  });

  for (const event of ['dblclick', 'dragstart']) {
    await card('run.sh').dispatchEvent(event);
    await window.getByRole('alertdialog', { name: 'This file can run' }).waitFor();
    await window.keyboard.press('Escape');
  }
  await leaves(3);

  const target = mkdtempSync(join(folder, 'target-'));
  writeFileSync(join(target, 'note.txt'), 'mine');
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, target);
  await window.getByRole('button', { name: 'Save all' }).click();
  await window.getByText(target).first().waitFor();
  const names = readdirSync(target);
  expect({
    count: names.length,
    mine: readFileSync(join(target, 'note.txt'), 'utf8'),
    texts: names
      .map((name) => readFileSync(join(target, name), 'utf8').trim())
      .filter((one) => one.length < 20),
    outside: readdirSync(folder)
      .sort()
      .map((name) => name.split('-')[0]),
  }).toEqual({
    count: 7,
    mine: 'mine',
    texts: expect.arrayContaining(['mine', 'first', 'second', 'third', 'fourth', '#!/bin/sh']),
    outside: ['letter.eml', 'target'],
  });

  const opened = app.waitForEvent('window');
  await window
    .getByRole('button', { name: /\.eml / })
    .first()
    .dblclick();
  const inner = await opened;
  await inner.getByRole('heading', { name: 'Inner' }).waitFor();
  const body = inner.frameLocator('iframe.body-frame');
  await body.getByText('Inside').waitFor();
  expect([
    await body.locator('script, form, input').count(),
    await inner.locator('iframe.body-frame').getAttribute('sandbox'),
  ]).toEqual([0, 'allow-popups']);
}, 120_000);
