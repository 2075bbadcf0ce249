// npm test: makes the machine ready, builds, runs every check and every test, and counts. A failure does not stop the
// rest. The last line on stdout is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asUnprivilegedUser } from './as-user.mjs';
import { bundle } from './bundle.mjs';
import { run } from './child.mjs';
import { newerNode } from './newer-node.mjs';
import { launch, Remedy, say } from './progress.mjs';
import { setUp } from './set-up.mjs';
import { afterSecondTry, counted, failedOf, told, toldShortly } from './test-outcomes.mjs';

const top = join(import.meta.dirname, '..');
const bin = (name) => join(top, 'node_modules', '.bin', name);
/** Far beyond what any step takes; a step that hangs must not hide the others' results. */
const stepLimitMs = 25 * 60_000;
const fuzzSeconds = '20';
/** With more files than these failing it was not chance. */
const mostSecondTries = 3;

/** Where the machine is shared with strangers, chance is told of and not counted. */
const isForgiving = process.env.CI === 'true';

const checks = [
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['types of shared', bin('tsc'), ['-p', 'build/tsconfig.shared.json']],
  ['types of the older Electron', bin('tsc'), ['-p', 'build/tsconfig.electron-33.json']],
  ['lint', bin('biome'), ['check', '--config-path', 'build/lint.json', '--error-on-warnings', '.']],
  ['unused code', bin('knip'), ['--config', 'build/knip.json']],
  ['unreachable code', bin('knip'), ['--config', 'build/knip.production.jsonc', '--production']],
];

/** One line a step, and what was counted. */
const results = [];
/** Everything that failed, and what passed only at the second try, as test-outcomes.mjs knows them. */
const failures = [];
const shaky = [];
const folder = mkdtempSync(join(tmpdir(), 'poppy-results-'));

