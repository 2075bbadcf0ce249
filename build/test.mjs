// npm test: makes the machine ready, builds, runs every check and every test, and counts. A failure does not stop the
// rest. The last line on stdout is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asUnprivilegedUser } from './as-user.mjs';
import { bundle } from './bundle.mjs';
import { run } from './child.mjs';
import { launch, Remedy, say } from './progress.mjs';
import { setUp } from './set-up.mjs';

const top = join(import.meta.dirname, '..');
const bin = (name) => join(top, 'node_modules', '.bin', name);
const vitest = join(top, 'node_modules', 'vitest', 'vitest.mjs');
/** Far beyond what any step takes; a step that hangs must not hide the others' results. */
const stepLimitMs = 25 * 60_000;

const checks = [
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['types of shared', bin('tsc'), ['-p', 'build/tsconfig.shared.json']],
  ['lint', bin('biome'), ['check', '--config-path', 'build/lint.json', '--error-on-warnings', '.']],
  ['unused code', bin('knip'), ['--config', 'build/knip.json']],
];

/** One line a step, and what was counted. */
const results = [];
const folder = mkdtempSync(join(tmpdir(), 'poppy-results-'));

await launch(async () => {
  try {
    const treeBefore = await gitStatus();
    await ready();
    for (const [name, command, args] of checks) await check(name, command, args);
    await tests('unit tests and layers', (json) => [process.execPath, unitArguments(json)]);
    await tests('end to end', (json) => [process.execPath, endToEndArguments(json)]);
    await tests('faults', (json) => [process.execPath, faultArguments(json)]);
    if (process.getuid?.() === 0) await testsAsUser();
    if ((await gitStatus()) !== treeBefore) results.push(['clean tree', 0, 1, await gitStatus()]);
  } catch (error) {
    if (error instanceof Remedy) say(`FAILED: ${error.message}\n\nWhat to do:\n${error.remedy}\n`);
    else say(`FAILED: ${error.stack}`);
    results.push(['set-up', 0, 1]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return report();
});

async function ready() {
  await setUp({ needs: ['window', 'tests'], electron: true });
  await bundle();
}

function unitArguments(json) {
  return [vitest, 'run', '--config', 'build/vitest.config.ts', ...reporters(json)];
}

function endToEndArguments(json) {
  return [vitest, 'run', '--config', 'build/vitest.e2e.config.ts', ...reporters(json)];
}

function faultArguments(json) {
  return [vitest, 'run', '--config', 'build/vitest.faults.config.ts', ...reporters(json)];
}

function reporters(json) {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${json}`];
}

async function check(name, command, args) {
  say(`${name} ...`);
  const status = await shown(command, args);
  results.push([name, 0, status === 0 ? 0 : 1]);
}

async function tests(name, commandFor) {
  say(`${name} ...`);
  const json = join(folder, `${results.length}.json`);
  const [command, args, options] = commandFor(json);
  const status = await shown(command, args, options);
  results.push([name, ...count(json, status)]);
}

/** The mail suite once more, as a user who has rights to nothing, with the Chromium sandbox on. */
async function testsAsUser() {
  say('end to end as an unprivileged user, with the sandbox ...');
  const { node, checkout, wrap, remove } = asUnprivilegedUser();
  try {
    const json = join(checkout, '..', 'tmp', 'results.json');
    const args = [
      join(checkout, 'node_modules/vitest/vitest.mjs'),
      'run',
      'test/e2e/keyring.spec.ts',
      'test/e2e/mail.spec.ts',
      '--config',
      'build/vitest.e2e.config.ts',
      ...reporters(json),
    ];
    const status = await shown(...wrap(node, args));
    results.push(['end to end as an unprivileged user', ...count(json, status)]);
  } finally {
    remove();
  }
}

/** Passed and failed of one vitest run; a file or a run that broke outside of a test counts as one failure. */
function count(json, status) {
  let report;
  try {
    report = JSON.parse(readFileSync(json, 'utf8'));
  } catch {
    // The run died before it could write.
    return [0, 1];
  }
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + broken;
  return [report.numPassedTests, status !== 0 && failed === 0 ? 1 : failed];
}

function shown(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: top, stdio: 'inherit', timeout: stepLimitMs, ...options });
    child.once('error', (error) => {
      say(`${command}: ${error.message}`);
      resolve(1);
    });
    child.once('close', (status) => resolve(status ?? 1));
  });
}

/** Empty where there is no git. */
async function gitStatus() {
  const { status, stdout } = await run('git', ['status', '--porcelain'], { cwd: top });
  return status === 0 ? stdout : '';
}

function report() {
  const width = Math.max(...results.map(([name]) => name.length));
  for (const [name, passed, failed, more] of results) {
    const counts = passed + failed === 0 ? '' : `${passed} passed, ${failed} failed`;
    console.log(
      `${failed === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(width)} ${counts}${more ? `\n${more}` : ''}`,
    );
  }
  const sum = (index) => results.reduce((total, result) => total + result[index], 0);
  console.log(`${sum(1)} passed, ${sum(2)} failed`);
  return sum(2) === 0 ? 0 : 1;
}
