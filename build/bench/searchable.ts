import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { EngineClient } from '../../electron/shell/engine-client.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { Place } from '../../shared/places.ts';
import { type DovecotServer, startDovecot } from '../../test/servers/dovecot.ts';
import { maildropA } from '../../test/servers/maildrops.ts';

/*
 * npm run bench -- searchable [--count N] [--alone N]
 *
 * Maildrop A from a private Dovecot through the engine worker of the program, twice: by itself, until all of it is
 * stored and found; then while messages arrive for a second account and somebody leafs through the list. That says how
 * long after its arrival in the list a message is found, and how long the engine lets a list wait. Processor time of
 * all threads tells a busy machine from a slow program.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    alone: { type: 'string', default: '20' },
  },
});
const count = Number(values.count);
/** Between two looks at the list and the search; what a figure can be too long by. */
const lookEveryMs = 8;
/** Between two messages that arrive beside a fetch, and between two pages of the list. */
const arriveEveryMs = 400;
const listEveryMs = 50;

/** An engine in a new folder, with what is asked of it here. */
class Engine {
  readonly #folder = mkdtempSync(join(tmpdir(), 'poppy-bench-searchable-'));
  readonly #client: EngineClient;
  readonly #checking = new Set<AccountId>();

  constructor() {
    const built = resolve('build', 'out', 'electron');
    const start = {
      folder: this.#folder,
      parseWorkerPath: join(built, 'parse-worker.js'),
      extraAuthorities: [],
    };
    this.#client = new EngineClient(join(built, 'engine-worker.js'), start, (error) => {
      throw error;
    });
    this.#client.on('check/ended', ({ accountId, failure }) => {
      this.#checking.delete(accountId);
      if (failure !== null) throw new Error(JSON.stringify(failure));
    });
  }

  async started(): Promise<void> {
    const unable = await this.#client.started;
    if (unable !== null) throw new Error(JSON.stringify(unable));
  }

  /** Adds an account, which begins its first check. */
  async add({ host, plainPort: port }: DovecotServer, user: string): Promise<AccountId> {
    const added = await this.#client.call('account/add', {
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
    this.#checking.add(added.value.accountId);
    return added.value.accountId;
  }

  async check(accountId: AccountId): Promise<void> {
    this.#checking.add(accountId);
    await this.#client.call('check/start', { accountId });
  }

  async checked(accountId: AccountId): Promise<void> {
    while (this.#checking.has(accountId)) await pause(lookEveryMs);
  }

  list(place: Place, limit: number) {
    const sort = { by: 'date', descending: true } as const;
    return this.#client.call('mailbox/list', {
      place,
      filter: {},
      sort,
      groupsByConversation: false,
      offset: 0,
      limit,
    });
  }

  coverage() {
    return this.#client.call('search/coverage', {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close(10_000);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const times = new Map<string, number[]>();
function note(name: string, ms: number): void {
  const known = times.get(name) ?? [];
  times.set(name, known);
  known.push(ms);
}

const inboxOf = (accountId: AccountId | null): Place => ({ kind: 'folder', folder: 'inbox', accountId });

let delivered = 0;
/** Delivers a message, has it fetched, and notes how long after its arrival in the list it is found. */
async function arrive(engine: Engine, server: DovecotServer, ben: AccountId, name: () => string) {
  delivered += 1;
  const word = `needle${delivered.toString(36)}x`;
  const date = new Date().toUTCString().replace('GMT', '+0000');
  server.addMessage(
    `From: Carl <carl@example.net>\r\nTo: ben@example.org\r\nSubject: News ${delivered}\r\nDate: ${date}\r\n\r\nThe word is ${word}.\r\n`,
    'ben',
  );
  await engine.check(ben);
  while ((await engine.list(inboxOf(ben), 1)).total < delivered) await pause(lookEveryMs);
  const start = performance.now();
  while ((await engine.list({ kind: 'search', query: `${word} ` }, 1)).total === 0) await pause(lookEveryMs);
  note(name(), performance.now() - start);
  await engine.checked(ben);
}

/** Asks for the page a window would show, again and again, until there is nothing left to do. */
async function leaf(engine: Engine, name: () => string, isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    const start = performance.now();
    await engine.list(inboxOf(null), 60);
    note(name(), performance.now() - start);
    await pause(listEveryMs);
  }
}

async function untilCovered(engine: Engine, total: number): Promise<void> {
  for (;;) {
    const coverage = await engine.coverage();
    if (coverage.total >= total && coverage.found === coverage.total) return;
    await pause(100);
  }
}

async function measureByItself(server: DovecotServer): Promise<void> {
  await using engine = new Engine();
  await engine.started();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const anna = await engine.add(server, 'anna');
  await engine.checked(anna);
  const stored = (performance.now() - start) / 1000;
  await untilCovered(engine, count);
  const found = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const used = ((user + system) / 1e6).toFixed(1);
  console.log(
    `maildrop A (${count}) by itself: stored after ${stored.toFixed(1)} s, all of it found after ${found.toFixed(1)} s, ${used} s of processor time`,
  );
}

async function measureBeside(server: DovecotServer): Promise<void> {
  await using engine = new Engine();
  await engine.started();
  const ben = await engine.add(server, 'ben');
  await engine.checked(ben);
  for (let number = 0; number < Number(values.alone); number += 1)
    await arrive(engine, server, ben, () => 'found, alone');
  const anna = await engine.add(server, 'anna');
  let isFetched = false;
  let isDone = false;
  const beside = () => (isFetched ? 'beside a backlog' : 'beside a fetch');
  const leafing = leaf(
    engine,
    () => `list, ${beside()}`,
    () => isDone,
  );
  const arriving = (async () => {
    while (!isDone) {
      await arrive(engine, server, ben, () =>
        isFetched ? 'found, beside a backlog' : 'found, beside a fetch',
      );
      await pause(arriveEveryMs);
    }
  })();
  await engine.checked(anna);
  isFetched = true;
  while ((await engine.coverage()).found < count) await pause(100);
  isDone = true;
  await Promise.all([leafing, arriving]);
}

function row(what: string, all: readonly number[]) {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
  return {
    what,
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
  await measureByItself(server);
  await measureBeside(server);
  console.table([...times].map(([name, all]) => row(name, all)));
} finally {
  await server.stop();
}
