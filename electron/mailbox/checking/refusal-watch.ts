import type { Failure } from '../../../shared/failure.ts';

/** The same answer so often in a row speaks of all messages, not of these. */
const sameInARow = 3;
/** So many refusals, with fewer messages fetched, do so too. */
const manyInAll = 10;

/** Watches the answers of one session, to stop asking where the server refuses everything. */
export class RefusalWatch {
  #inARow = 0;
  #lastAnswer = '';
  #refused = 0;
  #isStopped = false;
  #fetched = 0;
  #failure: Failure | null = null;

  /** A message has come. */
  fetched(): void {
    this.#fetched += 1;
    this.#inARow = 0;
  }

  /** A message was refused. */
  refused(failure: Failure): void {
    // Many servers name the message, and the answers differ in its number only.
    const answer = (failure.serverText ?? '').replace(/\d+/g, '#');
    this.#inARow = answer === this.#lastAnswer ? this.#inARow + 1 : 1;
    this.#lastAnswer = answer;
    this.#refused += 1;
    if (this.isOver || isLimit(failure)) this.#failure ??= failure;
  }

  /** Whether nothing more is to be asked for. */
  get isOver(): boolean {
    return this.#inARow >= sameInARow || (this.#refused >= manyInAll && this.#fetched < this.#refused);
  }

  /** Nothing more is asked for, though there is more. */
  stop(): void {
    this.#isStopped = true;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** What the server said where it was not about single messages. */
  get failure(): Failure | null {
    return this.#failure;
  }
}

/** Whether a refusal speaks of a limit or of trouble that passes, and not of the message. RFC 3206, SYS/TEMP. */
export function isLimit({ kind, responseCode, serverText }: Failure): boolean {
  if (responseCode?.startsWith('SYS/TEMP') === true || kind === 'login-delay' || kind === 'mailbox-busy')
    return true;
  return /\bexceed|\bquota\b|\bbandwidth\b|\brate limit/i.test(serverText ?? '');
}
