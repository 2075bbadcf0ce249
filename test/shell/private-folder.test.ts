import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makePrivateFolder, removePrivateFolder } from '../../electron/shell/private-folder.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'poppy-shell-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The number of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

test('makes a folder that only its owner may enter', async () => {
  const made = await makePrivateFolder(emptyFolder());
  expect([statSync(made).mode & 0o777, basename(made).startsWith(`poppy-open-${process.pid}-`)]).toEqual([
    0o700,
    true,
  ]);
});

test('removes what ended runs left behind, and nothing else', async () => {
  const place = emptyFolder();
  const ended = endedProcess();
  const names = [
    `poppy-open-${ended}-abc`,
    `poppy-parts-${ended}-abc`,
    `poppy-open-${process.pid}-abc`,
    'poppy-open-x-abc',
    `other-open-${ended}-abc`,
  ];
  for (const name of names) {
    mkdirSync(join(place, name, '1'), { recursive: true });
    writeFileSync(join(place, name, '1', 'copy.pdf'), 'x', { mode: 0o400 });
  }
  await makePrivateFolder(place);
  expect(names.map((name) => existsSync(join(place, name)))).toEqual([false, false, true, true, true]);
});

test('removes a link that looks like a folder left behind, not what it points to', async () => {
  const place = emptyFolder();
  const target = emptyFolder();
  writeFileSync(join(target, 'kept'), '');
  const link = join(place, `poppy-open-${endedProcess()}-abc`);
  symlinkSync(target, link);
  await makePrivateFolder(place);
  expect([existsSync(link), existsSync(join(target, 'kept'))]).toEqual([false, true]);
});

test('a folder that is gone is as good as removed', async () => {
  const made = await makePrivateFolder(emptyFolder());
  await removePrivateFolder(made);
  await removePrivateFolder(made);
  expect(existsSync(made)).toBe(false);
});
