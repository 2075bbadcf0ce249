import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.fuzz.ts'],
    environment: 'node',
    pool: 'threads',
    testTimeout: 600_000,
  },
});
