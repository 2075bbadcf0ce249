// How long the store takes, without a network: node build/bench/run-bench.mjs store [MESSAGES] [--parsed] [--keep DIR]
// Prints one JSON line a measurement: milliseconds on the wall and of processor time; several runs give medians.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessageFindings } from '../../electron/store/intake/parsed-messages.ts';
import { openStore, type Store } from '../../electron/store/store.ts';
import type { AccountId, MessageId } from '../../shared/ids.ts';

const [count = '10000', ...options] = process.argv.slice(2);
const messages = Number(count);
const account = 'a11a000000000001' as AccountId;
const inbox = { kind: 'folder', folder: 'inbox', accountId: null } as const;
const bytesEach = messages > 50_000 ? 2000 : 5000;

let seed = 42;
function random(): number {
  seed = (seed + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

const syllables = 'ka mo re ti sol ban dor фи ра сто ли пен вод ный ing ed бу мага письмо er'.split(' ');
const vocabulary = Array.from({ length: 20_000 }, () =>
  Array.from(
    { length: 1 + Math.floor(random() * 4) },
    () => syllables[Math.floor(random() * syllables.length)],
  ).join(''),
);
/** A few words are in nearly every message, most in few, as in real mail. */
const word = () => vocabulary[Math.floor(random() ** 3 * vocabulary.length)] ?? '';
const words = (many: number) => Array.from({ length: many }, word).join(' ');

function letter(index: number): Buffer {
  const head = `From: ${word()} ${word()} <${index % 500}@example.org>\r\nSubject: ${words(3)}\r\nMessage-ID: <${index}@example.org>\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(head),
    Buffer.alloc(bytesEach, `letter ${index} has a line like this one\r\n`),
  ]);
}

async function measure(name: string, work: () => unknown): Promise<void> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    JSON.stringify({
      name,
      messages,
      wallMs: Math.round(wallMs * 10) / 10,
      cpuMs: Math.round((user + system) / 1000),
    }),
  );
}

/** What the disk costs by itself: the same bytes appended to one file, synced each 500 messages. */
function appendOnly(folder: string, letters: readonly Buffer[]): void {
  const file = openSync(join(folder, 'plain'), 'w');
  for (let at = 0; at < letters.length; at += 500) {
    writeSync(file, Buffer.concat(letters.slice(at, at + 500)));
    fdatasyncSync(file);
  }
  closeSync(file);
}

async function append(store: Store, letters: readonly Buffer[]): Promise<void> {
  await using writer = store.writer(account);
  for (const [index, bytes] of letters.entries()) {
    writer.begin({
      uidl: `0000${index.toString(16).padStart(16, '0')}`,
      occurrence: 1,
      announcedSizeBytes: bytes.length,
    });
    const wait = writer.chunk(bytes);
    if (wait !== undefined) await wait;
    const ended = writer.end({ doubtful: false });
    if (ended !== undefined) await ended;
    // A socket gives way to the event loop after each of its chunks of 64 KB.
    else if (index % 13 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

function parsed(id: number): MessageFindings {
  return {
    subject: words(3),
    from: { name: `${word()} ${word()}`, address: `${id % 500}@example.org` },
    to: [{ name: '', address: 'me@example.org' }],
    cc: [],
    sentAt: 1.7e12 - Math.floor(random() * 3e10),
    messageId: `${id}@example.org`,
    inReplyTo: [],
    references: random() < 0.3 ? [`${Math.max(1, id - Math.floor(random() * 50))}@example.org`] : [],
    preview: words(12),
    text: words(bytesEach / 14),
    attachments: [],
    warnings: [],
  };
}

async function measureReading(store: Store): Promise<void> {
  const touch = () =>
    store.marks.setRead({ kind: 'ids', ids: [Math.ceil(random() * messages) as MessageId] }, random() < 0.5);
  for (const by of ['date', 'from', 'subject', 'size', 'account'] as const)
    for (const offset of [0, Math.floor(messages / 2)]) {
      await touch();
      await measure(`list by ${by} at ${offset}`, () =>
        store.lists.page({ place: inbox, sort: { by, descending: true }, offset, limit: 60 }),
      );
    }
  await measure('list unread', () =>
    store.lists.page({ place: inbox, filter: { unread: true }, offset: 0, limit: 60 }),
  );
  await measure('list threads', () =>
    store.lists.page({ place: inbox, groupsByConversation: true, offset: 0, limit: 60 }),
  );
  await measure('counts of all places', () => store.lists.counts());
  for (const query of [
    vocabulary[0],
    vocabulary[50],
    vocabulary[2000],
    'пись',
    'бумагами',
    `${vocabulary[1]} ${vocabulary[60]}`,
    `from:${vocabulary[9]}`,
  ]) {
    await touch();
    await measure(`search ${query}`, () => store.lists.search(query ?? ''));
  }
}

async function measureChanges(store: Store): Promise<void> {
  const all = { kind: 'place', place: inbox, filter: {}, except: [] } as const;
  let token = '';
  await measure('mark all read', async () => {
    token = (await store.marks.setRead(all, true)).value.undoToken;
  });
  await measure('undo', () => store.marks.undo(token));
  await measure('archive all', async () => {
    token = (await store.marks.moveTo(all, 'archive')).value.undoToken;
  });
  await measure('undo', () => store.marks.undo(token));
  const listing = Array.from({ length: messages }, (_, index) => ({
    uidl: `0000${index.toString(16).padStart(16, '0')}`,
    sizeBytes: bytesEach,
    occurrence: 1,
  }));
  await measure('compare a listing with nothing new', () => store.ledger(account).reconcile(listing));
  await measure('back up the marks', () => store.upkeep.backUp());
}

const folder = mkdtempSync(join(tmpdir(), 'poppy-bench-store-'));
try {
  const letters = Array.from({ length: messages }, (_, index) => letter(index));
  await measure('plain append and sync', () => appendOnly(folder, letters));
  const summarise = (bytes: Uint8Array) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 500)).toString('utf8');
    const name = /^From: (.*?) </m.exec(text)?.[1] ?? '';
    return {
      subject: /^Subject: (.*)$/m.exec(text)?.[1] ?? '',
      from: { name, address: '' },
      sentAt: 1.7e12 - Math.floor(random() * 3e10),
    };
  };
  const opened = await openStore({ folder: join(folder, 'store'), summarise });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  const store = opened.value;
  await measure('append, durable and in the index', () => append(store, letters));
  letters.length = 0;
  if (options.includes('--parsed')) {
    await measure('previews, threads and words', async () => {
      for (let ids = store.parsed.unparsed(200); ids.length > 0; ids = store.parsed.unparsed(200))
        await store.parsed.setMany(ids.map((id) => ({ id, parsed: parsed(id) })));
    });
    await measureReading(store);
  }
  await measureChanges(store);
  await measure('close', () => store.close());
  await measure('open', async () => {
    const again = await openStore({ folder: join(folder, 'store') });
    if (again.ok) await again.value.close();
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
