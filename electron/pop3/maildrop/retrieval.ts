import type { Failure, FailureStep } from '../../../shared/failure.ts';
import type { Channel } from '../connection/channel.ts';
import type { CommandLine } from '../connection/command-line.ts';
import { plainCommand } from '../connection/command-line.ts';
import { refusal } from '../connection/exchange.ts';
import { describeBytes } from '../connection/transcript.ts';
import type { Expectation } from '../replies/expectation.ts';
import { Pop3SessionError } from '../replies/failure.ts';
import type { Status } from '../replies/status.ts';
import { firstWindowCommands, windowBytes, windowCommands } from '../wire/limits.ts';
import { isPlainStat } from './listing.ts';
import { MessageReply, type ReplyOwner } from './message-reply.ts';
import { RetrievalPace } from './retrieval-pace.ts';
import type {
  RetrievalOutcome,
  RetrievalRequest,
  RetrievalSink,
  RetrievalSummary,
} from './retrieval-sink.ts';

/** A message to fetch and the command that asks for it. */
export type WireRequest = RetrievalRequest & { readonly command: string };

/** How a row of messages is asked for. */
type RetrievalPlan = {
  readonly isPipelined: boolean;
  readonly step: FailureStep;
  readonly firstByteMs: number;
  /** See `isHurried` of the options; null where every message has all the time of `firstByteMs`. */
  readonly patience: { readonly silentMs: number; readonly promptMs: number } | null;
  readonly replyMs: number;
  /** Whether the announced size is that of the reply: true for RETR, not for TOP. */
  readonly sizesAreWhole: boolean;
  /** Whether this server answers STAT by two bare numbers, so that the last reply can be known for its own. */
  readonly hasPlainStat: boolean;
};

/**
 * Fetches messages with a bounded window of commands in flight. The last command is a fence, so that the end of the
 * last message is proved as well: a status must follow it. The fence is STAT where its answer differs from any other. A
 * server that forgets to stuff dots can be tricked by a message that holds a dot line and a +OK line: from then on each
 * reply is taken for that of the command before. Nothing but STAT would show that.
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

/** One row of messages being fetched: what is in flight, what has come, and what is in doubt. */
class Retrieval implements ReplyOwner {
  readonly #channel: Channel;
  readonly #requests: Iterator<WireRequest>;
  readonly sink: RetrievalSink;
  readonly plan: RetrievalPlan;
  readonly #resolve: (summary: RetrievalSummary) => void;
  readonly #reject: (error: unknown) => void;
  /** Messages that came in with another size than was announced. */
  readonly #otherSize: number[] = [];
  readonly #delivered: number[] = [];
  readonly #pace: RetrievalPace;
  #ahead: IteratorResult<WireRequest> | null = null;
  #window = firstWindowCommands;
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
    this.#pace = new RetrievalPace(plan);
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Sends as many commands as the window has room for, in one write. */
  fill(): void {
    if (this.#isFenced) return;
    const commands = this.plan.isPipelined ? this.#window : 1;
    if (this.#inFlight === 0) this.#pace.turn();
    const lines: CommandLine[] = [];
    const replies: Expectation[] = [];
    while (!this.#isFenced && this.#inFlight < commands && this.#inFlightBytes < windowBytes) {
      const { value: request, done } = this.#ahead ?? this.#requests.next();
      this.#ahead = null;
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
    this.#pace.turn();
    if (this.#inFlight * 2 <= (this.plan.isPipelined ? this.#window : 0)) this.fill();
  }

  takeRefusal(number: number, status: Status): void {
    this.#refused++;
    this.#window = firstWindowCommands;
    this.sink.refused(number, refusal(this.#channel, status, this.plan.step).failure);
  }

  takeEnd(outcome: RetrievalOutcome, announcedBytes: number): void | Promise<void> {
    this.#delivered.push(outcome.number);
    if (this.#window < windowCommands) this.#window++;
    if (announcedBytes !== outcome.sizeBytes) this.#otherSize.push(outcome.number);
    this.#retrieved++;
    this.#bytes += outcome.sizeBytes;
    if (outcome.doubtful) this.#doubtful++;
    this.#channel.noteBody(`${describeBytes(outcome.sizeBytes)}${outcome.doubtful ? ', end doubtful' : ''}`);
    return this.sink.end(outcome);
  }

  get hadDamagedEnd(): boolean {
    return this.#channel.hadDamagedEnd;
  }

  /** Less than the usual where others wait behind the message at the head and this server begins them promptly. */
  get silenceMs(): number {
    const { firstByteMs, patience } = this.plan;
    if (patience === null || !this.#pace.isPrompt || !this.#doOthersWait) return firstByteMs;
    return Math.min(patience.silentMs, firstByteMs);
  }

  get #doOthersWait(): boolean {
    if (this.#inFlight > 1) return true;
    if (this.#isFenced) return false;
    this.#ahead ??= this.#requests.next();
    return this.#ahead.done !== true;
  }

  begun(): void {
    this.#pace.begun();
  }

  fail(error: unknown, number?: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (number !== undefined && error instanceof Pop3SessionError)
      this.sink.broken?.({ number, failure: error.failure });
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
