import type { Sql } from './sql.ts';

/** Beginnings of hashes are remembered: 12 hexadecimal digits. */
const digits = 12;

/** The hashes of all stored mail, in memory while someone writes a lot of it. */
export class KnownHashes {
  readonly #sql: Sql;
  #hashes: Set<string> | null = null;
  #hasFlawed = true;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Loads the hashes of everything stored, until `forget`: 8 MB and 50 ms for 100,000 messages. */
  load(): void {
    if (this.#hashes !== null) return;
    const joined = this.#sql.value<string>(
      `select lower(group_concat(substr(hex(sha256), 1, ${digits}), '')) as value from message`,
    );
    this.#hashes = new Set((joined ?? '').match(/.{12}/g));
    this.#hasFlawed =
      this.#sql.value<number>(
        'select 1 as value from message where is_partial = 1 or is_damaged = 1 limit 1',
      ) !== null ||
      this.#sql.value<number>('select 1 as value from message where is_doubtful = 1 limit 1') !== null;
  }

  /** Lets the hashes go. Call it when nothing is being written any more. */
  forget(): void {
    this.#hashes = null;
  }

  /** Adds the hash of a message that has just been stored. Lower-case hexadecimal. */
  note(sha256: string, isFlawed: boolean): void {
    this.#hashes?.add(sha256.slice(0, digits));
    this.#hasFlawed ||= isFlawed;
  }

  /** Remembers that a message is damaged: what comes under its ledger entry may make it whole. */
  noteDamage(): void {
    this.#hasFlawed = true;
  }

  /**
   * False when it is certain that these bytes are nowhere here and no partial, doubtful or damaged message waits to be made whole.
   * Lower-case hexadecimal.
   */
  mayBeKnown(sha256: string): boolean {
    if (this.#hashes === null || this.#hasFlawed) return true;
    return this.#hashes.has(sha256.slice(0, digits));
  }
}
