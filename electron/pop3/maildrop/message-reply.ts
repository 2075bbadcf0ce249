import type { FailureStep } from '../../../shared/failure.ts';
import type { Expectation } from '../replies/expectation.ts';
import { type Status, statusText } from '../replies/status.ts';
import type { RetrievalOutcome, RetrievalRequest, RetrievalSink } from './retrieval-sink.ts';

/** What a reply tells the retrieval that it belongs to. */
export type ReplyOwner = {
  readonly sink: RetrievalSink;
  readonly plan: {
    readonly step: FailureStep;
    readonly sizesAreWhole: boolean;
  };
  /** Silence that the reply at the head allows, milliseconds. */
  readonly silenceMs: number;
  readonly hadDamagedEnd: boolean;
  begun(): void;
  candidate(): void;
  settled(commandBytes: number): void;
  takeRefusal(number: number, status: Status): void;
  takeEnd(outcome: RetrievalOutcome, announcedBytes: number): void | Promise<void>;
  fail(error: unknown, number?: number): void;
};

/** The reply to one RETR or TOP. */
export class MessageReply implements Expectation {
  readonly #owner: ReplyOwner;
  readonly #number: number;
  readonly #commandBytes: number;
  #sizeBytes = 0;
  #saidBytes: number | null = null;
  #hasBegun = false;
  announcedBytes: number;
  readonly shape = 'lines';

  constructor(owner: ReplyOwner, request: RetrievalRequest, commandBytes: number) {
    this.#owner = owner;
    this.#number = request.number;
    this.#commandBytes = commandBytes;
    this.announcedBytes = owner.plan.sizesAreWhole ? request.sizeBytes : 0;
  }

  get step(): FailureStep {
    return this.#owner.plan.step;
  }

  get timeoutMs(): number {
    return this.#owner.silenceMs;
  }

  status(status: Status): void {
    if (!status.isOk) {
      this.#owner.takeRefusal(this.#number, status);
      this.#owner.settled(this.#commandBytes);
      return;
    }
    if (this.#owner.plan.sizesAreWhole) {
      const said = /^\s*(\d{1,12}) octets/i.exec(statusText(status))?.[1];
      this.#saidBytes = said === undefined ? null : Number(said);
      if (this.announcedBytes === 0) this.announcedBytes = this.#saidBytes ?? 0;
    }
    this.#hasBegun = true;
    this.#owner.begun();
    this.#owner.sink.begin(this.#number);
  }

  slice(bytes: Buffer): void | Promise<void> {
    this.#sizeBytes += bytes.length;
    return this.#owner.sink.chunk(bytes);
  }

  candidate(): void {
    this.#owner.candidate();
  }

  end(isDoubtful: boolean): void | Promise<void> {
    this.#hasBegun = false;
    const wait = this.#owner.takeEnd(
      {
        number: this.#number,
        sizeBytes: this.#sizeBytes,
        saidBytes: this.#saidBytes,
        doubtful: isDoubtful,
      },
      this.announcedBytes,
    );
    this.#owner.settled(this.#commandBytes);
    return wait;
  }

  fail(error: unknown): void {
    if (this.#hasBegun) this.#owner.sink.lost?.(this.#number, { isDamagedEnd: this.#owner.hadDamagedEnd });
    this.#owner.fail(error, this.#number);
  }
}
