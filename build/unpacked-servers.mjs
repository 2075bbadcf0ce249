// Real POP3 servers for the tests. As Debian packages they conflict with one another and with Dovecot, so each is
// unpacked, not installed, into a folder of the user's cache; the tests lay it over the system's root (an overlay).
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { run, tail } from './child.mjs';
import { packageLists } from './debian-packages.mjs';
import { alone } from './lock.mjs';
import { say, step } from './progress.mjs';

/** The packages of each server; those that it needs and the system lacks come along. */
const servers = {
  courier: ['courier-pop', 'courier-authlib-userdb'],
  cyrus: ['cyrus-pop3d', 'sasl2-bin', 'libsasl2-modules'],
  mailutils: ['mailutils-pop3d'],
  popa3d: ['popa3d'],
};

/** They are named as needs, but a POP3 server on loopback does without them. */
const needless = /^(exim4|gnutls-bin|guile|gawk|mysql|mariadb-common|db-util|db5\.3-util|update-inetd)|-dev$/;

/** Folders of the root that are links into /usr since Debian 12; a folder of that name would hide the link. */
const mergedFolders = ['bin', 'lib', 'lib64', 'sbin'];

/**
 * Sees that the servers lie in the cache. Only root on a Debian system can use them; elsewhere, and where a package
 * cannot be had, the tests that need them are skipped and say so.
 */
export async function unpackedServers() {
  if (process.platform !== 'linux' || process.getuid() !== 0 || !existsSync('/usr/bin/dpkg-deb')) return;
  const folder = cacheFolder('poppy-servers');
  const missing = Object.keys(servers).filter((name) => !existsSync(join(folder, name)));
  if (missing.length === 0) return;
  mkdirSync(folder, { recursive: true });
  await alone(folder, async () => {
    await packageLists();
    for (const name of missing) {
      if (existsSync(join(folder, name))) continue;
      await step(`POP3 server ${name}: unpacking`, () => unpack(folder, name)).catch((error) =>
        say(`POP3 server ${name} is left out: ${error.message}`),
      );
    }
  });
}

async function unpack(folder, name) {
  const parts = mkdtempSync(join(folder, `.${name}-`));
  try {
    const packages = [...(await needs(servers[name])), ...servers[name]];
    await must('apt-get', ['-q', 'download', ...new Set(packages)], { cwd: parts });
    const root = join(parts, 'root');
    mkdirSync(root);
    const archives = readdirSync(parts).filter((file) => file.endsWith('.deb'));
    for (const file of archives) await must('dpkg-deb', ['-x', join(parts, file), root]);
    for (const merged of mergedFolders) {
      if (!existsSync(join(root, merged))) continue;
      mkdirSync(join(root, 'usr', merged), { recursive: true });
      await must('cp', ['-a', `${join(root, merged)}/.`, join(root, 'usr', merged)]);
      rmSync(join(root, merged), { recursive: true });
    }
    writeFileSync(join(root, 'unpacked'), `${archives.sort().join('\n')}\n`);
    renameSync(root, join(folder, name));
  } finally {
    rmSync(parts, { recursive: true, force: true });
  }
}

/** What apt would install with these packages on this system. */
async function needs(packages) {
  const simulated = await must('apt-get', ['-s', 'install', '--no-install-recommends', ...packages], {});
  return [...simulated.matchAll(/^Inst (\S+)/gm)]
    .map(([, name]) => name)
    .filter((name) => !needless.test(name));
}

async function must(command, args, options) {
  const { status, stdout, output } = await run(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args[0]} failed\n${tail(output)}`);
  return stdout;
}
