import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { top } from '../support/shots.ts';

/** A small program for Electron that takes one question and gives one answer, both JSON. */
export type SmallProgram = AsyncDisposable & {
  ask(
    question: unknown,
    start?: { readonly electron: string; readonly switches: readonly string[] },
  ): Promise<unknown>;
};

const longestRunMs = 100_000;

/** Bundles the program at `entry` (in test/e2e), which reads `*.question.json` and writes `*.answer.json` beside it. */
export async function smallProgram(entry: string): Promise<SmallProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'poppy-program-'));
  await build({
    root: top,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: join(top, 'test/e2e', entry),
      outDir: folder,
      target: 'node20',
      rolldownOptions: { external: ['electron'], output: { entryFileNames: 'main.js' } },
    },
  });
  const description = { name: 'small-program', version: '1.0.0', type: 'module', main: 'main.js' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(description));
  return {
    async ask(question, start = { electron: process.env.POPPY_ELECTRON ?? '', switches: [] }) {
      const run = mkdtempSync(join(folder, 'run-'));
      const file = join(run, 'one.question.json');
      writeFileSync(file, JSON.stringify(question));
      const sandbox = process.env.POPPY_SANDBOX === 'on' ? [] : ['--no-sandbox'];
      const data = `--user-data-dir=${join(run, 'data')}`;
      const program = spawn(start.electron, [...sandbox, data, ...start.switches, folder, file], {
        stdio: 'ignore',
      });
      try {
        await once(program, 'exit', { signal: AbortSignal.timeout(longestRunMs) });
      } finally {
        program.kill('SIGKILL');
      }
      return JSON.parse(readFileSync(file.replace('.question.', '.answer.'), 'utf8'));
    },
    async [Symbol.asyncDispose]() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
