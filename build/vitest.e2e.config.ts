import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// The whole program in its real window. Two files at a time, each with a desktop of its own: most of a test is one
// process waiting for another, so that one file alone leaves half of two processors idle.
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  // The checkout may belong to another user.
  cacheDir: join(tmpdir(), `poppy-vitest-${process.getuid?.() ?? 0}`),
  test: {
    include: ['test/e2e/**/*.spec.ts'],
    globalSetup: ['build/e2e-surroundings.mjs'],
    setupFiles: ['build/own-desktop.mjs'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: Math.min(2, availableParallelism()),
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
