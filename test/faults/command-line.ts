import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { exitCodeOf } from '../../electron/cli/exit-codes.ts';
import { fetchCommand } from '../../electron/cli/fetch.ts';
import { readOptions } from '../../electron/cli/options.ts';
import { CommandFailure } from '../../electron/cli/output.ts';

const top = join(import.meta.dirname, '..', '..');

/** How a process ended, and the JSON lines it printed. */
export type Run = {
  readonly code: number | null;
  readonly isKilled: boolean;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly errors: string;
};

/** A process that may still be running. */
export type Running = { readonly child: ChildProcess; readonly ended: Promise<Run> };

/** Starts a program of build/out as a process of its own. */
export function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [join(top, 'build', 'out', program), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (bytes) => {
    output += bytes;
  });
  child.stderr.on('data', (bytes) => {
    errors += bytes;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    isKilled: signal === 'SIGKILL',
    // A killed process may leave half a line.
    rows: output
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>),
    errors,
  }));
  return { child, ended };
}

/** Starts the command line. */
export function startCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  return start('electron/cli.js', [...args, '--json'], env);
}

/** Runs the command line to its end. */
export function command(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  return startCommand(args, env).ended;
}

/** `fetch` in this process, for where no process has to die: most of a run's time is its start. */
export async function fetchHere([, ...args]: readonly string[]): Promise<Run> {
  const rows: Record<string, unknown>[] = [];
  const keep = (row: object) => void rows.push({ ...row });
  const before = process.listeners('SIGINT');
  try {
    const code = await fetchCommand.run(readOptions(fetchCommand.flags, args), {
      isJson: true,
      line: keep,
      failure: keep,
    });
    return { code, isKilled: false, rows, errors: '' };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return {
      code: exitCodeOf(error.failure.kind),
      isKilled: false,
      rows: [{ failure: error.failure }],
      errors: '',
    };
  } finally {
    for (const listener of process.listeners('SIGINT'))
      if (!before.includes(listener)) process.off('SIGINT', listener);
  }
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Arguments of `fetch` for a maildrop on this computer. */
export function fetchArguments(fetch: {
  readonly port: number;
  readonly store: string;
  readonly user?: string;
  readonly leave: 'keep' | 'delete';
  readonly authority?: string;
}): string[] {
  const { port, store, user = 'anna', leave, authority } = fetch;
  const own = mkdtempSync(join(tmpdir(), 'poppy-faults-'));
  folders.push(own);
  writeFileSync(join(own, 'password'), 'secret\n');
  if (authority !== undefined) writeFileSync(join(own, 'authority.pem'), authority);
  const security =
    authority === undefined
      ? ['--security', 'none', '--insecure-plaintext']
      : ['--security', 'tls', '--ca', join(own, 'authority.pem')];
  const who = ['--user', user, '--password-file', join(own, 'password')];
  return [
    'fetch',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    ...security,
    ...who,
    '--store',
    store,
    `--${leave}`,
  ];
}
