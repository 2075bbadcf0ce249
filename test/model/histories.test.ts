import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkMail } from '../../electron/mailbox/checking/check-mail.ts';
import { MaildropLocks } from '../../electron/mailbox/maildrop/maildrop-locks.ts';
import type { MaildropTools } from '../../electron/mailbox/maildrop/maildrop-session.ts';
import { SignInTimes } from '../../electron/mailbox/maildrop/sign-in-times.ts';
import { summariseHeaders } from '../../electron/message/headers/header-summary.ts';
import { openStore, type Store } from '../../electron/store/store.ts';
import type { Account } from '../../shared/account.ts';
import type { AccountId } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import { type Habits, type LetterFault, MemoryServer, type QuitFault } from './memory-server.ts';

/*
 * Random servers against the real check and the real store. A history is plain data: habits, letters and events. What
 * must hold after each event is checked at once, so that a failing history ends at the event that broke it.
 */

type Arrival = { readonly lines: number; readonly lacksEnd: boolean; readonly twin: boolean };

type Event =
  | { readonly kind: 'check'; readonly deletes: boolean }
  | { readonly kind: 'arrives'; readonly lines: number; readonly lacksEnd: boolean; readonly twin: boolean }
  | { readonly kind: 'removed elsewhere'; readonly at: number }
  | { readonly kind: 'ids anew' }
  | { readonly kind: 'made anew' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'restarted' }
  | {
      readonly kind: 'fault';
      readonly at: number;
      readonly fault: LetterFault['kind'];
      readonly times: number;
    }
  | { readonly kind: 'line cut'; readonly afterCommands: number }
  | { readonly kind: 'quit fault'; readonly fault: QuitFault };

const habits: fc.Arbitrary<Habits> = fc.record({
  ids: fc.constantFrom('lasting', 'lasting', 'lasting', 'numbers', 'shared', 'none'),
  sizes: fc.constantFrom('exact', 'exact', 'exact', 'bare-lines', 'constant', 'drifting'),
  newestFirst: fc.boolean(),
  knowsTop: fc.boolean(),
  announcesPipelining: fc.boolean(),
  keepsDeleted: fc.constantFrom(false, false, false, true),
  writesInto: fc.constantFrom(null, null, 'status', 'ids'),
});

const at = fc.nat(9);
const arrives = fc.record({
  kind: fc.constant('arrives' as const),
  lines: fc.nat(30),
  lacksEnd: fc.boolean(),
  twin: fc.boolean(),
});
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('check' as const), deletes: fc.boolean() }) },
  { weight: 4, arbitrary: arrives },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('removed elsewhere' as const), at }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Event>(
      { kind: 'ids anew' },
      { kind: 'made anew' },
      { kind: 'moved' },
      { kind: 'restarted' },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      at,
      fault: fc.constantFrom('cut', 'half', 'headers-only', 'nothing', 'notice', 'refused'),
      times: fc.constantFrom(1, 1, 2, 1000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('line cut' as const), afterCommands: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('quit fault' as const),
      fault: fc.constantFrom<QuitFault>('cut-before', 'cut-after', 'refused'),
    }),
  },
);

const history = fc.record({
  habits,
  first: fc.array(arrives, { minLength: 1, maxLength: 5 }),
  events: fc.array(event, { minLength: 2, maxLength: 14 }),
});

const id = '00000000000000aa' as AccountId;

const account = (deletes: boolean): Account => ({
  id,
  name: 'ann',
  address: 'ann@example.org',
  server: {
    host: 'pop.example.org',
    port: 110,
    security: 'none',
    user: 'ann',
    mechanism: 'auto',
    plaintextConsent: true,
  },
  retention: { kind: deletes ? 'remove-when-stored' : 'keep' },
  checkEveryMinutes: 0,
  checkAtStart: false,
  partialAboveBytes: 0,
  deleteOnServerWhenDeletedHere: false,
  isSample: false,
});

/** Lines that servers write into their own letters, and the trace line of a move. */
const ownLines = /^(?:Status|X-UIDL|X-Moved): [^\r\n]*\r\n/gm;
const essence = (bytes: Uint8Array) => {
  const text = Buffer.from(bytes).toString('latin1').replace(ownLines, '');
  return text.endsWith('\r\n') ? text : `${text}\r\n`;
};

type World = {
  readonly server: MemoryServer;
  readonly folder: string;
  store: Store;
  tools: MaildropTools;
  clock: number;
  count: number;
  lastText: string;
};

