import { describe, expect, test } from 'vitest';
import { Pop3SessionError } from '../../electron/pop3/replies/failure.ts';
import { openPop3Session } from '../../electron/pop3/session.ts';
import { CollectingSink } from '../servers/collecting-sink.ts';
import { type Fault, FaultyServer } from '../servers/faulty.ts';
import { guardAgainstLeaks } from '../servers/leaks.ts';

guardAgainstLeaks();

/** Small numbers that look random and are the same each time. */
function* numbers(seed: number): Generator<number> {
  let state = seed;
  while (true) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state;
  }
}

const random = numbers(20);
const next = (below: number): number => (random.next().value ?? 0) % below;

/** Twenty messages full of what framing stumbles over. */
const pieces = ['.', '\r\n', '\r\n.\r\n', '..', 'word ', '\n', '\r', '+OK 3 octets\r\n', 'x'.repeat(70)];
const messages = Array.from({ length: 20 }, (_, index) => {
  const body = Array.from({ length: 6 + next(12) }, () => pieces[next(pieces.length)]).join('');
  return Buffer.from(`Subject: ${index + 1}\r\n\r\n${body}\r\n`, 'latin1');
});

/** Where nothing more is said, each wait must be short. */
const impatient = {
  connectMs: 150,
  silenceMs: 100,
  capabilitiesMs: 60,
  replyMs: 60,
  firstByteMs: 60,
  idleMs: 60,
  tailMs: 30,
};

/** Fetches everything, deletes what has come in for sure, and says what was seen. */
async function fetchAndDelete(port: number, sink: CollectingSink, fault: Fault): Promise<string> {
  try {
    const session = await openPop3Session({
      host: '127.0.0.1',
      port,
      security: 'none',
      plaintextConsent: true,
      user: 'ann',
      credential: { kind: 'password', password: 'secret' },
      mechanism: 'auto',
      ...(fault === 'silence' ? { timeouts: impatient } : {}),
    });
    try {
      await session.retrieve(await session.listing(), sink);
      const sure = sink.events
        .filter((event) => event.startsWith('end '))
        .map((event) => Number(event.slice(4)));
      await session.delete(sure);
      return (await session.quit()).outcome;
    } finally {
      session.close();
    }
  } catch (error) {
    if (error instanceof Pop3SessionError) return 'broken';
    throw error;
  }
}

/** What must hold wherever the line broke: what ended is whole, and nothing is gone that did not end. */
function wrongs(sink: CollectingSink, server: FaultyServer, outcome: string): string[] {
  const found: string[] = [];
  const ended = new Set(
    sink.events.filter((event) => event.startsWith('end ')).map((event) => Number(event.slice(4))),
  );
  for (const number of ended)
    if (sink.messages.get(number)?.equals(messages[number - 1] ?? Buffer.alloc(0)) !== true)
      found.push(`message ${number} is not whole`);
  for (const number of server.deleted)
    if (!ended.has(number)) found.push(`message ${number} was deleted too early`);
  if (outcome === 'applied' && server.deleted.length !== messages.length)
    found.push('applied, but not all is gone');
  return found;
}

async function wholeLength(isPipelined: boolean): Promise<number> {
  await using server = new FaultyServer({
    messages,
    isPipelined,
    cutAt: Infinity,
    fault: 'close',
    pieceBytes: 1e6,
  });
  const outcome = await fetchAndDelete(await server.listen(), new CollectingSink(), 'close');
  expect([outcome, server.deleted.length]).toEqual(['applied', 20]);
  return server.sentBytes;
}

describe('a session of twenty messages over a line that breaks', () => {
  const faults: readonly (readonly [Fault, number])[] = [
    ['close', 200],
    ['reset', 150],
    ['half-close', 120],
    // Each of these costs its timeout.
    ['silence', 30],
  ];
  for (const [fault, count] of faults)
    test(`${fault}, at ${count} places: what has ended is whole, and nothing else is deleted`, async () => {
      const lengths = { true: await wholeLength(true), false: await wholeLength(false) };
      const found: string[] = [];
      for (let round = 0; round < count; round++) {
        const isPipelined = round % 2 === 0;
        const cutAt = next(lengths[isPipelined ? 'true' : 'false']) + 1;
        const options = { messages, isPipelined, cutAt, fault, pieceBytes: [1e6, 1400, 7][round % 3] ?? 1 };
        await using server = new FaultyServer(options);
        const sink = new CollectingSink();
        const outcome = await fetchAndDelete(await server.listen(), sink, fault);
        found.push(...wrongs(sink, server, outcome).map((wrong) => `cut at ${cutAt}: ${wrong}`));
      }
      expect(found).toEqual([]);
    }, 60_000);
});
