// Small desktops of our own: a display in memory, a session bus and an unlocked keyring. Everything ends with this process.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './child.mjs';
import { Remedy } from './progress.mjs';

/** Starts a display and a session; returns the environment of programs there and a function that ends both. */
export async function startDesktop() {
  const [display, session] = await Promise.all([startDisplay(), startSession()]);
  return {
    env: { ...session.env, DISPLAY: display.display },
    stop: async () => {
      await session.stop();
      await display.stop();
    },
  };
}

/** Starts Xvfb on a free display; returns its name for DISPLAY and a function that ends it. */
export async function startDisplay() {
  // -displayfd lets the server choose a free number and tell it when it is ready.
  // Larger than any window of the tests: Chromium makes one that fills the screen a pixel smaller.
  const server = start('Xvfb', ['-displayfd', '1', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp']);
  const number = await firstLine(server, 'Xvfb');
  return { display: `:${number}`, stop: server.stop };
}

/**
 * Starts a session bus and a keyring that is unlocked, with folders of their own, so that nothing of the person's
 * own session is read or changed. Returns the environment for programs of this session and a function that ends it.
 */
async function startSession() {
  const folder = mkdtempSync(join(tmpdir(), 'poppy-session-'));
  const env = {
    HOME: folder,
    XDG_RUNTIME_DIR: join(folder, 'runtime'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CACHE_HOME: join(folder, 'cache'),
  };
  for (const path of Object.values(env)) mkdirSync(path, { recursive: true, mode: 0o700 });
  const bus = start('dbus-daemon', ['--session', '--nofork', '--print-address=1'], env);
  env.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus, 'dbus-daemon');
  const keyring = start('gnome-keyring-daemon', ['--foreground', '--components=secrets', '--unlock'], env);
  keyring.child.stdin.end('poppy');
  const waited = await run('gdbus', ['wait', '--session', '--timeout', '20', 'org.freedesktop.secrets'], {
    env: { ...process.env, ...env },
  });
  if (waited.status !== 0) throw new Error(`the keyring did not start: ${waited.output}`);
  return {
    env,
    stop: async () => {
      await keyring.stop();
      await bus.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function start(program, args, env = {}) {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  });
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
    child.once('error', resolve);
  });
  const kill = () => child.kill();
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    kill();
    await ended;
  };
  return { child, ended, stop };
}

async function firstLine({ child, ended }, name) {
  let text = '';
  const line = new Promise((resolve) => {
    child.stdout.on('data', (bytes) => {
      text += bytes;
      if (text.includes('\n')) resolve(text.split('\n')[0].trim());
    });
  });
  const answer = await Promise.race([line, ended.then(() => undefined)]);
  if (answer === undefined)
    throw new Remedy(
      `${name} could not be started`,
      `Install it (Debian: apt-get install xvfb dbus) and see what "${name}" says.`,
    );
  return answer;
}
