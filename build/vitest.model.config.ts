import { defineConfig } from 'vitest/config';

// Random histories: MODEL_SECONDS says how long to make them up.
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/model/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: '100%',
    // A million histories take hours.
    testTimeout: 24 * 60 * 60_000,
    // They say how many histories there were.
    disableConsoleIntercept: true,
  },
});
