import type { Failure } from '../../../shared/failure.ts';

/** So many equal answers in a row mean that the server refuses all messages, not just these. */
const sameInARow = 3;
/** So many refusals mean the same, if they outnumber the fetched messages. */
const manyInAll = 10;

/** Watches the answers of one session, and ends the asking where the server refuses everything. */
export class RefusalWatch {
  #inARow = 0;
  #lastAnswer = '';
  #refused = 0;
  #isStopped = false;
  #fetched = 0;
  #failure: Failure | null = null;

  /** Notes that a message has come. */
  fetched(): void {
    this.#fetched += 1;
    this.#inARow = 0;
  }

  /** Notes that a message was refused. */
  refused(failure: Failure): void {
    // Many servers name the message, so the answers differ only in its number.
    const answer = (failure.serverText ?? '').replace(/\d+/g, '#');
    this.#inARow = answer === this.#lastAnswer ? this.#inARow + 1 : 1;
    this.#lastAnswer = answer;
    this.#refused += 1;
    if (this.isOver || isLimit(failure)) this.#failure ??= failure;
  }

  /** Whether no more messages should be asked for. */
  get isOver(): boolean {
    return this.#inARow >= sameInARow || (this.#refused >= manyInAll && this.#fetched < this.#refused);
  }

  /** Ends the asking, though more messages are wanted. */
  stop(): void {
    this.#isStopped = true;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** The server's answer, where it was not about single messages. */
  get failure(): Failure | null {
    return this.#failure;
  }
}

/** Whether a refusal is about a limit or passing trouble, and not about the message. RFC 3206, SYS/TEMP. */
export function isLimit({ kind, responseCode, serverText }: Failure): boolean {
  if (responseCode?.startsWith('SYS/TEMP') === true || kind === 'login-delay' || kind === 'mailbox-busy')
    return true;
  return /\bexceed|\bquota\b|\bbandwidth\b|\brate limit/i.test(serverText ?? '');
}
