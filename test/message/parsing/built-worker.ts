import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { pdfRendererPath } from '../../messages/made-pdf.ts';

/** The parse worker bundled as the program bundles it, in a temporary folder. */
export async function builtParseWorker(): Promise<AsyncDisposable & { readonly entry: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'poppy-parse-'));
  await build({
    root: join(import.meta.dirname, '..', '..', '..'),
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: 'electron/message/parsing/parse-worker.ts',
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { output: { format: 'esm', entryFileNames: 'parse-worker.mjs' } },
    },
  });
  await copyFile(pdfRendererPath, join(folder, 'pdfium.wasm'));
  return {
    entry: join(folder, 'parse-worker.mjs'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
