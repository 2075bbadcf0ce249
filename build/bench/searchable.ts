import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { EngineClient } from '../../electron/shell/engine-client.ts';
import type { AccountId } from '../../shared/model.ts';
import { type DovecotServer, startDovecot } from '../../test/servers/dovecot.ts';
import { maildropA } from '../../test/servers/maildrops.ts';

/*
 * npm run bench -- searchable [--count N] [--alone N] [--json]
 *
 * How long after its arrival in the list a message is found by a search: alone, while another account fetches maildrop
 * A, and while what was fetched is still being indexed. Beside it how long the engine thread lets a list wait
 * meanwhile, how long the whole of A takes (processor time tells a busy machine from a slow program), and how late the thread that calls (the shell's place) ever is.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    alone: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});
const count = Number(values.count);
/** Between two looks at the list and the search; what a figure can be too long by. */
const lookEveryMs = 5;
/** Between two messages that arrive beside a fetch, and between two pages of the list. */
const arriveEveryMs = 250;
const listEveryMs = 40;

const times = new Map<string, number[]>();
function note(name: string, ms: number): void {
  const known = times.get(name) ?? [];
  times.set(name, known);
  known.push(ms);
}

const folder = mkdtempSync(join(tmpdir(), 'poppy-bench-searchable-'));
const built = resolve('build', 'out', 'electron');
const engine = new EngineClient(
  join(built, 'engine-thread.js'),
  { folder, parseThreadPath: join(built, 'parse-thread.js'), extraAuthorities: [] },
  (error) => {
    throw error;
  },
);

/** Accounts with a check under way. */
const checking = new Set<AccountId>();
engine.on('check/ended', ({ accountId, failure }) => {
  checking.delete(accountId);
  if (failure !== null) throw new Error(JSON.stringify(failure));
});

async function addAccount(server: DovecotServer, user: string): Promise<AccountId> {
  const { host, plainPort: port } = server;
  const added = await engine.call('account/add', {
    choices: {
      name: user,
      address: `${user}@example.org`,
      server: { host, port, security: 'none', user, mechanism: 'auto', plaintextConsent: true },
      retention: { kind: 'keep' },
      checkEveryMinutes: 0,
      checkAtStart: false,
      partialAboveBytes: 0,
      deleteOnServerWhenDeletedHere: false,
    },
    password: 'secret',
  });
  if (!added.ok) throw new Error(JSON.stringify(added.failure));
  checking.add(added.value.accountId);
  return added.value.accountId;
}

const list = (place: Parameters<typeof engine.call<'mailbox/list'>>[1]['place'], limit: number) =>
  engine.call('mailbox/list', {
    place,
    filter: {},
    sort: { by: 'date', descending: true },
    isThreaded: false,
    offset: 0,
    limit,
  });
const inboxOf = (accountId: AccountId | null) => ({ kind: 'folder', folder: 'inbox', accountId }) as const;
const searchFor = (query: string) => ({ kind: 'search', query }) as const;

let arrived = 0;
/** Delivers a message, has it fetched, and notes how long after its arrival in the list it is found. */
async function arrive(server: DovecotServer, accountId: AccountId, name: () => string): Promise<void> {
  arrived += 1;
  const word = `needle${arrived.toString(36)}x`;
  const date = new Date().toUTCString().replace('GMT', '+0000');
  server.addMessage(
    `From: Carl <carl@example.net>\r\nTo: ben@example.org\r\nSubject: News ${arrived}\r\nDate: ${date}\r\n\r\nThe word is ${word}.\r\n`,
    'ben',
  );
  checking.add(accountId);
  await engine.call('check/start', { accountId });
  while ((await list(inboxOf(accountId), 1)).total < arrived) await pause(lookEveryMs);
  const start = performance.now();
  while ((await list(searchFor(`${word} `), 1)).total === 0) await pause(lookEveryMs);
  note(name(), performance.now() - start);
  while (checking.has(accountId)) await pause(lookEveryMs);
}

/** Asks for the page a window would show, again and again, until there is nothing left to do. */
async function browse(isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    const start = performance.now();
    await list(inboxOf(null), 60);
    note('list call meanwhile', performance.now() - start);
    await pause(listEveryMs);
  }
}

async function untilFound(total: number): Promise<void> {
  while ((await list(searchFor('to:reader@example.org '), 1)).total < total) await pause(100);
}

function row(name: string, all: readonly number[]) {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
  return {
    what: name,
    times: all.length,
    'p50 ms': at(0.5),
    'p95 ms': at(0.95),
    'p99 ms': at(0.99),
    'max ms': at(1),
  };
}

const server = await startDovecot({
  users: [
    { name: 'anna', password: 'secret', messages: maildropA(count) },
    { name: 'ben', password: 'secret' },
  ],
});
try {
  await server.readMaildrop('anna');
  const unable = await engine.started;
  if (unable !== null) throw new Error(JSON.stringify(unable));
  const ben = await addAccount(server, 'ben');
  while (checking.has(ben)) await pause(lookEveryMs);
  for (let number = 0; number < Number(values.alone); number += 1)
    await arrive(server, ben, () => 'found, alone');

  const lateness = monitorEventLoopDelay({ resolution: 2 });
  lateness.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const anna = await addAccount(server, 'anna');
  let isFetched = false;
  let isDone = false;
  const browsing = browse(() => isDone);
  const arriving = (async () => {
    while (!isDone) {
      await arrive(server, ben, () => (isFetched ? 'found, beside a backlog' : 'found, beside a fetch'));
      await pause(arriveEveryMs);
    }
  })();
  while (checking.has(anna)) await pause(lookEveryMs);
  const fetchedMs = performance.now() - start;
  isFetched = true;
  await untilFound(count);
  const indexedMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  isDone = true;
  await Promise.all([browsing, arriving]);
  lateness.disable();
  const table = [...times].map(([name, all]) => row(name, all));
  const late = {
    'p50 ms': lateness.percentile(50) / 1e6,
    'p99 ms': lateness.percentile(99) / 1e6,
    'max ms': lateness.max / 1e6,
  };
  const seconds = {
    fetched: fetchedMs / 1000,
    searchable: indexedMs / 1000,
    processor: (user + system) / 1e6,
  };
  if (values.json) console.log(JSON.stringify({ count, seconds, late, table }));
  else {
    console.table(table);
    console.log(
      `maildrop A (${count}): stored after ${seconds.fetched.toFixed(1)} s, all of it found after ${seconds.searchable.toFixed(1)} s, with ${seconds.processor.toFixed(1)} s of processor time for all threads`,
    );
    console.log(`lateness of the calling thread (2 ms of it are the timer's): ${JSON.stringify(late)}`);
  }
} finally {
  await engine.close(10_000);
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
