import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { summariseHeaders } from '../../electron/message/headers/header-summary.ts';
import { openStore } from '../../electron/store/store.ts';
import type { PoppyBridge } from '../../shared/contract.ts';
import { shoot } from '../support/shots.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';

declare const poppy: PoppyBridge;

const folder = mkdtempSync(join(tmpdir(), 'poppy-cannot-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The title of what is told, and the code that the program ends with once its window is closed. */
async function told(poppyWindow: PoppyWindow, name: string): Promise<readonly [string, number]> {
  const { app, window } = poppyWindow;
  const title = await window.getByRole('heading').textContent();
  await shoot(window, name);
  const ended = once(app.process(), 'exit');
  // The window may be gone before the tool that clicked has heard how it went.
  await window
    .getByRole('link', { name: 'Quit Poppy' })
    .click()
    .catch((error: Error) => {
      if (!error.message.includes('has been closed')) throw error;
    });
  const [code] = await ended;
  return [title ?? '', code];
}

test('says so when its folder cannot be made', async () => {
  writeFileSync(join(folder, 'file'), '');
  await using started = await openPoppy({ userData: join(folder, 'file', 'data') });
  expect(await told(started, 'cannot-start-folder')).toEqual(['Poppy cannot open its mail folder', 1]);
});

test('says so when another program has the mail folder open', async () => {
  const userData = join(folder, 'busy');
  mkdirSync(userData);
  const store = await openStore({ folder: userData, summarise: summariseHeaders });
  if (!store.ok) throw new Error(store.failure.kind);
  try {
    await using started = await openPoppy({ userData });
    await started.window.getByText('Poppy is already running with this mail folder.').waitFor();
    expect(await told(started, 'cannot-start-busy')).toEqual(['Poppy cannot open its mail folder', 1]);
  } finally {
    await store.value.close();
  }
});

test('says so when the engine cannot begin', async () => {
  const userData = join(folder, 'odd');
  mkdirSync(join(userData, 'settings.json'), { recursive: true });
  await using started = await openPoppy({ userData });
  expect(await told(started, 'cannot-start-engine')).toEqual(['Poppy cannot open its mail folder', 1]);
});

test('says so when the engine ends, and leaves no process behind', async () => {
  await using started = await openPoppy({ userData: join(folder, 'ended') });
  const { app, window } = started;
  await window.getByRole('button', { name: 'Add your mailbox' }).waitFor();
  // The thread is ended from inside the program, as running out of memory does.
  await app.evaluate(() => {
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    Worker.prototype.postMessage = function end() {
      void this.terminate();
    };
  });
  const opened = app.waitForEvent('window');
  await window.evaluate(() => void poppy.request('app/state', {}).catch(() => null));
  const trouble = await opened;
  await trouble.waitForLoadState();
  expect(await told({ ...started, window: trouble }, 'engine-ended')).toEqual(['Poppy had to stop', 1]);
});

test('says what it is waiting for when the start takes long, and goes on', async () => {
  const userData = join(folder, 'slow');
  mkdirSync(userData);
  const settings = join(userData, 'settings.json');
  // A pipe that nobody writes to yet: its reader waits.
  execFileSync('mkfifo', [settings]);
  await using started = await openPoppy({ userData, mayWait: true });
  const waiting = started.window;
  await waiting.getByText('This takes longer than usual').waitFor();
  await shoot(waiting, 'waiting');
  const gone = waiting.waitForEvent('close');
  const opening = started.app.waitForEvent('window');
  await writeFile(settings, '{"version":1,"accounts":[],"preferences":{}}');
  await (await opening).getByRole('button', { name: 'Add your mailbox' }).waitFor();
  await gone;
  expect(started.app.windows()).toHaveLength(1);
});
