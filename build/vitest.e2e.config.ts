import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// The whole program in its real window. One file after the other: each starts windows, servers and the keyring.
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  // The checkout may belong to another user.
  cacheDir: join(tmpdir(), `poppy-vitest-${process.getuid?.() ?? 0}`),
  test: {
    include: ['test/e2e/**/*.spec.ts'],
    globalSetup: ['build/e2e-surroundings.mjs'],
    environment: 'node',
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
