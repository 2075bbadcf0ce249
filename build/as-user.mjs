// Lets root run something as the user nobody: with a copy of everything it reads, as the checkout may be out of its reach.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { electronFolderInUse } from './electron-runtime.mjs';

const top = join(import.meta.dirname, '..');

/**
 * Makes the copy. `wrap` turns a command into one that runs as nobody inside the copy; `remove` deletes the copy.
 * Electron's sandbox helper belongs to root and has its setuid bit there, as an installed Poppy has it.
 */
export function asUnprivilegedUser() {
  const folder = mkdtempSync(join(tmpdir(), 'poppy-user-'));
  chmodSync(folder, 0o755);
  const checkout = join(folder, 'poppy');
  for (const name of [
    'electron',
    'renderer',
    'shared',
    'test',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ])
    cpSync(join(top, name), join(checkout, name), { recursive: true });
  cpSync(join(top, 'build'), join(checkout, 'build'), {
    recursive: true,
    filter: (path) => path !== join(top, 'build', 'dist') && path !== join(top, 'build', 'shots'),
  });
  linkOrCopy(realpathSync(join(top, 'node_modules')), join(checkout, 'node_modules'));
  const electron = join(folder, 'electron');
  linkOrCopy(electronFolderInUse(), electron);
  const helper = join(electron, 'chrome-sandbox');
  rmSync(helper);
  copyFileSync(join(electronFolderInUse(), 'chrome-sandbox'), helper);
  chownSync(helper, 0, 0);
  chmodSync(helper, 0o4755);
  const node = join(folder, 'node');
  linkOrCopy(realpathSync(process.execPath), node);
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'nobody']).stdout));
  // The last is where vite puts a configuration it has translated.
  for (const name of ['home', 'tmp', 'poppy/node_modules/.vite-temp']) {
    mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
    chownSync(join(folder, name), uid, gid);
  }
  readableForAll(checkout);
  const env = {
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin:/usr/sbin`,
    LANG: 'C.UTF-8',
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    POPPY_IS_SET_UP: 'yes',
    POPPY_ELECTRON: join(electron, 'electron'),
  };
  return {
    node,
    checkout,
    wrap: (command, args) => [
      'setpriv',
      [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', command, ...args],
      { cwd: checkout, env },
    ],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Links where the file system allows it, which takes a second; copies otherwise. */
function linkOrCopy(from, to) {
  if (spawnSync('cp', ['-al', from, to]).status === 0) return;
  rmSync(to, { recursive: true, force: true });
  const { status, stderr } = spawnSync('cp', ['-a', from, to]);
  if (status !== 0) throw new Error(`cp failed: ${stderr}`);
}

/** The person's umask may have made the checkout private. Linked files are left alone. */
function readableForAll(checkout) {
  for (const name of ['build', 'electron', 'renderer', 'shared', 'test']) {
    spawnSync('chmod', ['-R', 'a+rX', join(checkout, name)]);
  }
  chmodSync(checkout, 0o755);
}
