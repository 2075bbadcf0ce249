// npm run fuzz [-- --seconds N] [--seed N] [NAME…]: feeds random input to every test/**/*.fuzz.ts, all side by side, for
// a minute unless told otherwise. The seed is printed; the same seed gives the same input.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const top = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
});

console.log(`fuzz for ${values.seconds} s from seed ${values.seed}`);
const { status } = spawnSync(
  process.execPath,
  [
    join(top, 'node_modules/vitest/vitest.mjs'),
    ...['run', '--config', 'build/vitest.fuzz.config.ts', ...positionals],
  ],
  {
    cwd: top,
    stdio: 'inherit',
    env: { ...process.env, FUZZ_SECONDS: values.seconds, FUZZ_SEED: values.seed },
  },
);
process.exitCode = status === 0 ? 0 : 1;
