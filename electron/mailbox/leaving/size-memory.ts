import type { Ledger } from '../../store/ledger/ledger.ts';
import { fits, keptFacts, type SizeClass, type SizeFact, sizeClass } from './size-rule.ts';

/** What is kept of the sizes of one account's server. */
type Kept = {
  /** `[listed, received, lines]` of the last messages. */
  readonly facts: readonly (readonly [number, number, number | null])[];
  /** How far LIST may come to say another size of a message that has stayed the same; bytes. */
  readonly driftBytes: number;
  /** The server answers TOP with the headers of other messages. */
  readonly isTopWrong: boolean;
};

/** Where it is kept. */
type SizeBook = Pick<Ledger, 'keptSizes' | 'keepSizes'>;

/** The last messages of an account with the sizes that LIST said of them, kept from session to session. */
export class SizeMemory {
  readonly #ledger: SizeBook;
  #facts: SizeFact[] = [];
  #driftBytes = 0;
  #isTopWrong = false;
  #isChanged = false;
  #isExact = false;
  /** Messages in a row whose size was right. */
  #rightInARow = 0;

  constructor(ledger: SizeBook) {
    this.#ledger = ledger;
    const kept = keptIn(ledger.keptSizes());
    if (kept === null) return;
    this.#facts = kept.facts.map(([listed, received, lines]) => ({ listed, received, lines, ...unsaid }));
    this.#driftBytes = kept.driftBytes;
    this.#isTopWrong = kept.isTopWrong;
    this.#isExact = this.kind === 'exact';
  }

  /** What this server's sizes are worth. */
  get kind(): SizeClass {
    return sizeClass(this.#facts);
  }

  /** What a comparison of the listing with the ledger has to know of the sizes. */
  get facts(): { readonly driftBytes: number; readonly areSizesSteady: boolean } {
    return { driftBytes: this.#driftBytes, areSizesSteady: this.kind !== 'unknown' };
  }

  /** By how much sizes wander while messages stay as they are; bytes. */
  get driftBytes(): number {
    return this.#driftBytes;
  }

  /** Whether lines need not be counted, for the sizes were right so far. */
  get isExact(): boolean {
    return this.#isExact;
  }

  /** Adds a message that has come; answers whether its size is explained by those before it. */
  add(fact: SizeFact): boolean {
    // The usual case is told apart without looking at the others.
    const isRight = Math.abs(fact.received - fact.listed) <= 2;
    if (!isRight && this.#facts.some((one) => isSameFact(one, fact))) return this.explains(fact);
    const isExplained = isRight || this.explains(fact);
    this.#facts.push(fact);
    if (this.#facts.length > 2 * keptFacts) this.#facts = this.#facts.slice(-keptFacts);
    this.#rightInARow = isRight ? this.#rightInARow + 1 : 0;
    if (!isRight || this.#rightInARow === enoughRight) this.#isExact = this.kind === 'exact';
    this.#isChanged = true;
    return isExplained;
  }

  /**
   * Whether the size of a message that was added is explained by all others, those after it included. A message that
   * comes cut at each try has the same sizes again: it is no neighbour of itself.
   */
  explains(fact: SizeFact): boolean {
    return fits(
      fact,
      this.#facts.filter((one) => !isSameFact(one, fact) && !(fact.isBare && isEqual(one, fact))),
    );
  }

  /** Whether TOP was found to give the headers of other messages, so that it proves nothing. */
  get isTopWrong(): boolean {
    return this.#isTopWrong;
  }

  /** Notes that TOP said that a message is another one, and that its bytes were the same. */
  noteWrongTop(): void {
    this.#isTopWrong = true;
    this.#isChanged = true;
  }

  /** Notes that LIST says another size of the same message. */
  addDrift(bytes: number): void {
    const driftBytes = bytes * driftRoom;
    if (driftBytes <= this.#driftBytes) return;
    this.#driftBytes = driftBytes;
    this.#isChanged = true;
  }

  /** Writes down what was learned. Throws what the store throws. */
  async keep(): Promise<void> {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    const facts = this.#facts
      .slice(-keptFacts)
      .map(({ listed, received, lines }) => [listed, received, lines] as const);
    const kept: Kept = { facts, driftBytes: this.#driftBytes, isTopWrong: this.#isTopWrong };
    await this.#ledger.keepSizes(JSON.stringify(kept));
  }
}

/** After this many right sizes in a row a new server is looked at again: counting lines takes time. */
const enoughRight = 20;

/**
 * Sizes that have wandered once wander further. So many times the first difference is tolerated, so that one more
 * download shows it and not ten. What lies within it is compared by its headers.
 */
const driftRoom = 8;

/** Off by no more than this a message is hardly cut; a server may count a header line or two. Bytes. */
const slightlyOffBytes = 64;

/** Whether two facts may be of one message that came cut twice. */
function isSameFact(one: SizeFact, other: SizeFact): boolean {
  const isFarOff = Math.abs(one.received - one.listed) > slightlyOffBytes;
  return one === other || (isFarOff && isEqual(one, other));
}

function isEqual(one: SizeFact, other: SizeFact): boolean {
  return one.listed === other.listed && one.received === other.received;
}

/** What is not kept of a fact: it matters only to the judgement of the message itself. */
const unsaid = { said: null, isBare: false } as const;

const isSize = (value: unknown): value is number => Number.isSafeInteger(value);

function keptIn(text: string | null): Kept | null {
  if (text === null) return null;
  try {
    const { facts, driftBytes, isTopWrong } = JSON.parse(text) as Partial<Record<keyof Kept, unknown>>;
    if (!Array.isArray(facts) || !isSize(driftBytes)) return null;
    const sound = facts.filter(
      (fact: unknown): fact is Kept['facts'][number] =>
        Array.isArray(fact) && isSize(fact[0]) && isSize(fact[1]) && (fact[2] === null || isSize(fact[2])),
    );
    return { facts: sound, driftBytes, isTopWrong: isTopWrong === true };
  } catch {
    // Not JSON: nothing was learned.
    return null;
  }
}
