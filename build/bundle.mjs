// Bundles Poppy's programs and its window into build/out, when something has changed.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash, readStamp, writeStamp } from './content-stamp.mjs';
import { alone } from './lock.mjs';
import { Remedy, step } from './progress.mjs';

const top = join(import.meta.dirname, '..');
const out = join(top, 'build', 'out');
const stamp = join(out, 'stamp');

/** What the bundles are made from. */
const sources = [
  'electron',
  'renderer',
  'shared',
  'build/bundle.mjs',
  'build/oauth-clients.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Packages that stay in node_modules, because they are native. */
export const externalPackages = ['libsql', 'keytar'];

/** A WebAssembly program that the parse worker finds beside itself. */
const pdfRenderer = join(top, 'node_modules', '@hyzyla', 'pdfium', 'dist', 'pdfium.wasm');

/** Programs for Node and for Electron's main process; each is a file in build/out/electron. */
const programs = {
  main: 'electron/main.ts',
  'engine-worker': 'electron/engine/worker.ts',
  'parse-worker': 'electron/message/parsing/parse-worker.ts',
  cli: 'electron/cli/main.ts',
};

/** Makes build/out if what it is made from has changed. */
export async function bundle() {
  if (isFresh()) return;
  await alone(out, async () => {
    if (!isFresh()) await step('building', bundleAll);
  });
}

function isFresh() {
  return readStamp(stamp) === contentHash(sources);
}

async function bundleAll() {
  const hash = contentHash(sources);
  rmSync(stamp, { force: true });
  const { build } = await import('vite');
  const { NODE_ENV } = process.env;
  // A test runner says "test" here, and React would be built for developers.
  process.env.NODE_ENV = 'production';
  try {
    await build(programsConfig());
    copyFileSync(pdfRenderer, join(out, 'electron', 'pdfium.wasm'));
    await build(preloadConfig());
    await build(await rendererConfig());
  } catch (error) {
    throw new Remedy(`the build failed\n${error.message}`, 'Correct the source that is named above.', {
      cause: error,
    });
  } finally {
    if (NODE_ENV !== undefined) process.env.NODE_ENV = NODE_ENV;
  }
  writeStamp(stamp, hash);
}

const common = { root: top, configFile: false, logLevel: 'warn', publicDir: false };

function programsConfig() {
  return {
    ...common,
    ssr: { target: 'node', noExternal: true, external: externalPackages },
    build: {
      ssr: true,
      target: 'node20',
      outDir: join(out, 'electron'),
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(programs).map(([name, file]) => [name, join(top, file)])),
        external: ['electron', ...externalPackages],
        checks: { eval: false },
        output: {
          format: 'esm',
          entryFileNames: '[name].js',
          // A file whose name begins with a dot is easily left behind by what copies or packs.
          chunkFileNames: ({ name }) => `${name.replace(/^\.+/, '')}-[hash].js`,
        },
      },
    },
  };
}

/** A sandboxed preload is one CommonJS file that may require electron only. */
function preloadConfig() {
  return {
    ...common,
    build: {
      target: 'chrome130',
      outDir: join(out, 'electron'),
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      lib: { entry: join(top, 'electron/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  };
}

async function rendererConfig() {
  const { default: react } = await import('@vitejs/plugin-react');
  return {
    ...common,
    root: join(top, 'renderer'),
    // Relative paths: the window is served from a scheme of our own.
    base: './',
    plugins: [react()],
    build: {
      target: 'chrome130',
      outDir: join(out, 'renderer'),
      emptyOutDir: true,
      sourcemap: true,
      chunkSizeWarningLimit: 4000,
      // Everything is a file, nothing a data: address, so that the page's policy can stay strict.
      assetsInlineLimit: 0,
      modulePreload: false,
    },
  };
}
