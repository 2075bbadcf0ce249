// npm run bench -- NAME [OPTIONS…]: runs build/bench/NAME.ts on a machine and a build that are ready.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { launch, Remedy } from './progress.mjs';
import { setUp } from './set-up.mjs';

const scenarios = join(import.meta.dirname, 'bench');

await launch(async () => {
  const [name = '', ...options] = process.argv.slice(2);
  const names = readdirSync(scenarios)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('-workload.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
  if (!names.includes(name))
    throw new Remedy(`there is no benchmark "${name}"`, `npm run bench -- ${names.join(' | ')}`);
  await setUp({ needs: ['tests'] });
  await bundle();
  const runner = join(scenarios, 'run-bench.mjs');
  const { status } = spawnSync(process.execPath, [runner, name, ...options], { stdio: 'inherit' });
  return status ?? 1;
});
