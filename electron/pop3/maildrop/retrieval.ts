import type { Failure, FailureStep } from '../../../shared/failure.ts';
import type { Channel, CommandLine } from '../connection/channel.ts';
import { plainCommand, refusal } from '../connection/exchange.ts';
import { describeBytes } from '../connection/transcript.ts';
import type { Expectation } from '../replies/expectation.ts';
import { Pop3SessionError } from '../replies/failure.ts';
import { type Status, statusText } from '../replies/status.ts';
import { windowBytes, windowCommands } from '../wire/limits.ts';
import { isPlainStat } from './listing.ts';

/** A message to fetch, with the size the listing gave it; 0 when it gave none. */
export type RetrievalRequest = { readonly number: number; readonly sizeBytes: number };

/** A message to fetch and the command that asks for it. */
export type WireRequest = RetrievalRequest & { readonly command: string };

/** How one message came in. */
export type RetrievalOutcome = {
  readonly number: number;
  /** Bytes received, dots un-stuffed. */
  readonly sizeBytes: number;
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
  /** The connection broke within this message; what came of it is worth nothing. */
  lost?(number: number): void;
  /** Replies came to stand out of step after these messages had ended with a wrong size: they are doubtful after all. */
  doubt?(numbers: readonly number[]): void;
};

/** What became of the messages asked for. */
export type RetrievalSummary = {
  readonly retrieved: number;
  readonly refused: number;
  readonly doubtful: number;
  readonly bytes: number;
};

/** How a row of messages is asked for. */
type RetrievalPlan = {
  readonly isPipelined: boolean;
  readonly step: FailureStep;
  readonly firstByteMs: number;
  readonly replyMs: number;
  /** Whether the announced size is that of the reply: true for RETR, not for TOP. */
  readonly sizesAreWhole: boolean;
  /** Whether this server answers STAT by two bare numbers, so that the last reply can be known for its own. */
  readonly hasPlainStat: boolean;
};

/**
 * Fetches messages with a bounded window of commands in flight. The last command is a fence, so that the end of the
 * last message is proved as well: what follows it must be a status. It is STAT where its answer can be told from any
 * other: a server that forgets to stuff dots can be made, by a message with a dot line and a +OK line in it, to answer
 * every later command one too early, and nothing else would show that.
 */
export async function retrieveAll(
  channel: Channel,
  requests: Iterable<WireRequest>,
  sink: RetrievalSink,
  plan: RetrievalPlan,
): Promise<RetrievalSummary> {
  return await new Promise((resolve, reject) => {
    new Retrieval(channel, requests, sink, plan, resolve, reject).fill();
  });
}

class Retrieval {
  readonly #channel: Channel;
  readonly #requests: Iterator<WireRequest>;
  readonly sink: RetrievalSink;
  readonly plan: RetrievalPlan;
  readonly #resolve: (summary: RetrievalSummary) => void;
  readonly #reject: (error: unknown) => void;
  /** Messages that came in with another size than was announced. */
  readonly #otherSize: number[] = [];
  readonly #delivered: number[] = [];
  #hasAsked = false;
  #inFlight = 0;
  #inFlightBytes = 0;
  #isFenced = false;
  #isShifted = false;
  #isOver = false;
  #retrieved = 0;
  #refused = 0;
  #doubtful = 0;
  #bytes = 0;

