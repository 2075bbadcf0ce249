import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authorityPem, serverCertificate } from './authority.ts';
import {
  type DovecotOptions,
  type DovecotUser,
  dovecotConfiguration,
  oauthConfiguration,
  tlsLibraryConfiguration,
} from './dovecot-configuration.ts';
import { Maildir, type Owner } from './maildir.ts';
import { listMaildrop, type MaildropListing } from './raw-listing.ts';

/** A running private Dovecot; stop it, or hold it with `await using`. */
export type DovecotServer = AsyncDisposable & {
  readonly host: string;
  /** Plain port with STLS. */
  readonly plainPort: number;
  /** Port of implicit TLS. */
  readonly tlsPort: number;
  /** PEM of the authority that signed the server's certificate. */
  readonly authority: string;
  readonly users: readonly (DovecotUser & { readonly maildir: Maildir })[];
  /** Adds a message to a user's maildrop, for the next session to see. */
  addMessage(message: Uint8Array | string, user?: string): void;
  /** Lists a maildrop in a plain session that shares no code with Poppy. */
  readMaildrop(user?: string): Promise<MaildropListing>;
  /** What Dovecot has written so far. */
  log(): string;
  stop(): Promise<void>;
};

const defaultUsers: readonly DovecotUser[] = [{ name: 'anna', password: 'secret' }];
const startDeadlineMs = 10_000;
const logName = 'dovecot.log';

/**
 * Ends Dovecot and all its children when the pipe to its input is closed: when the test is done, and also when the
 * test's own process is killed. Asked politely Dovecot would take a second; nothing of its state is wanted any more.
 */
const guarded = '"$0" -F -c "$1" 2>>"$2" & read -r end; kill -KILL 0';

/** Where Debian and others put the program; undefined when it is not installed. */
export function dovecotProgram(): string | undefined {
  return ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find((path) =>
    existsSync(path),
  );
}

