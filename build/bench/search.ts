import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore, type Store } from '../../electron/store/store.ts';
import type { AccountId, MessageId } from '../../shared/ids.ts';
import { queries, random, searchedMessage, typedQueries } from './search-workload.ts';

/*
 * npm run bench -- search [--messages N] [--rounds N] [--folder DIR] [--each]
 *
 * How long the store takes to answer a search: the first page with the numbers of the whole. A mark changes before
 * each query, so that nothing kept from the one before is of use, but not between the letters of a query that is
 * typed. --folder keeps the mail there for the next run; --each prints every query.
 */
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
    folder: { type: 'string' },
    each: { type: 'boolean', default: false },
  },
});
const messages = Number(values.messages);
const rounds = Number(values.rounds);
const accounts = ['a11a000000000001', 'a22a000000000002'] as AccountId[];

async function append(store: Store, accountId: AccountId, from: number, to: number): Promise<void> {
  await using writer = store.writer(accountId);
  for (let number = from; number < to; number++) {
    const bytes = Buffer.alloc(
      random() < 0.001 ? 1_100_000 : 300 + Math.floor(random() * 3000),
      `${number} `,
    );
    writer.begin({ uidl: `${number}`, occurrence: 1, announcedSizeBytes: bytes.length });
    const wait = writer.chunk(bytes);
    if (wait !== undefined) await wait;
    const ended = writer.end({ doubtful: false });
    if (ended !== undefined) await ended;
    else if (number % 13 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

async function fill(store: Store): Promise<void> {
  await append(store, accounts[0] as AccountId, 0, messages / 2);
  await append(store, accounts[1] as AccountId, messages / 2, messages);
  const start = performance.now();
  let number = 0;
  for (let ids = store.parsed.unparsed(64); ids.length > 0; ids = store.parsed.unparsed(64))
    await store.parsed.setMany(ids.map((id) => ({ id, parsed: searchedMessage(number++) })));
  const written = performance.now();
  while ((await store.words.merge()).value);
  console.log(
    `indexed ${Math.round(messages / ((written - start) / 1000))} messages a second; words put together in ${Math.round(performance.now() - written)} ms`,
  );
  const some = (share: number) =>
    Array.from({ length: messages }, (_, index) => (index + 1) as MessageId).filter(() => random() < share);
  await store.marks.setRead({ kind: 'ids', ids: some(0.8) }, true);
  await store.marks.setStarred({ kind: 'ids', ids: some(0.02) }, true);
  await store.marks.moveTo({ kind: 'ids', ids: some(0.25) }, 'archive');
  await store.marks.moveTo({ kind: 'ids', ids: some(0.03) }, 'trash');
  await store.marks.setTags({ kind: 'ids', ids: some(0.03) }, { add: ['work'] });
}

type Timing = { readonly kind: string; readonly query: string; readonly times: number[]; total: number };

function timed(store: Store, timing: Timing): void {
  const start = performance.now();
  const page = store.lists.search(timing.query, { limit: 60 });
  timing.times.push(performance.now() - start);
  timing.total = page.total;
}

async function touch(store: Store): Promise<void> {
  const id = Math.ceil(random() * messages) as MessageId;
  await store.marks.setRead({ kind: 'ids', ids: [id] }, random() < 0.5);
}

async function measure(store: Store): Promise<Timing[]> {
  const apart = Object.entries(queries).flatMap(([kind, list]) =>
    list.map((query): Timing => ({ kind, query, times: [], total: 0 })),
  );
  const typed = typedQueries.map((query) =>
    Array.from(
      { length: query.length },
      (_, index): Timing => ({
        kind: 'typed letter by letter',
        query: query.slice(0, index + 1),
        times: [],
        total: 0,
      }),
    ),
  );
  for (let round = 0; round < rounds; round++) {
    for (const timing of apart) {
      await touch(store);
      timed(store, timing);
    }
    for (const letters of typed) {
      await touch(store);
      for (const timing of letters) timed(store, timing);
    }
  }
  return [...apart, ...typed.flat()];
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
}

function row(name: string, timings: readonly Timing[]) {
  const times = timings.flatMap((timing) => timing.times);
  return {
    query: name,
    hits:
      timings.length === 1
        ? timings[0]?.total
        : timings
            .map(({ total }) => total)
            .join(' ')
            .slice(0, 40),
    queries: timings.length,
    'p50 ms': percentile(times, 0.5),
    'p95 ms': percentile(times, 0.95),
    'max ms': percentile(times, 1),
  };
}

const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'poppy-bench-search-'));
try {
  const opened = await openStore({ folder });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  const store = opened.value;
  if (store.accountIds().length === 0) await fill(store);
  const timings = await measure(store);
  const kinds = [...new Set(timings.map(({ kind }) => kind))];
  console.table(
    values.each
      ? timings.map((timing) => row(timing.query, [timing]))
      : kinds.map((kind) =>
          row(
            kind,
            timings.filter((timing) => timing.kind === kind),
          ),
        ),
  );
  console.table([
    row('all', timings),
    row(
      'but the first round',
      timings.map((timing) => ({ ...timing, times: timing.times.slice(1) })),
    ),
  ]);
  await store.close();
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
}