  constructor(
    channel: Channel,
    requests: Iterable<WireRequest>,
    sink: RetrievalSink,
    plan: RetrievalPlan,
    resolve: (summary: RetrievalSummary) => void,
    reject: (error: unknown) => void,
  ) {
    this.#channel = channel;
    this.#requests = requests[Symbol.iterator]();
    this.sink = sink;
    this.plan = plan;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Sends as many commands as the window has room for, in one write. */
  fill(): void {
    if (this.#isFenced) return;
    const commands = this.plan.isPipelined ? windowCommands : 1;
    const lines: CommandLine[] = [];
    const replies: Expectation[] = [];
    while (!this.#isFenced && this.#inFlight < commands && this.#inFlightBytes < windowBytes) {
      const { value: request, done } = this.#requests.next();
      if (done === true) {
        this.#isFenced = true;
        if (!this.#hasAsked) break;
        lines.push(plainCommand(this.plan.hasPlainStat ? 'STAT' : 'NOOP'));
        replies.push(this.#fence());
        break;
      }
      const line = plainCommand(request.command);
      lines.push(line);
      replies.push(new MessageReply(this, request, line.wire.length + 2));
      this.#hasAsked = true;
      this.#inFlight++;
      this.#inFlightBytes += line.wire.length + 2;
    }
    if (lines.length > 0) this.#channel.send(lines, replies);
    else if (this.#isFenced) this.#finish();
  }

  /** The end mark of the only message in flight has come: without pipelining the next command goes out now. */
  candidate(): void {
    if (this.#inFlight !== 1) return;
    this.#inFlight = 0;
    this.fill();
    this.#inFlight++;
  }

  settled(commandBytes: number): void {
    this.#inFlight--;
    this.#inFlightBytes -= commandBytes;
    if (this.#inFlight * 2 <= (this.plan.isPipelined ? windowCommands : 0)) this.fill();
  }

  takeRefusal(number: number, status: Status): void {
    this.#refused++;
    this.sink.refused(number, refusal(this.#channel, status, this.plan.step).failure);
  }

  takeEnd(outcome: RetrievalOutcome, announcedBytes: number): void | Promise<void> {
    this.#delivered.push(outcome.number);
    if (announcedBytes !== outcome.sizeBytes) this.#otherSize.push(outcome.number);
    this.#retrieved++;
    this.#bytes += outcome.sizeBytes;
    if (outcome.doubtful) this.#doubtful++;
    this.#channel.note(`${describeBytes(outcome.sizeBytes)}${outcome.doubtful ? ', end doubtful' : ''}`);
    return this.sink.end(outcome);
  }

  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const doubted = this.#doubted(error instanceof Pop3SessionError ? error.failure.kind : 'internal');
    if (doubted.length > 0) this.sink.doubt?.(doubted);
    this.#reject(error);
  }

  /**
   * Replies may have come out of step: a message whose end was overlooked has swallowed the next one, and has another
   * size than was announced.
   */
  #doubted(kind: Failure['kind']): readonly number[] {
    if (this.#isShifted) return this.#delivered;
    if (kind === 'protocol' || (kind === 'timeout' && this.plan.isPipelined)) return this.#otherSize;
    // A line that broke is no proof of it, so here sizes count only where most of them were right.
    const areSizesRight = this.plan.sizesAreWhole && this.#otherSize.length * 2 <= this.#delivered.length;
    return kind === 'connection-lost' && areSizesRight ? this.#otherSize : [];
  }

  #fence(): Expectation {
    return {
      step: this.plan.step,
      shape: 'line',
      timeoutMs: this.plan.replyMs,
      announcedBytes: Number.POSITIVE_INFINITY,
      status: (status) => {
        // +OK without its numbers belongs to another command: then each message is really the one before it.
        this.#isShifted = status.isOk && this.plan.hasPlainStat && !isPlainStat(status);
        // -ERR is a status too; a reply too many shows that one of the others was none.
        if (this.#isShifted || this.#channel.hasStray)
          throw new Pop3SessionError({ kind: 'protocol', step: this.plan.step, canRetry: true });
        this.#finish();
      },
      fail: (error) => this.fail(error),
    };
  }

  #finish(): void {
    this.#isOver = true;
    this.#resolve({
      retrieved: this.#retrieved,
      refused: this.#refused,
      doubtful: this.#doubtful,
      bytes: this.#bytes,
    });
  }
}

/** The reply to one RETR or TOP. */
class MessageReply implements Expectation {
  readonly #owner: Retrieval;
  readonly #number: number;
  readonly #commandBytes: number;
  #sizeBytes = 0;
  #hasBegun = false;
  announcedBytes: number;
  readonly shape = 'lines';

  constructor(owner: Retrieval, request: RetrievalRequest, commandBytes: number) {
    this.#owner = owner;
    this.#number = request.number;
    this.#commandBytes = commandBytes;
    this.announcedBytes = owner.plan.sizesAreWhole ? request.sizeBytes : 0;
  }

  get step(): FailureStep {
    return this.#owner.plan.step;
  }

  get timeoutMs(): number {
    return this.#owner.plan.firstByteMs;
  }

  status(status: Status): void {
    if (!status.isOk) {
      this.#owner.takeRefusal(this.#number, status);
      this.#owner.settled(this.#commandBytes);
      return;
    }
    if (this.announcedBytes === 0 && this.#owner.plan.sizesAreWhole)
      this.announcedBytes = Number(/^\s*(\d{1,12}) octets/i.exec(statusText(status))?.[1] ?? 0);
    this.#hasBegun = true;
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
        doubtful: isDoubtful,
      },
      this.announcedBytes,
    );
    this.#owner.settled(this.#commandBytes);
    return wait;
  }

  fail(error: unknown): void {
    if (this.#hasBegun) this.#owner.sink.lost?.(this.#number);
    this.#owner.fail(error);
  }
}
