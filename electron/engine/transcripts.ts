import type { AccountId } from '../../shared/ids.ts';
import type { TranscriptLine } from '../../shared/server-view.ts';
import { Transcript } from '../pop3/connection/transcript.ts';

/** Lines are told together, because a check of a large mailbox has thousands of them a second. */
const reportEveryMs = 50;

/** The protocol log of the latest session of each account, and the lines that are new in it. */
export class Transcripts {
  readonly #latest = new Map<AccountId, Transcript>();
  readonly #tell: (accountId: AccountId, lines: readonly TranscriptLine[]) => void;
  readonly #waiting = new Map<AccountId, TranscriptLine[]>();
  #timer: NodeJS.Timeout | null = null;

  constructor(tell: (accountId: AccountId, lines: readonly TranscriptLine[]) => void) {
    this.#tell = tell;
  }

  /** Begins a log. It replaces the account's last one at its first line, not before: a check may have to wait. */
  begin(accountId: AccountId): Transcript {
    const transcript = new Transcript();
    transcript.onEntry((line) => {
      this.#latest.set(accountId, transcript);
      const lines = this.#waiting.get(accountId);
      if (lines === undefined) this.#waiting.set(accountId, [line]);
      else lines.push(line);
      this.#timer ??= setTimeout(() => this.#report(), reportEveryMs);
    });
    return transcript;
  }

  /** The log of the latest session, if there was one. */
  latest(accountId: AccountId): Transcript | undefined {
    return this.#latest.get(accountId);
  }

  /** Lets go of the log of an account that was removed. */
  forget(accountId: AccountId): void {
    this.#latest.delete(accountId);
    this.#waiting.delete(accountId);
  }

  /** Tells what has not been told yet. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#report();
  }

  #report(): void {
    this.#timer = null;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const [accountId, lines] of waiting) this.#tell(accountId, lines);
  }
}
