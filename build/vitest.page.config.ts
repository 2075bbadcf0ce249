import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// The window's page by itself, before a program that only pretends, in a plain Chromium: what lies in the page alone.
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  cacheDir: join(tmpdir(), `poppy-vitest-${process.getuid?.() ?? 0}`),
  test: {
    include: ['test/page/**/*.spec.ts'],
    globalSetup: ['build/page-surroundings.mjs'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: Math.min(2, availableParallelism()),
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
