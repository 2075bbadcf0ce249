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
  // Ctrl+C goes to both: the command stops cleanly and says so, and this waits for it.
  process.on('SIGINT', () => undefined);
  const { status, signal } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  return status ?? (signal === 'SIGINT' ? 130 : 1);
});
