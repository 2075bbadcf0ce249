// The Debian packages that Poppy needs from the system, each with its reason.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { run, tail } from './child.mjs';
import { Remedy, say, step } from './progress.mjs';

/** Packages by need; `a|b` means either, the first for newer releases. */
const packages = {
  window: {
    reason: 'libraries that Electron and the keyring are linked with',
    names: [
      'libgtk-3-0t64|libgtk-3-0',
      'libnss3',
      'libasound2t64|libasound2',
      'libgbm1',
      'libdrm2',
      'libxkbcommon0',
      'libatspi2.0-0t64|libatspi2.0-0',
      'libcups2t64|libcups2',
      'libxtst6',
      'libxss1',
      'libnotify4',
      'libsecret-1-0',
      'fontconfig',
      'fonts-dejavu-core',
      'xdg-utils',
      // xdg-open asks this one what a file is, where there is no desktop to ask.
      'file',
      'ca-certificates',
    ],
  },
  display: {
    reason: 'a display in memory, as there is none here, and a font for the emoji in mail',
    names: ['xvfb', 'fonts-noto-color-emoji'],
  },
  tests: {
    reason: 'the browser, mail server, keyring and desktop parts that the tests use',
    names: [
      'xvfb',
      'fonts-noto-color-emoji',
      'chromium',
      'dovecot-core',
      'dovecot-pop3d',
      'openssl',
      'libfaketime',
      'dbus',
      'gnome-keyring',
      'libglib2.0-bin',
      'shared-mime-info',
      'desktop-file-utils',
    ],
  },
  dist: { reason: 'tools that make the .deb', names: ['fakeroot', 'dpkg'] },
};

/** Sees that the packages for the given needs (`window`, `display`, `tests`, `dist`) are there; root installs them. */
export async function debianPackages(needs) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return;
  const missing = await missingNames(needs);
  if (missing.length === 0) return;
  if (process.getuid() !== 0) {
    const reasons = needs.map((need) => `${packages[need].reason}`).join('; ');
    throw new Remedy(
      `Debian packages are missing: ${missing.join(', ')}`,
      `Run this once, then start again (${reasons}):\nsudo apt-get install --no-install-recommends ${(await preferred(missing)).join(' ')}`,
    );
  }
  await step(`Debian packages: installing ${missing.join(', ')}`, () => install(missing));
}

async function missingNames(needs) {
  const wanted = [...new Set(needs.flatMap((need) => packages[need].names))];
  const asked = wanted.flatMap((name) => name.split('|'));
  const fields = ['Package', 'db:Status-Status'].map((field) => `$\{${field}}`).join(' ');
  const { stdout } = await run('dpkg-query', ['-W', '-f', `${fields}\n`, ...asked]);
  const present = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return wanted.filter((name) => !name.split('|').some((choice) => present.has(choice)));
}

/** Of each `a|b` the one that this release knows. */
async function preferred(names) {
  return Promise.all(
    names.map(async (name) => {
      const choices = name.split('|');
      for (const choice of choices.slice(0, -1)) {
        const { stdout } = await run('apt-cache', ['show', '--no-all-versions', choice]);
        if (stdout.includes(`Package: ${choice}\n`)) return choice;
      }
      return choices.at(-1);
    }),
  );
}

/** Sees that there are package lists. Takes root. */
export async function packageLists() {
  if (hasPackageLists()) return;
  say('Debian packages: fetching the package lists');
  await apt(['update']);
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  return withoutStartingServices(() => run('apt-get', [...options, ...args], { env }));
}

async function install(missing) {
  await packageLists();
  const attempt = async () =>
    apt(['install', '-y', '--no-install-recommends', ...(await preferred(missing))]);
  let { status, output } = await attempt();
  if (status !== 0) {
    // Old lists name versions that the mirror has already dropped.
    say('Debian packages: refreshing the package lists and trying again');
    await apt(['update']);
    ({ status, output } = await attempt());
  }
  if (status !== 0)
    throw new Remedy(
      `apt-get could not install ${missing.join(', ')}\n${tail(output)}`,
      `See what apt-get says above, put it right and run:\napt-get update && apt-get install --no-install-recommends ${missing.map((name) => name.split('|').at(-1)).join(' ')}`,
    );
}

/** Dovecot is for private copies that the tests start; its installation must not open ports on this machine. */
async function withoutStartingServices(work) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return work();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    rmSync(policy, { force: true });
  }
}

function hasPackageLists() {
  try {
    return readdirSync('/var/lib/apt/lists').some((name) => /_(Packages|InRelease)/.test(name));
  } catch {
    // No folder means no lists.
    return false;
  }
}
