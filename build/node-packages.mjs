// The npm packages: exactly what package-lock.json names.
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, tail } from './child.mjs';
import { alone } from './lock.mjs';
import { Remedy, step } from './progress.mjs';

const top = join(import.meta.dirname, '..');
const oldestNode = [20, 18];

/** Refuses a Node too old to run Poppy's tools. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Remedy(
    `Node ${oldestNode.join('.')} or newer is needed, this is ${process.versions.node}`,
    'Install a newer Node, for example Node 20 from your distribution or from nodejs.org.',
  );
}

/** Sees that node_modules holds what the lock file names. */
export async function nodePackages() {
  if (isInstalled()) return;
  await alone(top, async () => {
    // Another launcher may have done it while this one waited.
    if (!isInstalled()) await step('npm packages', install);
  });
}

/**
 * Not `npm ci`: that insists on lock entries for every other system's native packages, which npm leaves out where a
 * registry does not carry them. This installs the locked versions by their hashes too, and writes neither file.
 */
async function install() {
  const args = ['install', '--no-save', '--include=dev', '--include=optional', '--no-progress'];
  const { status, output } = await npm(args, { cwd: top });
  if (status !== 0)
    throw new Remedy(
      `npm install failed\n${tail(output.replace(/^npm warn .*\n/gm, ''), 25)}`,
      'Check that the npm registry can be reached (npm ping) and that the disk is not full, then start again.',
    );
}

/** npm writes node_modules/.package-lock.json last, so what it names is there. */
function isInstalled() {
  try {
    // A linked folder belongs to another checkout, which looks after it.
    if (lstatSync(join(top, 'node_modules')).isSymbolicLink()) return true;
    const wanted = packagesOf('package-lock.json');
    const present = packagesOf('node_modules/.package-lock.json');
    return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
      const found = present[path];
      return path === '' || found?.version === version || (found === undefined && (optional || devOptional));
    });
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return false;
    throw error;
  }
}

function packagesOf(file) {
  return JSON.parse(readFileSync(join(top, file), 'utf8')).packages;
}
