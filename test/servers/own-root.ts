import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../build/cache-folder.mjs';

/**
 * A server that would conflict with others as a Debian package. build/unpacked-servers.mjs unpacks it into the user's
 * cache; here its files are laid over the system's root (an overlay in a mount namespace of its own), so that users,
 * configuration and mail of the server exist nowhere else. It ends with the test, or with the test's process.
 */
export type OwnRoot = AsyncDisposable & {
  /** A folder that the server sees as `/srv`. */
  readonly shared: string;
  /** What the server has written so far. */
  log(): string;
};

const startDeadlineMs = 20_000;

/** The same folder is named in build/unpacked-servers.mjs. */
function unpackedRoot(name: string): string {
  return join(cacheFolder('poppy-servers'), name);
}

/** Why a server cannot run here; null where it can. It takes root, overlays and the unpacked packages. */
export function whyNoServer(name: string): string | null {
  if (process.getuid?.() !== 0) return 'needs root';
  if (!existsSync(unpackedRoot(name))) return `${name} is not unpacked here`;
  try {
    execFileSync('unshare', ['--mount', '--pid', '--fork', 'true'], { stdio: 'ignore' });
    return null;
  } catch {
    // No such right, as in most containers.
    return 'namespaces are not allowed here';
  }
}

/**
 * Starts the commands of `script` as root inside the server's own root, and waits until all `ports` are open and the
 * first, without TLS, greets. The files of
 * `shared` are written first; the server sees them below `/srv`. Rejects with the server's log when it does not come up.
 */
export async function startInOwnRoot(
  name: string,
  ports: readonly [number, ...(number | null)[]],
  script: string,
  shared: Readonly<Record<string, string>>,
): Promise<OwnRoot> {
  const folder = mkdtempSync(join(tmpdir(), `poppy-${name}-`));
  const place = (...names: string[]) => join(folder, ...names);
  mkdirSync(place('shared'));
  mkdirSync(place('top'));
  for (const [file, text] of Object.entries(shared))
    writeFileSync(place('shared', file), text, { mode: 0o600 });
  writeFileSync(place('start.sh'), script);
  const server = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', outer], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, TOP: place('top'), FILES: unpackedRoot(name), FOLDER: folder },
  });
  const log = () => (existsSync(place('log')) ? readFileSync(place('log'), 'utf8') : '');
  const root: OwnRoot = {
    shared: place('shared'),
    log,
    async [Symbol.asyncDispose]() {
      await end(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const [plainPort, ...others] = ports;
  const open = others.filter((port) => port !== null).map((port) => answers(port, server, isOpen));
  const isUp = await Promise.all([answers(plainPort, server, greetsNow), ...open]);
  if (!isUp.includes(false)) return root;
  const words = log();
  await root[Symbol.asyncDispose]();
  throw new Error(`${name} did not start: ${words}`);
}

/** The first process of the namespace: when it ends, by the end of its input, all others of the namespace end too. */
const outer = [
  'mount --make-rprivate /',
  'mount -t tmpfs tmpfs "$TOP"',
  'cp -a "$FILES" "$TOP/upper"',
  'mkdir "$TOP/work" "$TOP/root"',
  'mount -t overlay overlay -o "lowerdir=/,upperdir=$TOP/upper,workdir=$TOP/work" "$TOP/root"',
  'mount -t proc proc "$TOP/root/proc"',
  'mount --rbind /dev "$TOP/root/dev"',
  'mkdir -p "$TOP/root/srv"',
  'mount --bind "$FOLDER/shared" "$TOP/root/srv"',
  'cp "$FOLDER/start.sh" "$TOP/root/start.sh"',
  '{ chroot "$TOP/root" sh /start.sh >"$FOLDER/log" 2>&1 </dev/null & }',
  'read -r end',
].join(' && ');

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.stdin?.end();
  await ended;
}

/** Whether the port answers before the deadline or the server's end. */
async function answers(
  port: number,
  server: ChildProcess,
  isReady: (port: number) => Promise<boolean>,
): Promise<boolean> {
  const until = Date.now() + startDeadlineMs;
  while (Date.now() < until && server.exitCode === null) {
    if (await isReady(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function greetsNow(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('data', (bytes) => settle(bytes.toString('latin1').startsWith('+OK')));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
}
