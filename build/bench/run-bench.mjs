// Bundles one benchmark and runs it: node build/bench/run-bench.mjs NAME [OPTIONS…], where NAME.ts lies beside this.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const [name = '', ...options] = process.argv.slice(2);
// Among the sources, so that native packages are found from there.
const outs = join(import.meta.dirname, '..', 'out');
mkdirSync(outs, { recursive: true });
const out = mkdtempSync(join(outs, 'bench-'));
// What starts the window needs what the end-to-end tests stand on: a display, a session bus and a keyring.
const tearDown = name === 'shell' ? await setUpWindow() : undefined;
try {
  await build({
    root: join(import.meta.dirname, '..', '..'),
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { target: 'node', external: ['libsql', 'playwright'], noExternal: true },
    build: {
      ssr: join(import.meta.dirname, `${name}.ts`),
      target: 'node20',
      outDir: out,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { format: 'esm', entryFileNames: 'bench.mjs' } },
    },
  });
  const { status } = spawnSync(process.execPath, [join(out, 'bench.mjs'), ...options], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  await tearDown?.();
  rmSync(out, { recursive: true, force: true });
}

async function setUpWindow() {
  const { setup } = await import('../e2e-surroundings.mjs');
  const tearDown = await setup({ config: { maxWorkers: 1 } });
  Object.assign(process.env, JSON.parse(process.env.POPPY_DESKTOPS ?? '[]')[0]);
  return tearDown;
}
