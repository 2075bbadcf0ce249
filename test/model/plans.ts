import fc from 'fast-check';
import { wantedDownloads } from '../../electron/mailbox/checking/wanted-downloads.ts';
import { dueDeletions } from '../../electron/mailbox/leaving/due-deletions.ts';
import type { IdentifiedMessage } from '../../electron/mailbox/maildrop/identify.ts';
import type { Account } from '../../shared/account.ts';
import { dayMs } from '../../shared/durations.ts';
import { type LedgerKey, ledgerKey } from '../../shared/ledger-key.ts';
import type { RetentionPolicy } from '../../shared/retention.ts';
import { id, type LedgerWorld } from './ledger-world.ts';

/*
 * The planner of deletions and the ledger alone: no session, no bytes. A letter is its serial; each has a size of its
 * own, which is how one is told from another. A planned deletion whose listed size is that of its download is carried out.
 */

type Letter = { readonly serial: number; uidl: string };

/** One thing that happens. */
export type PlanEvent =
  | {
      readonly kind: 'check';
      readonly retention: RetentionPolicy;
      readonly misses: number;
      readonly doubts: boolean;
    }
  | { readonly kind: 'arrives' | 'ids anew' | 'all removed' }
  | { readonly kind: 'removed' | 'comes back' | 'asked' | 'taken back'; readonly at: number }
  | { readonly kind: 'days pass'; readonly days: number };

const at = fc.nat(9);
const retention = fc.constantFrom<RetentionPolicy>(
  { kind: 'keep' },
  { kind: 'remove-when-stored' },
  { kind: 'remove-when-stored' },
  { kind: 'remove-after-days', days: 1 },
  { kind: 'keep-newest', count: 2 },
);

/** Any history. */
export const planHistory: fc.Arbitrary<readonly PlanEvent[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('check' as const),
        retention,
        misses: fc.constantFrom(0, 0, 0, 2, 3),
        doubts: fc.constantFrom(false, false, true),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constantFrom('arrives', 'arrives', 'arrives', 'ids anew', 'all removed'),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constantFrom('removed', 'comes back', 'asked', 'taken back'), at }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('days pass' as const), days: fc.constantFrom(1, 61) }),
    },
  ),
  { minLength: 2, maxLength: 10 },
);

/** How large a letter is: no two are alike. */
const sizeOf = (serial: number) => 500 + 7 * serial;

class Plans {
  readonly #world: LedgerWorld;
  readonly #letters: Letter[] = [];
  readonly #removed: Letter[] = [];
  /** Serials of letters whose bytes came, with the steady time at which they first did, and of those surely whole. */
  readonly #came = new Map<number, number>();
  readonly #here = new Set<number>();
  readonly #asked = new Set<LedgerKey>();
  #serials = 0;
  #ids = 0;

  constructor(world: LedgerWorld) {
    this.#world = world;
  }

  async happen(event: PlanEvent): Promise<string[]> {
    const one = 'at' in event ? this.#letters[event.at % Math.max(1, this.#letters.length)] : undefined;
    switch (event.kind) {
      case 'check':
        return this.#check(event);
      case 'arrives':
        this.#serials += 1;
        this.#ids += 1;
        this.#letters.push({ serial: this.#serials, uidl: `u${this.#ids}` });
        return [];
      case 'ids anew':
        for (const [index, letter] of this.#letters.entries()) letter.uidl = `u${index + 1}`;
        this.#ids = this.#letters.length;
        return [];
      case 'all removed':
        this.#removed.push(...this.#letters.splice(0));
        return [];
      case 'removed':
        if (one !== undefined) this.#removed.push(...this.#letters.splice(this.#letters.indexOf(one), 1));
        return [];
      case 'comes back':
        this.#letters.push(...this.#removed.splice(event.at, 1));
        return [];
      case 'days pass':
        this.#world.now += event.days * dayMs;
        return [];
      default:
        await this.#ask(event.kind, one);
        return [];
    }
  }

  async #ask(kind: 'asked' | 'taken back', letter: Letter | undefined): Promise<void> {
    const key =
      letter === undefined
        ? undefined
        : this.#listing().find(({ number }) => this.#letters[number - 1] === letter)?.key;
    if (key === undefined) return;
    const ledger = this.#world.ledger();
    if (kind === 'taken back') {
      this.#asked.delete(key);
      await ledger.takeBackDeletion([key]);
      return;
    }
    for (const asked of (await ledger.setDeletePending([key])).value) this.#asked.add(asked);
  }

