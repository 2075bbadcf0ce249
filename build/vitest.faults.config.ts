import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Real processes that are killed, cut off and starved of disk. One file after the other: each starts many of them.
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  cacheDir: join(tmpdir(), `poppy-vitest-${process.getuid?.() ?? 0}`),
  test: {
    include: ['test/faults/**/*.spec.ts'],
    globalSetup: ['build/faults-surroundings.mjs'],
    environment: 'node',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 60_000,
  },
});