await launch(async () => {
  try {
    const treeBefore = await gitStatus();
    await ready();
    await Promise.all(checks.map(([name, command, args]) => check(name, command, args)));
    await tests('unit tests and layers', (files) => vitestRun('build/vitest.config.ts', files));
    await tests('the model', (files) => vitestRun('build/vitest.model.config.ts', files, forSeconds(45)));
    await fuzz();
    await testsTwice('the page alone', (files) => vitestRun('build/vitest.page.config.ts', files));
    await testsTwice('end to end', (files) => vitestRun('build/vitest.e2e.config.ts', files));
    await tests('faults', (files) => vitestRun('build/vitest.faults.config.ts', files));
    await testsUnderNewerNode();
    if (process.getuid?.() === 0) await testsAsUser();
    const treeAfter = await gitStatus();
    if (treeAfter !== treeBefore) failed('clean tree', 'tests changed the checkout', treeAfter);
  } catch (error) {
    if (error instanceof Remedy) say(`FAILED: ${error.message}\n\nWhat to do:\n${error.remedy}\n`);
    else say(`FAILED: ${error.stack}`);
    failed('set-up', 'did not come to its end', error.message);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return report();
});

async function ready() {
  await setUp({ needs: ['window', 'tests'], electron: true });
  await bundle();
}

async function check(name, command, args) {
  say(`${name} ...`);
  const { status, output } = await run(command, args, { cwd: top, timeout: stepLimitMs, show: true });
  if (status === 0) results.push([name, 0, 0]);
  else failed(name, 'found something', output.trim());
}

/** Takes down a step that is no test as failed. */
function failed(name, title, error) {
  results.push([name, 0, 1]);
  failures.push({ file: name, title, errors: [error] });
}

/** A step of tests; `runFiles` runs the given test files, or all, and answers their outcomes. */
async function tests(name, runFiles) {
  say(`${name} ...`);
  count(name, await runFiles([]));
}

/** A short fuzz with a new seed, which is said first: `npm run fuzz -- --seed N` tries the same input again. */
async function fuzz() {
  const seed = String(Date.now() % 1_000_000_000);
  const name = `fuzzing from seed ${seed}`;
  const env = { ...process.env, FUZZ_SECONDS: fuzzSeconds, FUZZ_SEED: seed };
  const start = (vitestArguments) => [...here(vitestArguments).slice(0, 2), { cwd: top, env }];
  await tests(name, (files) => vitestRun('build/vitest.fuzz.config.ts', files, { folder, start }));
}

/**
 * The same for the real window, which shares the machine with whatever else goes on there: files with a failure are
 * run once more, to tell chance from a fault. What passes only then fails the run too, but where CI=true is set.
 */
async function testsTwice(name, runFiles) {
  say(`${name} ...`);
  const first = await runFiles([]);
  const files = [...new Set(failedOf(first).map(({ file }) => file))];
  if (files.length === 0 || files.length > mostSecondTries || files.some((file) => !file.endsWith('.ts')))
    return count(name, first);
  say(`${name}, once more: ${files.join(', ')} ...`);
  const again = afterSecondTry(first, await runFiles(files));
  count(name, again.outcomes, again.shaky);
}

/** Unit and fault tests once more, under the Node that is inside the Electron which people get. */
async function testsUnderNewerNode() {
  const node = await newerNode();
  if (node === undefined) return say('no newer Node for this system: its tests are left out');
  const place = { folder, start: (vitestArguments) => here(vitestArguments, node) };
  for (const [name, config] of [
    ['unit tests', 'build/vitest.config.ts'],
    ['faults', 'build/vitest.faults.config.ts'],
  ])
    await tests(`${name} under the newer Node`, (files) => vitestRun(config, files, place));
}

/** The mail suite once more, as a user who has rights to nothing, with the Chromium sandbox on. */
async function testsAsUser() {
  const { node, checkout, wrap, remove } = asUnprivilegedUser();
  const own = ['test/e2e/keyring.spec.ts', 'test/e2e/mail.spec.ts'];
  const place = {
    folder: join(checkout, '..', 'tmp'),
    start: (vitestArguments) =>
      wrap(node, [join(checkout, 'node_modules/vitest/vitest.mjs'), ...vitestArguments]),
  };
  try {
    await testsTwice('end to end as an unprivileged user, with the sandbox', (files) =>
      vitestRun('build/vitest.e2e.config.ts', files.length > 0 ? files : own, place),
    );
  } finally {
    remove();
  }
}

/** Runs vitest, here or at another place, and answers the outcomes. */
async function vitestRun(config, files, place = { folder, start: here }) {
  const json = join(place.folder, 'outcomes.json');
  rmSync(json, { force: true });
  const reporters = ['--reporter=default', '--reporter=./build/outcomes-reporter.ts'];
  const [command, args, options] = place.start(['run', '--config', config, ...files, ...reporters]);
  const env = { ...(options.env ?? process.env), POPPY_OUTCOMES: json };
  const status = await shown(command, args, { ...options, env });
  const outcomes = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : [];
  if (status !== 0 && failedOf(outcomes).length === 0)
    outcomes.push({ file: config, title: 'the run itself', errors: [`vitest ended with ${status}`] });
  return outcomes;
}

/** Here, with so many seconds for random histories. */
function forSeconds(seconds) {
  const start = (vitestArguments) => {
    const [command, args, options] = here(vitestArguments);
    return [command, args, { ...options, env: { ...process.env, MODEL_SECONDS: String(seconds) } }];
  };
  return { folder, start };
}

function here(vitestArguments, node = process.execPath) {
  return [node, [join(top, 'node_modules/vitest/vitest.mjs'), ...vitestArguments], { cwd: top }];
}

function count(name, outcomes, shakyOnes = []) {
  failures.push(...failedOf(outcomes));
  shaky.push(...shakyOnes);
  const { passed, failed: bad } = counted(outcomes, shakyOnes, isForgiving);
  results.push([name, passed, bad]);
}

/** Resolves to the exit code, or to a word when there is none. */
function shown(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', timeout: stepLimitMs, ...options });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (status, signal) => resolve(status ?? signal));
  });
}

/** Empty where there is no git. */
async function gitStatus() {
  const { status, stdout } = await run('git', ['status', '--porcelain'], { cwd: top });
  return status === 0 ? stdout : '';
}

/** The end of the log may be all that somebody gets to see: it names every failure, and the last line counts. */
function report() {
  if (shaky.length > 0) console.log(`\nPassed only at the second try:\n${shaky.map(told).join('\n')}`);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map(told).join('\n')}`);
  console.log('');
  const width = Math.max(...results.map(([name]) => name.length));
  for (const [name, passed, bad] of results) {
    const counts = passed + bad === 0 ? '' : `${passed} passed, ${bad} failed`;
    console.log(`${bad === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(width)} ${counts}`);
  }
  for (const one of shaky) console.log(`second try: ${toldShortly(one)}`);
  for (const one of failures) console.log(`failed: ${toldShortly(one)}`);
  const sum = (index) => results.reduce((total, result) => total + result[index], 0);
  console.log(`${sum(1)} passed, ${sum(2)} failed`);
  return sum(2) === 0 ? 0 : 1;
}
