import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.fuzz.ts'],
    environment: 'node',
    pool: 'threads',
    // Each file takes its time and not its share of the processors: all of them go side by side.
    maxWorkers: 8,
    testTimeout: 600_000,
  },
});
