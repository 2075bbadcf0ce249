// node build/bench/parse.mjs [--rounds N] [--json]: how many messages a second one core reads for the index, beside
// bare mailparser on the same messages; and on the made messages, how many each of the two reads right.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const top = join(import.meta.dirname, '..', '..');
const out = mkdtempSync(join(tmpdir(), 'poppy-bench-'));
try {
  await build({
    root: top,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'parse.ts'),
      target: 'node20',
      outDir: out,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { output: { format: 'esm', entryFileNames: 'bench.mjs' } },
    },
  });
  const { status } = spawnSync(process.execPath, [join(out, 'bench.mjs'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