/** Dovecot refuses to serve mail as root; the whole of it then runs as nobody. */
function serverIdentity(): { account: string; group: string; owner: Owner | undefined } {
  const isRoot = process.getuid?.() === 0;
  const ask = (flag: string): string =>
    execFileSync('id', isRoot ? [flag, 'nobody'] : [flag], { encoding: 'utf8' }).trim();
  const owner = isRoot ? { uid: Number(ask('-u')), gid: Number(ask('-g')) } : undefined;
  return { account: ask('-un'), group: ask('-gn'), owner };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** Answers Dovecot's question whose access token it was given. RFC 7662. */
async function startIntrospection(users: readonly DovecotUser[]): Promise<Server> {
  const server = createHttpServer((request, response) => {
    const token = new URL(request.url ?? '/', 'http://localhost').searchParams.get('token');
    const user = users.find(({ accessToken }) => accessToken !== undefined && accessToken === token);
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(user === undefined ? { active: 'false' } : { active: 'true', email: user.name }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function passwordFile(folder: string, users: readonly DovecotUser[]): string {
  return users
    .map(({ name, password }, index) => {
      const secret = Buffer.from(password).toString('base64');
      return `${name}:{PLAIN.b64}${secret}::::${join(folder, `user${index}`)}::\n`;
    })
    .join('');
}

/** Resolves when the port greets; rejects when Dovecot says that it cannot. */
async function greeted(port: number, log: () => string): Promise<void> {
  const deadline = Date.now() + startDeadlineMs;
  for (;;) {
    if (log().includes('Fatal:') || Date.now() > deadline) throw new Error(`dovecot did not start: ${log()}`);
    const socket = connect(port, '127.0.0.1');
    const isUp = await new Promise<boolean>((resolve) => {
      socket.once('data', () => resolve(true)).once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
    });
    socket.destroy();
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

type Identity = ReturnType<typeof serverIdentity>;

/** Hands a file or folder to the user Dovecot runs as. */
function give(path: string, { owner }: Identity): void {
  if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
}

function makeUsers(folder: string, users: readonly DovecotUser[], identity: Identity) {
  return users.map((user, index) => {
    const home = join(folder, `user${index}`);
    mkdirSync(home);
    give(home, identity);
    const maildir = new Maildir(join(home, 'Maildir'), identity.owner);
    maildir.fill(user.messages ?? []);
    return { ...user, maildir };
  });
}

type Ports = { readonly plainPort: number; readonly tlsPort: number; readonly introspectionPort: number };

function writeConfiguration(
  folder: string,
  options: DovecotOptions,
  { plainPort, tlsPort, introspectionPort }: Ports,
  identity: Identity,
): void {
  const { certificate, key } = options.certificate ?? serverCertificate();
  const { account, group } = identity;
  const logFile = join(folder, logName);
  const files = {
    'certificate.pem': certificate,
    'key.pem': key,
    users: passwordFile(folder, options.users ?? defaultUsers),
    'openssl.conf': tlsLibraryConfiguration(options.tlsMaxProtocol ?? 'TLSv1.3'),
    'oauth.conf': oauthConfiguration(introspectionPort),
    'dovecot.conf': dovecotConfiguration({ ...options, folder, account, group, plainPort, tlsPort, logFile }),
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    give(join(folder, name), identity);
  }
}

type Running = { readonly log: () => string; readonly stop: () => Promise<void> };

function run(program: string, folder: string, { owner }: Identity): Running {
  const logFile = join(folder, logName);
  const child = spawn('/bin/sh', ['-c', guarded, program, join(folder, 'dovecot.conf'), logFile], {
    ...owner,
    // A group of its own, so that the master and its children can be ended together.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  return {
    log: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : ''),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

/** Starts on two free ports; another process may be quicker to take one of them, which is tried again. */
async function startOnFreePorts(start: (plainPort: number, tlsPort: number) => Running) {
  for (let tries = 1; ; tries += 1) {
    const [plainPort = 0, tlsPort = 0] = await freePorts(2);
    const running = start(plainPort, tlsPort);
    try {
      await greeted(plainPort, running.log);
      return { plainPort, tlsPort, ...running };
    } catch (error) {
      await running.stop();
      if (tries === 3 || !running.log().includes('already in use')) throw error;
    }
  }
}

/** Starts a private Dovecot on free ports of this computer, in a folder of its own. */
export async function startDovecot(options: DovecotOptions = {}): Promise<DovecotServer> {
  const program = dovecotProgram();
  if (program === undefined) throw new Error('dovecot is not installed: apt-get install dovecot-pop3d');
  const folder = mkdtempSync(join(tmpdir(), 'poppy-dovecot-'));
  const identity = serverIdentity();
  give(folder, identity);
  const users = makeUsers(folder, options.users ?? defaultUsers, identity);
  const introspection = await startIntrospection(users);
  const introspectionPort = (introspection.address() as AddressInfo).port;
  const clear = (): void => {
    introspection.close();
    introspection.closeAllConnections();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const find = (name: string | undefined) => {
    const user = name === undefined ? users[0] : users.find((candidate) => candidate.name === name);
    if (user === undefined) throw new Error(`no such user: ${name}`);
    return user;
  };
  try {
    const running = await startOnFreePorts((plainPort, tlsPort) => {
      rmSync(join(folder, logName), { force: true });
      writeConfiguration(folder, options, { plainPort, tlsPort, introspectionPort }, identity);
      return run(program, folder, identity);
    });
    const stop = async (): Promise<void> => {
      await running.stop();
      clear();
    };
    return {
      host: options.disablePlaintext === true ? '127.0.0.2' : '127.0.0.1',
      plainPort: running.plainPort,
      tlsPort: running.tlsPort,
      authority: authorityPem(),
      users,
      addMessage: (message, user) => void find(user).maildir.add(message),
      readMaildrop: (user) => listMaildrop(running.plainPort, find(user)),
      log: running.log,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    clear();
    throw error;
  }
}