  #listing(): IdentifiedMessage[] {
    const counts = new Map<string, number>();
    return this.#letters.map(({ serial, uidl }, index) => {
      const occurrence = (counts.get(uidl) ?? 0) + 1;
      counts.set(uidl, occurrence);
      const key = ledgerKey(uidl, occurrence);
      const known = { number: index + 1, uidl, occurrence, key, sizeBytes: sizeOf(serial) };
      return { ...known, isLasting: true, isTrusted: true };
    });
  }

  async #check({ retention, misses, doubts }: Extract<PlanEvent, { kind: 'check' }>): Promise<string[]> {
    const world = this.#world;
    world.now += 10 * 60_000;
    const ledger = world.ledger();
    const listed = this.#listing();
    const found = (await ledger.reconcile(listed)).value;
    const account = { ...accountOfPlans, retention };
    const wholeKeys = new Set<LedgerKey>();
    for (const [index, { key, number, sizeBytes }] of wantedDownloads(
      account,
      listed,
      found,
      new Set(),
    ).entries()) {
      const letter = this.#letters[number - 1];
      if (letter === undefined || (misses > 0 && index % misses === 1)) continue;
      const isDoubtful = doubts && index % 3 === 0;
      world.store(key, letter.serial, sizeBytes, isDoubtful);
      this.#came.set(letter.serial, this.#came.get(letter.serial) ?? world.steadyNow());
      if (isDoubtful) continue;
      wholeKeys.add(key);
      this.#here.add(letter.serial);
    }
    const due = dueDeletions({ store: world, account, listed, found, wholeKeys, unread: [] });
    const broken: string[] = [];
    const leaving: Letter[] = [];
    for (const { key, number, sizeBytes, ground } of due) {
      const letter = this.#letters[number - 1];
      if (letter === undefined) continue;
      const entry = ledger.entry(key);
      // Another size than at its download is no proof, nor is a doubtful copy; what is not proved stays.
      if (entry?.listedBytes !== sizeBytes || entry.isDoubtful) continue;
      const storedAt = this.#came.get(letter.serial);
      if (ground.kind === 'asked-before' && !this.#asked.has(key)) broken.push(`nobody asked for ${key}`);
      if (storedAt === undefined || !this.#here.has(letter.serial))
        broken.push(`lost: letter ${letter.serial} as ${key}`);
      else if (ground.kind === 'stored-here')
        broken.push(...tooEarly(retention, letter, storedAt, world.steadyNow(), this.#letters));
      leaving.push(letter);
    }
    const keys = listed
      .filter(({ number }) => leaving.includes(this.#letters[number - 1] as Letter))
      .map(({ key }) => key);
    await ledger.setDeletePending(keys);
    await ledger.setDeleteSent(keys);
    for (const key of keys) this.#asked.delete(key);
    for (const letter of leaving) this.#letters.splice(this.#letters.indexOf(letter), 1);
    return broken;
  }
}

/** Whether retention removes what the person wants kept. */
function tooEarly(
  retention: RetentionPolicy,
  { serial }: Letter,
  storedAt: number,
  now: number,
  letters: readonly Letter[],
): string[] {
  if (retention.kind === 'keep') return [`letter ${serial} is to be kept`];
  if (retention.kind === 'remove-after-days' && now - storedAt < retention.days * dayMs)
    return [`letter ${serial} leaves too early`];
  const newer = letters.filter((one) => one.serial > serial).length;
  return retention.kind === 'keep-newest' && newer < retention.count
    ? [`letter ${serial} is among the newest`]
    : [];
}

const accountOfPlans: Account = {
  id,
  name: 'ann',
  address: 'ann@example.org',
  server: {
    host: 'pop.example.org',
    port: 995,
    security: 'tls',
    user: 'ann',
    mechanism: 'auto',
    plaintextConsent: false,
  },
  retention: { kind: 'keep' },
  checkEveryMinutes: 0,
  checkAtStart: false,
  partialAboveBytes: 0,
  deleteOnServerWhenDeletedHere: false,
  isSample: false,
};

/** Lets a history happen; answers what broke the promises first, in words. */
export async function runPlans(world: LedgerWorld, events: readonly PlanEvent[]): Promise<string[]> {
  await world.begin();
  const plans = new Plans(world);
  for (const event of events) {
    const broken = await plans.happen(event);
    if (broken.length > 0) return broken;
  }
  return [];
}
