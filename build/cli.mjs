// npm run cli -- COMMAND: runs Poppy's engine without a window; stdout is the command's alone.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { launch } from './progress.mjs';
import { setUp } from './set-up.mjs';

await launch(async () => {
  await setUp();
  await bundle();
  const program = join(import.meta.dirname, 'out', 'electron', 'cli.js');
  const args = ['--enable-source-maps', program, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  return status ?? 1;
});
