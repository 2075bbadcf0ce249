import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the mail is, and the one account that has it. */
export type Target = {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly authorityFile: string;
  readonly user: string;
  readonly password: string;
};

/** One program that fetches a whole maildrop into a new folder and leaves it on the server. */
export type Fetcher = {
  readonly name: string;
  /** Command and arguments; may write files of its own into the folder. */
  command(target: Target, folder: string): readonly string[];
  /** How many messages the folder holds afterwards. */
  stored(folder: string): number;
};

const program = resolve('build', 'out', 'electron', 'cli.js');

function poppy(target: Target, folder: string): readonly string[] {
  writeFileSync(join(folder, 'password'), target.password);
  const security = target.isTls ? ['tls', '--ca', target.authorityFile] : ['none', '--insecure-plaintext'];
  return [
    ...[process.execPath, program, 'fetch', '--host', target.host, '--port', String(target.port)],
    ...['--security', ...security, '--user', target.user, '--password-file', join(folder, 'password')],
    ...['--store', join(folder, 'store'), '--keep', '--json'],
  ];
}

function mpop(target: Target, folder: string): readonly string[] {
  const mail = join(folder, 'mail');
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(mail, part), { recursive: true });
  const settings = [
    ...['account default', `host ${target.host}`, `port ${target.port}`, `user ${target.user}`],
    ...[`password ${target.password}`, 'auth user', 'keep on', 'received_header off'],
    ...[`uidls_file ${join(folder, 'uidls')}`, `delivery maildir ${mail}`],
    ...(target.isTls
      ? ['tls on', 'tls_starttls off', `tls_trust_file ${target.authorityFile}`]
      : ['tls off']),
  ];
  writeFileSync(join(folder, 'mpoprc'), `${settings.join('\n')}\n`, { mode: 0o600 });
  return ['mpop', '-q', '-C', join(folder, 'mpoprc')];
}

function fetchmail(target: Target, folder: string): readonly string[] {
  // It asks for the name in the certificate, and takes no address for one.
  const host = target.isTls ? 'localhost' : target.host;
  const tls = target.isTls ? `ssl sslcertfile "${target.authorityFile}"` : 'sslproto ""';
  writeFileSync(
    join(folder, 'fetchmailrc'),
    `set idfile "${join(folder, 'ids')}"\npoll ${host} protocol pop3 port ${target.port} uidl\n  user "${target.user}" password "${target.password}" is root here keep fetchall ${tls} bsmtp "${join(folder, 'mail')}"\n`,
    { mode: 0o600 },
  );
  const pid = join(folder, 'pid');
  return ['fetchmail', '--silent', '--pidfile', pid, '-f', join(folder, 'fetchmailrc')];
}

/** Poppy first, then the programs it is measured against. */
export const fetchers: readonly Fetcher[] = [
  {
    name: 'poppy',
    command: poppy,
    stored: (folder) => {
      const line = readFileSync(join(folder, 'output'), 'utf8').trim().split('\n').at(-1) ?? '{}';
      return Number(JSON.parse(line).stored);
    },
  },
  { name: 'mpop', command: mpop, stored: (folder) => readdirSync(join(folder, 'mail', 'new')).length },
  {
    name: 'fetchmail',
    command: fetchmail,
    // The file may be too large for a string.
    stored: (folder) => Number(spawnSync('grep', ['-ac', '^MAIL FROM:', join(folder, 'mail')]).stdout),
  },
];

/**
 * How long a program took, and the most memory it held; 0 where the system does not tell. Poppy says itself how long its
 * check took, from connecting to the end: the window need not be started for each.
 */
export type Run = {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly checkSeconds?: number;
};

/** High-water mark of a process's resident memory, from /proc; the last that could be read. */
function watchMemory(pid: number | undefined): () => number {
  let peakBytes = 0;
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'latin1');
      peakBytes = Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024 || peakBytes;
    } catch {
      // No /proc here, or the program has ended.
    }
  }, 20);
  return () => {
    clearInterval(timer);
    return peakBytes;
  };
}

/** Runs a program to its end; undefined where it is not installed. Its output goes to `output` in the folder. */
export async function timed(command: readonly string[], folder: string): Promise<Run | undefined> {
  const [name = '', ...args] = command;
  const from = process.hrtime.bigint();
  const child = spawn(name, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const peak = watchMemory(child.pid);
  let output = '';
  child.stdout.on('data', (bytes) => {
    output += bytes;
  });
  let trouble = '';
  child.stderr.on('data', (bytes) => {
    trouble += bytes;
  });
  const status = await new Promise<number | undefined>((done) => {
    child.once('error', () => done(undefined));
    child.once('close', (code) => done(code ?? 1));
  });
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  const peakBytes = peak();
  if (status === undefined) return undefined;
  // fetchmail's way of saying that there was nothing new.
  if (status !== 0 && !(name === 'fetchmail' && status === 1))
    throw new Error(`${name} ended with ${status}: ${trouble.slice(-500)}${output.slice(-500)}`);
  writeFileSync(join(folder, 'output'), output);
  const own = /"seconds":([\d.]+)/.exec(output)?.[1];
  return { seconds, peakBytes, ...(own === undefined ? {} : { checkSeconds: Number(own) }) };
}
