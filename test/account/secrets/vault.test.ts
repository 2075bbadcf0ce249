import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Keyring } from '../../../electron/account/secrets/keyring.ts';
import { keyringVault } from '../../../electron/account/secrets/vault.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ada = '00000000000000aa' as AccountId;
const bob = '00000000000000bb' as AccountId;
const unavailable = { ok: false, failure: { kind: 'keyring-unavailable', canRetry: true } };

function keyringOf(entries: Map<string, string>): Keyring {
  return {
    getPassword: async (service, account) => entries.get(`${service}/${account}`) ?? null,
    setPassword: async (service, account, password) => {
      entries.set(`${service}/${account}`, password);
    },
    deletePassword: async (service, account) => entries.delete(`${service}/${account}`),
  };
}

describe('the vault', () => {
  test('keeps secrets in the keyring under the account, and nowhere else', async () => {
    const entries = new Map<string, string>();
    const vault = keyringVault({ load: async () => keyringOf(entries) });
    const heard = [
      await vault.status(),
      await vault.get(ada),
      await vault.set(ada, 'пароль'),
      await vault.get(ada),
      [...entries],
      await vault.remove(ada),
      await vault.get(ada),
      await vault.set(ada, ''),
    ];
    expect(heard).toEqual([
      'keyring',
      { ok: true, value: null },
      { ok: true, value: 'keyring' },
      { ok: true, value: 'пароль' },
      [['Poppy/00000000000000aa', 'пароль']],
      { ok: true, value: null },
      { ok: true, value: null },
      { ok: false, failure: { kind: 'password-missing', canRetry: false } },
    ]);
  });

  test('splits a token that is too long for one entry, and leaves no part behind', async () => {
    const entries = new Map<string, string>();
    const small = keyringOf(entries);
    const longest = { letters: 0 };
    const vault = keyringVault({
      load: async () => ({
        ...small,
        setPassword: async (service, account, password) => {
          longest.letters = Math.max(longest.letters, password.length);
          await small.setPassword(service, account, password);
        },
      }),
    });
    const token = (letter: string) => letter.repeat(8 * 1024);
    await vault.set(ada, token('a'));
    const first = await vault.get(ada);
    await vault.set(ada, token('b'));
    const second = await vault.get(ada);
    const parts = entries.size;
    for (const name of [...entries.keys()].slice(0, 2)) if (name.includes(' ')) entries.delete(name);
    const withHole = await vault.get(ada);
    await vault.set(ada, 'short');
    const short = [...entries];
    await vault.set(ada, token('c'));
    await vault.remove(ada);
    expect([
      first.ok && first.value === token('a'),
      second.ok && second.value === token('b'),
      longest.letters <= 1200,
      parts,
      withHole,
      short,
      entries.size,
    ]).toEqual([true, true, true, 8, { ok: true, value: null }, [['Poppy/00000000000000aa', 'short']], 0]);
  });

  test('holds secrets in memory when there is no keyring, and says so', async () => {
    const vault = keyringVault({
      load: async () => {
        throw new Error('libsecret is missing');
      },
    });
    expect([
      await vault.status(),
      await vault.set(ada, 'secret'),
      await vault.get(ada),
      await vault.get(bob),
      await vault.remove(ada),
      await vault.get(ada),
    ]).toEqual([
      'memory-only',
      { ok: true, value: 'memory-only' },
      { ok: true, value: 'secret' },
      unavailable,
      unavailable,
      unavailable,
    ]);
  });

  test('uses a keyring that appears later', async () => {
    const entries = new Map<string, string>();
    let isThere = false;
    const vault = keyringVault({
      load: async () => {
        if (!isThere) throw new Error('not yet');
        return keyringOf(entries);
      },
    });
    const before = await vault.set(ada, 'secret');
    isThere = true;
    expect([before, await vault.status(), await vault.set(ada, 'secret'), [...entries.values()]]).toEqual([
      { ok: true, value: 'memory-only' },
      'keyring',
      { ok: true, value: 'keyring' },
      ['secret'],
    ]);
  });

  test('is not hung by a keyring that hangs, asks it one thing at a time, and recovers', async () => {
    const entries = new Map<string, string>();
    const calls: string[] = [];
    let unlock: () => void = () => undefined;
    let isLocked = true;
    const inner = keyringOf(entries);
    const keyring: Keyring = {
      ...inner,
      getPassword: async (service, account) => {
        calls.push(account);
        if (isLocked)
          await new Promise<void>((release) => {
            unlock = release;
          });
        return inner.getPassword(service, account);
      },
    };
    let opened = 0;
    const onOpened = () => {
      opened += 1;
    };
    const vault = keyringVault({ load: async () => keyring, timeoutMs: 20, onOpened });
    const stuck = await Promise.all([vault.get(ada), vault.get(bob), vault.set(bob, 'held'), vault.status()]);
    const asked = [...calls];
    const openedBefore = opened;
    isLocked = false;
    unlock();
    const later = await statusWhenFree(vault.status);
    expect({ stuck, asked, held: await vault.get(bob), later, told: [openedBefore, opened] }).toEqual({
      stuck: [unavailable, unavailable, { ok: true, value: 'memory-only' }, 'memory-only'],
      asked: [ada],
      held: { ok: true, value: 'held' },
      later: 'keyring',
      told: [0, 1],
    });
  });
});

