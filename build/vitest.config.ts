import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'test/model/**', 'test/**/*.slow.test.ts'],
    environment: 'node',
    pool: 'threads',
    // Vitest leaves one processor free, which on a machine of two is half of it.
    maxWorkers: '100%',
    // Far beyond what a test takes anywhere: it ends one that hangs, and times none.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
