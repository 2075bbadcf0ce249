import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EngineClient } from '../../electron/shell/engine-client.ts';
import { defaultPreferences } from '../../shared/preferences.ts';

/** A thread that answers the second call to come, in one go with an event before and another after. */
const thread = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ call }) => {
  if (call < 2) return;
  parentPort.postMessage({ kind: 'event', name: 'unread/changed', payload: { unread: 1 } });
  parentPort.postMessage({ kind: 'answer', call, value: 'second' });
  parentPort.postMessage({ kind: 'broken', call: 1, reference: 'abc' });
  parentPort.postMessage({ kind: 'event', name: 'unread/changed', payload: { unread: 2 } });
});
parentPort.postMessage({ kind: 'ready' });
`;

test('answers and events of the engine are handed on in its order, each while it is read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'poppy-client-'));
  try {
    const path = join(folder, 'thread.mjs');
    writeFileSync(path, thread);
    const engine = new EngineClient(
      path,
      { folder, parseWorkerPath: '', extraAuthorities: [] },
      () => undefined,
    );
    const seen: unknown[] = [];
    const ended = new Promise<void>((resolve) => {
      engine.on('unread/changed', ({ unread }) => {
        seen.push(unread);
        if (unread === 2) resolve();
      });
    });
    engine.ask('account/list', {}, (outcome) => seen.push(outcome));
    engine.ask('preferences/update', defaultPreferences, (outcome) => seen.push(outcome));
    await ended;
    expect(seen).toEqual([
      1,
      { ok: true, value: 'second' },
      { ok: false, failure: 'something went wrong in the program (reference abc)' },
      2,
    ]);
    await engine.close(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
