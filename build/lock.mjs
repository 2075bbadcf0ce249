// One launcher at a time where two would get in each other's way.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { say } from './progress.mjs';

/** Runs `work` while no other launcher of this user holds the lock for the same `subject` (a path). */
export async function alone(subject, work) {
  const name = createHash('sha256').update(`${subject}\0${userInfo().uid}`).digest('hex').slice(0, 16);
  const file = join(tmpdir(), `poppy-${name}.lock`);
  let isToldToWait = false;
  while (!take(file)) {
    if (!isToldToWait) say(`waiting for another launcher that works on ${subject} (lock: ${file})`);
    isToldToWait = true;
    await delay(200);
  }
  const free = () => rmSync(file, { force: true });
  process.once('exit', free);
  try {
    return await work();
  } finally {
    process.off('exit', free);
    free();
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isHeld(file)) rmSync(file, { force: true });
    return false;
  }
}

/** A lock whose owner has died does not count. */
function isHeld(file) {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    // The file is empty for an instant between being made and being written.
    if (owner === 0) return true;
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
