// Types, lint and import cycles, layers, unused and unreachable code, unit tests: what must hold before each commit.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const top = join(import.meta.dirname, '..');
const bin = (name) => join(top, 'node_modules', '.bin', name);

const steps = [
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['types of shared', bin('tsc'), ['-p', 'build/tsconfig.shared.json']],
  ['types of the older Electron', bin('tsc'), ['-p', 'build/tsconfig.electron-33.json']],
  ['lint', bin('biome'), ['check', '--config-path', 'build/lint.json', '--error-on-warnings', '.']],
  ['unused', bin('knip'), ['--config', 'build/knip.json']],
  ['unreachable', bin('knip'), ['--config', 'build/knip.production.jsonc', '--production']],
  ['unit tests and layers', bin('vitest'), ['run', '--config', 'build/vitest.config.ts']],
  ['the model', bin('vitest'), ['run', '--config', 'build/vitest.model.config.ts']],
];

for (const [name, command, args] of steps) {
  console.log(`- ${name}`);
  const { status } = spawnSync(command, args, { cwd: top, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${name}: failed`);
    process.exit(status ?? 1);
  }
}
