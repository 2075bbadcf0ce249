// node build/bench/read-and-discard.mjs [--tls] [--rounds N] [--messages N]: how near the engine is to the wire. Reads
// maildrop A from a private Dovecot and throws it away, by turns with a bare loop that knows no POP3.
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
      ssr: join(import.meta.dirname, 'read-and-discard.ts'),
      target: 'node20',
      outDir: out,
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
