// What the fault tests stand on: the built command line, one more program, and a mail server.
import { join } from 'node:path';
import { bundle, externalPackages } from './bundle.mjs';
import { setUp } from './set-up.mjs';

const top = join(import.meta.dirname, '..');

/** Called by vitest before the first test. */
export async function setup() {
  await setUp({ needs: ['tests'] });
  await bundle();
  const { build } = await import('vite');
  await build({
    root: top,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { target: 'node', noExternal: true, external: externalPackages },
    build: {
      ssr: join(top, 'test/faults/store-program.ts'),
      target: 'node20',
      // Below the checkout, where the native packages are found.
      outDir: join(top, 'build/out/faults'),
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { external: externalPackages, output: { format: 'esm', entryFileNames: '[name].js' } },
    },
  });
}
