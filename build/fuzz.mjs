// npm run fuzz [-- --seconds N] [NAME…]: feeds random input to every test/**/*.fuzz.ts, a minute for each file unless
// told otherwise, one file after another.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const top = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const at = args.indexOf('--seconds');
const seconds = at < 0 ? 60 : Number(args[at + 1]);
const names = at < 0 ? args : args.toSpliced(at, 2);

const files = readdirSync(join(top, 'test'), { recursive: true })
  .filter((file) => file.endsWith('.fuzz.ts'))
  .filter((file) => names.length === 0 || names.some((name) => file.includes(name)));

let isFailed = files.length === 0;
for (const file of files) {
  console.log(`fuzz ${file}: ${seconds} s`);
  const { status } = spawnSync(
    process.execPath,
    [
      join(top, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'build/vitest.fuzz.config.ts',
      join('test', file),
    ],
    { cwd: top, stdio: 'inherit', env: { ...process.env, FUZZ_SECONDS: String(seconds) } },
  );
  if (status !== 0) isFailed = true;
}
process.exitCode = isFailed ? 1 : 0;