async function open(world: Pick<World, 'folder' | 'server'> & { clock: number }): Promise<World> {
  const opened = await openStore({
    folder: world.folder,
    summarise: summariseHeaders,
    clock: () => world.clock,
  });
  if (!opened.ok) throw new Error(opened.failure.kind);
  const store = opened.value;
  const tools: MaildropTools = {
    store,
    vault: { get: async () => ok('secret') },
    locks: new MaildropLocks(),
    signIns: new SignInTimes({ store, now: () => world.clock }),
    extraAuthorities: [],
    dial: async () => world.server.connect() as Socket,
    now: () => world.clock,
  };
  const whole: World = Object.assign(world, { store, tools, count: 0, lastText: '' });
  return whole;
}

function arrive(
  world: World,
  { lines, lacksEnd, twin }: { lines: number; lacksEnd: boolean; twin: boolean },
) {
  world.count += 1;
  const text = `From: bob@example.org\r\nSubject: letter ${world.count}\r\nMessage-ID: <${world.count}@example.org>\r\n\r\n${'line of text\r\n'.repeat(lines)}end${lacksEnd ? '' : '\r\n'}`;
  const sent = twin && world.lastText !== '' ? world.lastText : text;
  world.lastText = sent;
  world.server.add(Buffer.from(sent));
}

async function check(world: World, deletes: boolean): Promise<void> {
  world.clock += 10 * 60_000;
  const record = await checkMail(world.tools, account(deletes), {
    signal: new AbortController().signal,
    rules: [],
    onProgress: () => undefined,
  });
  if (record.failure?.kind === 'internal') throw new Error('a mistake of ours');
}

async function happen(world: World, event: Event): Promise<void> {
  const { server } = world;
  const letter = 'at' in event ? server.letters[event.at % Math.max(1, server.letters.length)] : undefined;
  switch (event.kind) {
    case 'check':
      return check(world, event.deletes);
    case 'arrives':
      return arrive(world, event);
    case 'removed elsewhere':
      if (letter !== undefined) server.removeElsewhere(letter);
      return;
    case 'ids anew':
      return server.beginIdsAnew();
    case 'made anew':
      return server.makeAnew();
    case 'moved':
      return server.move('X-Moved: here');
    case 'restarted': {
      await world.store.close();
      const { count, lastText } = world;
      await open(world);
      Object.assign(world, { count, lastText });
      return;
    }
    case 'fault':
      if (letter !== undefined)
        server.faults.push({ serial: letter.serial, kind: event.fault, left: event.times });
      return;
    case 'line cut':
      server.cutAfterCommands = event.afterCommands;
      return;
    case 'quit fault':
      server.quitFault = event.fault;
      return;
  }
}

/** What is stored here, without the lines that servers write themselves. */
async function here(world: World): Promise<string[]> {
  const ids = world.store.lists.ids({ place: { kind: 'folder', folder: 'inbox', accountId: null } });
  const read = await Promise.all(ids.map((message) => world.store.messages.read(message)));
  return read.map((result) => {
    if (!result.ok) throw new Error(result.failure.kind);
    return essence(result.value);
  });
}

/** What broke the promises so far, in words. */
async function broken(world: World): Promise<string[]> {
  const stored = await here(world);
  const gone = world.server.deleted.map(({ bytes }) => essence(bytes));
  const lost = gone.filter((text) => !stored.includes(text));
  return lost.map((text) => `lost: ${/letter \d+/.exec(text)}`);
}

async function run({ habits, first, events }: { habits: Habits; first: Arrival[]; events: Event[] }) {
  const folder = mkdtempSync(join('/dev/shm', 'poppy-model-'));
  const world = await open({ folder, server: new MemoryServer(habits), clock: Date.UTC(2026, 0, 1) });
  try {
    for (const letter of first) arrive(world, letter);
    for (const event of events) {
      await happen(world, event);
      if (event.kind === 'check') expect(await broken(world)).toEqual([]);
    }
  } finally {
    await world.store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const seconds = Number(process.env['MODEL_SECONDS'] ?? 20);
const seed = Number(process.env['MODEL_SEED'] ?? Date.now() % 1_000_000_000);

test.fails(`no history of a random server loses a letter, for ${seconds} s from seed ${seed} on`, async () => {
  await fc.assert(fc.asyncProperty(history, run), {
    seed,
    numRuns: 100_000,
    interruptAfterTimeLimit: seconds * 1000,
    markInterruptAsFailure: false,
  });
}, 300_000);
