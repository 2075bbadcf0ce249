import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** What a command line did. */
export type Ran = { readonly code: number | null; readonly stdout: Buffer; readonly stderr: string };

/** The command line as a program of its own. */
export type BuiltCli = AsyncDisposable & {
  /** Runs it to its end; `started` is given the way to press Ctrl+C. */
  run(args: readonly string[], input?: Uint8Array, started?: (interrupt: () => void) => void): Promise<Ran>;
};

/** Packages that are not bundled. */
const native = ['libsql', 'keytar'];

/** The command line bundled as the program bundles it, in a temporary folder beside the packages it loads. */
export async function builtCli(): Promise<BuiltCli> {
  const root = join(import.meta.dirname, '..', '..');
  const folder = await mkdtemp(join(tmpdir(), 'poppy-cli-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { target: 'node', noExternal: true, external: native },
    build: {
      ssr: 'electron/cli/main.ts',
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        external: native,
        output: { format: 'esm', entryFileNames: 'cli.mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return {
    run: (args, input = Buffer.alloc(0), started = () => undefined) =>
      run([join(folder, 'cli.mjs'), ...args], input, started),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function run(
  args: readonly string[],
  input: Uint8Array,
  started: (interrupt: () => void) => void,
): Promise<Ran> {
  // Whatever is private must be so by itself: nothing is taken from the mode of a new file here.
  const child =
    process.platform === 'win32'
      ? spawn(process.execPath, args, { stdio: 'pipe' })
      : spawn('/bin/sh', ['-c', 'umask 0; exec "$0" "$@"', process.execPath, ...args], { stdio: 'pipe' });
  started(() => child.kill('SIGINT'));
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.on('error', () => undefined); // A command that reads no input may end before it is given.
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: Buffer.concat(out), stderr: Buffer.concat(errors).toString() };
}

/** The JSON lines of stdout. Throws when there is anything else on it. */
export function jsonLines({ stdout }: Ran): unknown[] {
  const lines = stdout.toString().split('\n');
  if (lines.pop() !== '') throw new Error('the last line has no end');
  return lines.map((line) => JSON.parse(line) as unknown);
}