async function statusWhenFree(status: () => Promise<string>): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt += 1) if ((await status()) === 'keyring') return 'keyring';
  return 'memory-only';
}

/** Uses a vault in every way, and prints what it hears as JSON. */
const everyUse = `const vault = keyringVault({ timeoutMs: 10000 });
const heard = [await vault.status(), await vault.set('${ada}', 'ключ 🔑'), await vault.get('${ada}')];
heard.push(await keyringVault().get('${ada}'), await vault.remove('${ada}'), await vault.get('${ada}'));
process.stdout.write(JSON.stringify(heard));`;

/** Asks for the vault's status in one thread after the other, as when the engine's thread has to be replaced. */
const threadAfterThread = `import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
if (isMainThread) {
  const heard = [];
  for (let round = 0; round < 3; round += 1) {
    const thread = new Worker(new URL(import.meta.url));
    thread.on('message', (status) => heard.push(status));
    await once(thread, 'exit');
  }
  process.stdout.write(JSON.stringify(heard));
} else parentPort.postMessage(await keyringVault({ timeoutMs: 3000 }).status());`;

/** Bundles the vault with a program around it. */
async function vaultProgram(use = everyUse): Promise<string> {
  const folder = await temporaryFolder();
  const top = resolve(import.meta.dirname, '../../..');
  await symlink(join(top, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(
    join(folder, 'entry.js'),
    `import { keyringVault } from ${JSON.stringify(join(top, 'electron/account/secrets/vault.ts'))};\n${use}`,
  );
  await build({
    root: folder,
    logLevel: 'silent',
    configFile: false,
    build: {
      ssr: 'entry.js',
      outDir: 'out',
      target: 'node20',
      rollupOptions: { external: ['keytar'], output: { entryFileNames: 'vault.mjs' } },
    },
  });
  return join(folder, 'out', 'vault.mjs');
}

async function output(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  // A program that hangs must not outlive its test, nor must the session around it.
  onTestFinished(() => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  });
  const heard: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => heard.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${Buffer.concat(errors)}`);
  return JSON.parse(Buffer.concat(heard).toString());
}

describe('the vault in a program of its own', () => {
  /** Runs a program in a session of its own, with a keyring that is unlocked. */
  async function inSession(program: string): Promise<unknown> {
    const home = await temporaryFolder();
    await mkdir(join(home, 'run'), { mode: 0o700 });
    const script =
      'printf keyring-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 && "$0" "$1"';
    const env = { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: join(home, 'run') };
    return output('dbus-run-session', ['--', 'sh', '-c', script, process.execPath, program], env);
  }

  test('keeps a secret in the real keyring of a session', async () => {
    expect(await inSession(await vaultProgram())).toEqual([
      'keyring',
      { ok: true, value: 'keyring' },
      { ok: true, value: 'ключ 🔑' },
      { ok: true, value: 'ключ 🔑' },
      { ok: true, value: null },
      { ok: true, value: null },
    ]);
  });

  test('still reaches the keyring when the thread that loaded it is replaced', async () => {
    const program = await vaultProgram(threadAfterThread);
    expect(await inSession(program)).toEqual(['keyring', 'keyring', 'keyring']);
  });

  test('holds it in memory where there is no session bus', async () => {
    const program = await vaultProgram();
    const home = await temporaryFolder();
    expect(await output(process.execPath, [program], { PATH: process.env.PATH, HOME: home })).toEqual([
      'memory-only',
      { ok: true, value: 'memory-only' },
      { ok: true, value: 'ключ 🔑' },
      unavailable,
      unavailable,
      unavailable,
    ]);
  });

  test('holds it in memory where the session has a bus but no keyring', async () => {
    const program = await vaultProgram();
    const home = await temporaryFolder();
    await mkdir(join(home, 'run'), { mode: 0o700 });
    const config = join(home, 'bus.conf');
    await writeFile(
      config,
      `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
    );
    const env = { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: join(home, 'run') };
    const args = ['--config-file', config, '--', process.execPath, program];
    expect(await output('dbus-run-session', args, env)).toEqual([
      'memory-only',
      { ok: true, value: 'memory-only' },
      { ok: true, value: 'ключ 🔑' },
      unavailable,
      unavailable,
      unavailable,
    ]);
  });
});
