import type { FailureStep } from '../../../shared/failure.ts';
import type { Status } from './status.ts';

/** One reply that is due, and what is done with it. Handlers run as the bytes come, in the order of the commands. */
export interface Expectation {
  readonly step: FailureStep;
  /** `line`: a status; `lines`: a status, and a body when it is +OK; `sasl`: a status or a challenge. */
  readonly shape: 'line' | 'lines' | 'sasl';
  /** Silence allowed before the status, milliseconds. */
  readonly timeoutMs: number;
  /** Size announced for the body, for the idle-tail rule; Infinity where that rule must not apply. Bytes. */
  readonly announcedBytes: number;
  status(status: Status): void;
  challenge?(base64: string): void;
  /** A piece of the body, which may be kept without copying. A promise holds up reading. */
  slice?(bytes: Buffer): void | Promise<void>;
  /** The end has been seen and nothing else is due: the next command may be sent already. */
  candidate?(): void;
  end?(isDoubtful: boolean): void | Promise<void>;
  fail(error: unknown): void;
}
