import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

function makeFolder(path: string): void {
  mkdirSync(join(path, '1'), { recursive: true, mode: 0o700 });
  writeFileSync(join(path, '1', 'copy.pdf'), 'x', { mode: 0o400 });
}

test('makes a folder in the data folder that only its owner may enter, whatever an earlier run left there', async () => {
  const data = emptyFolder();
  mkdirSync(join(data, 'opened', '1'), { recursive: true });
  chmodSync(join(data, 'opened'), 0o777);
  const made = await makePrivateFolder(data, emptyFolder());
  expect([made, statSync(made).mode & 0o777, readdirSync(made)]).toEqual([join(data, 'opened'), 0o700, []]);
});

test('removes a link that has its name, not what it points to', async () => {
  const data = emptyFolder();
  const target = emptyFolder();
  writeFileSync(join(target, 'kept'), '');
  symlinkSync(target, join(data, 'opened'));
  const made = await makePrivateFolder(data, emptyFolder());
  expect([statSync(made).isDirectory(), readdirSync(made), readdirSync(target)]).toEqual([
    true,
    [],
    ['kept'],
  ]);
});

test('removes what ended runs of earlier versions left behind, and nothing else', async () => {
  const place = emptyFolder();
  const ended = endedProcess();
  const names = [
    `poppy-open-${ended}-abc`,
    `poppy-parts-${ended}-abc`,
    `poppy-open-${process.pid}-abc`,
    'poppy-open-x-abc',
    `other-open-${ended}-abc`,
  ];
  for (const name of names) makeFolder(join(place, name));
  await makePrivateFolder(emptyFolder(), place);
  expect(names.map((name) => existsSync(join(place, name)))).toEqual([false, false, true, true, true]);
});

test.skipIf(process.platform === 'win32')(
  'leaves alone what may be somebody else’s: links, open folders, folders of others, a place that others can change',
  async () => {
    const place = emptyFolder();
    const open = emptyFolder();
    chmodSync(open, 0o777);
    const target = emptyFolder();
    writeFileSync(join(target, 'kept'), '');
    const ended = endedProcess();
    const named = (end: string) => join(place, `poppy-open-${ended}-${end}`);
    symlinkSync(target, named('link'));
    makeFolder(named('wide'));
    chmodSync(named('wide'), 0o755);
    makeFolder(join(open, `poppy-open-${ended}-abc`));
    const isRoot = process.getuid?.() === 0;
    if (isRoot) {
      makeFolder(named('other'));
      chownSync(named('other'), 65_534, 65_534);
    }
    await makePrivateFolder(emptyFolder(), place);
    await makePrivateFolder(emptyFolder(), open);
    expect([readdirSync(place).length, readdirSync(open).length, readdirSync(target)]).toEqual([
      isRoot ? 3 : 2,
      1,
      ['kept'],
    ]);
  },
);

test('a folder that is gone is as good as removed', async () => {
  const made = await makePrivateFolder(emptyFolder(), emptyFolder());
  await removePrivateFolder(made);
  await removePrivateFolder(made);
  expect(existsSync(made)).toBe(false);
});
