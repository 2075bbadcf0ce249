import type { AccountId, MessageId } from '../../../shared/ids.ts';
import { summariseHeaders } from '../../message/headers/header-summary.ts';
import type { LinkedMessage } from '../../store/intake/message-writer.ts';
import type { Store } from '../../store/store.ts';
import { essenceOf, likeness } from './essence.ts';

/** Letters of one moment that are compared with one that has come. Some programs give all letters one Date. */
const mostCompared = 5_000;

/** A stored letter that is one that has come. `isEqual`: byte for byte. For `kind` see `likeness`. */
export type KnownLetter = {
  readonly copy: LinkedMessage;
  readonly kind: 'same' | 'moved';
  readonly isEqual: boolean;
};

/**
 * Finds the letters that come among those that are stored. Each stored letter is read once, however many letters of
 * its moment come: then a hash of its body and Message-ID tells whether it is worth reading again.
 */
export class KnownLetters {
  readonly #messages: Pick<Store['messages'], 'alike' | 'read'>;
  readonly #accountId: AccountId;
  readonly #essences = new Map<MessageId, string | null>();

  constructor(messages: Pick<Store['messages'], 'alike' | 'read'>, accountId: AccountId) {
    this.#messages = messages;
    this.#accountId = accountId;
  }

  /** Stored letters that may be this one. */
  candidates(bytes: Uint8Array): readonly LinkedMessage[] {
    return this.#messages.alike(this.#accountId, summariseHeaders(bytes), bytes.length, {
      most: mostCompared,
    });
  }

  /** The candidate that is this letter; null where none is. One that is the same counts more than one that has moved. */
  async among(candidates: readonly LinkedMessage[], bytes: Buffer): Promise<KnownLetter | null> {
    const essence = essenceOf(bytes);
    let moved: KnownLetter | null = null;
    for (const copy of candidates) {
      const known = this.#essences.get(copy.messageId);
      if (known !== undefined && known !== essence) continue;
      const stored = await this.#read(copy);
      const kind = stored === null ? 'other' : likeness(bytes, stored);
      if (stored === null || kind === 'other') continue;
      const letter = { copy, kind, isEqual: bytes.equals(stored) };
      if (kind === 'same') return letter;
      moved ??= letter;
    }
    return moved;
  }

  async #read({ messageId }: LinkedMessage): Promise<Uint8Array | null> {
    const stored = await this.#messages.read(messageId);
    this.#essences.set(messageId, stored.ok ? essenceOf(stored.value) : null);
    return stored.ok ? stored.value : null;
  }
}
