import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import type { PoppyBridge } from '../../shared/contract.ts';
import { addMailbox } from '../../test/e2e/wizard.ts';
import { startDovecot } from '../../test/servers/dovecot.ts';
import { maildropA } from '../../test/servers/maildrops.ts';

/*
 * npm run bench -- shell [--count N]
 *
 * How late the main thread of the real program is, with its window on a screen in memory, while maildrop A is fetched
 * and while it is indexed; and how much of that it was at work itself.
 */
const { values } = parseArgs({ options: { count: { type: 'string', default: '10000' } } });
const count = Number(values.count);
/** Between two ticks of the clocks; a tick is late by what it comes after that. */
const tickMs = 5;

type Clock = {
  enable(): void;
  disable(): void;
  reset(): void;
  percentile(share: number): number;
  max: number;
};
type Late = {
  readonly 'p50 ms': number;
  readonly 'p99 ms': number;
  readonly 'max ms': number;
  /** The most processor time the thread itself took between two ticks; the rest of a lateness it waited for a processor. */
  readonly 'own max ms': number;
};
type Own = { mostMs: number };

async function startClock(app: ElectronApplication): Promise<void> {
  await app.evaluate((_electron, resolution) => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const clock = monitorEventLoopDelay({ resolution });
    clock.enable();
    const fs = process.getBuiltinModule('node:fs');
    const own = { mostMs: 0 };
    Object.assign(globalThis, { clock, own });
    // Linux alone tells of one thread: nanoseconds on a processor come first.
    const path = `/proc/self/task/${process.pid}/schedstat`;
    if (!fs.existsSync(path)) return;
    const takenMs = () => Number.parseInt(fs.readFileSync(path, 'latin1'), 10) / 1e6;
    let before = takenMs();
    setInterval(() => {
      const now = takenMs();
      own.mostMs = Math.max(own.mostMs, now - before);
      before = now;
    }, resolution);
  }, tickMs);
}

/** Lateness since the last call, with the tick itself taken off. */
async function lateness(app: ElectronApplication): Promise<Late> {
  const [p50, p99, max, own] = await app.evaluate(() => {
    const measured = globalThis as unknown as { clock: Clock; own: Own };
    const { clock } = measured;
    const read = [clock.percentile(50), clock.percentile(99), clock.max, measured.own.mostMs] as const;
    clock.reset();
    measured.own.mostMs = 0;
    return read;
  });
  const late = (nanoseconds: number) => Math.max(0, Number((nanoseconds / 1e6 - tickMs).toFixed(1)));
  return {
    'p50 ms': late(p50),
    'p99 ms': late(p99),
    'max ms': late(max),
    'own max ms': Number(own.toFixed(1)),
  };
}

async function coverage(window: Page): Promise<{ found: number; total: number }> {
  return window.evaluate(() =>
    (globalThis as unknown as { poppy: PoppyBridge }).poppy.request('search/coverage', {}),
  );
}

async function measure(app: ElectronApplication, port: number): Promise<void> {
  const window = await app.firstWindow();
  window.setDefaultTimeout(60_000);
  await window.waitForLoadState();
  await startClock(app);
  await pause(3000);
  const rows = [{ while: 'nothing happens', ...(await lateness(app)) }];
  const start = performance.now();
  await addMailbox(window, {
    host: '127.0.0.1',
    port,
    security: 'none',
    user: 'anna',
    password: 'secret',
  });
  while ((await coverage(window)).total < count) await pause(100);
  rows.push({ while: 'the mailbox is added and fetched', ...(await lateness(app)) });
  const fetched = performance.now() - start;
  while ((await coverage(window)).found < count) await pause(200);
  const indexed = performance.now() - start;
  rows.push({ while: 'it is indexed', ...(await lateness(app)) });
  console.table(rows);
  console.log(
    `stored ${(fetched / 1000).toFixed(1)} s after the wizard began, all indexed after ${(indexed / 1000).toFixed(1)} s`,
  );
}

const userData = mkdtempSync(join(tmpdir(), 'poppy-bench-shell-'));
const server = await startDovecot({
  users: [{ name: 'anna', password: 'secret', messages: maildropA(count) }],
});
try {
  await server.readMaildrop();
  const app = await _electron.launch({
    executablePath: process.env.POPPY_ELECTRON ?? '',
    chromiumSandbox: process.env.POPPY_SANDBOX === 'on',
    args: [`--user-data-dir=${userData}`, resolve('.')],
    env: process.env as Record<string, string>,
  });
  try {
    await measure(app, server.plainPort);
  } finally {
    await app.close();
  }
} finally {
  await server.stop();
  rmSync(userData, { recursive: true, force: true });
}
