// What the tests of the page stand on: the page with its pretended program, built and served, and a Chromium.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Remedy } from './progress.mjs';
import { setUp } from './set-up.mjs';

const top = join(import.meta.dirname, '..');
const configFile = join(top, 'test/renderer/preview/vite.config.ts');
const chromiums = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Called by vitest before the first test; what it returns is called after the last. */
export async function setup() {
  await setUp({ needs: ['window', 'tests'] });
  const { build, preview } = await import('vite');
  const { NODE_ENV } = process.env;
  // A test runner says "test" here, and React would be built for developers.
  process.env.NODE_ENV = 'production';
  await build({ configFile, logLevel: 'error' });
  process.env.NODE_ENV = NODE_ENV;
  const server = await preview({ configFile, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0 } });
  const { port } = server.httpServer.address();
  process.env.POPPY_PAGE = `http://127.0.0.1:${port}/`;
  process.env.POPPY_CHROMIUM ??= chromium();
  return () => server.close();
}

function chromium() {
  const program = chromiums.find(existsSync);
  if (program !== undefined) return program;
  throw new Remedy(
    'the tests of the page need a Chromium',
    'Install one (Debian: apt-get install chromium), or name its program in POPPY_CHROMIUM.',
  );
}
