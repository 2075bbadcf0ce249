import type { Failure } from '../../../shared/failure.ts';

/** A message to fetch, with the size the listing gave it; 0 when it gave none. */
export type RetrievalRequest = { readonly number: number; readonly sizeBytes: number };

/** How one message came in. */
export type RetrievalOutcome = {
  readonly number: number;
  /** Bytes received, dots un-stuffed. */
  readonly sizeBytes: number;
  /** What the status of RETR said of its size, bytes; null where it said nothing. */
  readonly saidBytes: number | null;
  /** Its end was not certain: it may be cut short or hold too much, and must not be deleted on the server. */
  readonly doubtful: boolean;
};

/**
 * Where messages go. Called in the order of the requests: begin, chunk…, then end, refused or lost. A promise returned
 * by chunk or end stops reading from the network until it is done; an error thrown closes the session and comes out of
 * the call that was given this sink.
 */
export type RetrievalSink = {
  begin(number: number): void;
  /** A piece of the message as it stands in the message; may be kept without copying, must not be written to. */
  chunk(bytes: Uint8Array): void | Promise<void>;
  end(outcome: RetrievalOutcome): void | Promise<void>;
  refused(number: number, failure: Failure): void;
  /** The connection broke within this message; `isDamagedEnd` says that it looks whole but for its end mark. */
  lost?(number: number, end: { readonly isDamagedEnd: boolean }): void;
  /**
   * The session broke, and this message was the first whose reply had not come to its end. Those behind it had no part
   * in it. Told after `lost`, before the call rejects.
   */
  broken?(message: BrokenMessage): void;
  /** Replies came to stand out of step after these messages had ended with a wrong size: they are doubtful after all. */
  doubt?(numbers: readonly number[]): void;
};

/** The message that was under way when a session broke. */
export type BrokenMessage = {
  readonly number: number;
  readonly failure: Failure;
};

/** How messages are asked for, beyond the usual. */
export type RetrievalOptions = {
  /** Aborted, it closes the session. */
  readonly signal?: AbortSignal;
  /** One command after another, also where several may be in flight. */
  readonly isAlone?: boolean;
  /** Ends the session where one message is silent for `patienceMs`, others wait, and others began promptly. */
  readonly isHurried?: boolean;
};

/** What became of the messages asked for. */
export type RetrievalSummary = {
  readonly retrieved: number;
  readonly refused: number;
  readonly doubtful: number;
  readonly bytes: number;
};
