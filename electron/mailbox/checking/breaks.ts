import { Pop3SessionError } from '../../pop3/replies/failure.ts';
import { breaksSession } from './unfetched-book.ts';

/** How many extra sessions one check may open, after the line broke or to ask for a message that breaks it. */
const mostReconnections = 2;

/** The breaks in the sessions of one check. Decides whether another session is worth opening. */
export class Breaks {
  #reconnections = 0;
  #silences = 0;
  #error: unknown = null;
  #isOpenedAnew = false;

  /** The error that ended the last session; null when it ended well. */
  get error(): unknown {
    return this.#error;
  }

  /** Whether the session that is being opened is an extra one. */
  get isOpenedAnew(): boolean {
    return this.#isOpenedAnew;
  }

  /** Whether one silent message is put aside at once. A second silent one shows that the server is slow. */
  get isHurried(): boolean {
    return this.#silences === 0;
  }

  /** Notes that a session broke while messages came. Answers whether to open another. */
  mayGoOn(error: unknown): boolean {
    if (!(error instanceof Pop3SessionError) || !breaksSession(error.failure)) return false;
    if (error.failure.kind === 'timeout') this.#silences += 1;
    return this.#silences < 2 && this.#opensAnew(error);
  }

  /** Notes that a session ended well with something left for another. Answers whether to open that. */
  mayFinish(): boolean {
    return this.#opensAnew(null);
  }

  #opensAnew(error: unknown): boolean {
    if (this.#reconnections >= mostReconnections) return false;
    this.#reconnections += 1;
    this.#error = error;
    this.#isOpenedAnew = true;
    return true;
  }
}
