import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openMessageFile } from '../../../electron/message/bytes/byte-source.ts';
import { anna, mail, newFolder, openTestStore } from '../../store/open-test-store.ts';
import { importPaths } from './import-paths.ts';

const makePipe = (path: string) => execFileSync('mkfifo', [path]);

test.skipIf(process.platform === 'win32')(
  'only regular files of a folder are read; links, pipes, sockets and devices are counted as left out',
  async () => {
    const folder = newFolder();
    const secret = join(newFolder(), 'secret.eml');
    writeFileSync(secret, mail('Secret'));
    mkdirSync(join(folder, 'box', 'new'), { recursive: true });
    writeFileSync(join(folder, 'one.eml'), mail('One'));
    writeFileSync(join(folder, 'box', 'new', '1'), mail('Two'));
    makePipe(join(folder, 'pipe.eml'));
    symlinkSync(secret, join(folder, 'link.eml'));
    symlinkSync('/dev/zero', join(folder, 'box', 'new', 'device'));
    symlinkSync(folder, join(folder, 'circle'));
    symlinkSync('itself', join(folder, 'itself'));
    const socket = createServer().listen(join(folder, 'socket.eml'));
    onTestFinished(() => void socket.close());
    await new Promise((resolve) => socket.once('listening', resolve));
    const store = await openTestStore({ folder: newFolder() });
    const imported = await importPaths(store, anna, [folder]);
    expect(imported).toMatchObject({ ok: true, value: { new: 2, here: 0, leftOut: [{ count: 6 }] } });
  },
);

test.skipIf(process.platform === 'win32')(
  'a pipe or a device that was chosen by itself is not mail, and a chosen link is followed',
  async () => {
    const folder = newFolder();
    const pipe = join(folder, 'pipe.eml');
    makePipe(pipe);
    writeFileSync(join(folder, 'one.eml'), mail('One'));
    const link = join(folder, 'link.eml');
    symlinkSync(join(folder, 'one.eml'), link);
    const store = await openTestStore({ folder: newFolder() });
    const outcomes = [];
    for (const path of [pipe, '/dev/zero', link]) outcomes.push(await importPaths(store, anna, [path]));
    expect(outcomes.map((one) => (one.ok ? one.value.new : [one.failure.kind]))).toEqual([
      ['unreadable-file'],
      ['unreadable-file'],
      1,
    ]);
  },
);

test.skipIf(process.platform === 'win32')(
  'a file that was swapped for a link or a pipe after it was looked at is not read',
  () => {
    const folder = newFolder();
    const path = join(folder, 'one.eml');
    writeFileSync(path, mail('One'));
    renameSync(path, join(folder, 'else.eml'));
    symlinkSync(join(folder, 'else.eml'), path);
    const pipe = join(folder, 'pipe');
    makePipe(pipe);
    const opening = (one: string) => () =>
      openMessageFile({ path: one, offset: 0, length: 5, isLinkRefused: true });
    expect(opening(path)).toThrow('ELOOP');
    expect(opening(pipe)).toThrow('not a regular file');
  },
);
