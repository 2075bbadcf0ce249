import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Real processes that are killed, cut off and starved of disk. Two files at a time: each waits for its processes.
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  cacheDir: join(tmpdir(), `poppy-vitest-${process.getuid?.() ?? 0}`),
  test: {
    include: ['test/faults/**/*.spec.ts'],
    globalSetup: ['build/faults-surroundings.mjs'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: Math.min(2, availableParallelism()),
    testTimeout: 600_000,
    hookTimeout: 60_000,
  },
});
