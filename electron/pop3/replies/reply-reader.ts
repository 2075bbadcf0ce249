import { BodyTail } from '../wire/body-tail.ts';
import { recogniseOther } from '../wire/foreign-protocol.ts';
import { BodyFraming, type LineEnding } from '../wire/framing.ts';
import { bannerLimitLines, blankLimitLines, statusLineLimitBytes } from '../wire/limits.ts';
import { ReceivedBytes } from '../wire/received-bytes.ts';
import type { Expectation } from './expectation.ts';
import { hungUp, notPop3, outOfStep } from './reader-failures.ts';
import { cleanServerBytes } from './server-text.ts';
import { guessAfterBlanks, guessStatus, parseStatus } from './status.ts';

/*
 * The room `replies`: what a server says. No sockets, no clocks.
 * - A reply is read for the command that is due (`Expectation`), in the order of the commands.
 * - Words of a server are cleaned and cut (server-text.ts) before anybody sees them.
 * - Two errors only: Pop3Refusal (the session lives) and Pop3SessionError (it is over).
 */

/** What the reader tells its owner. */
export type ReaderHooks = {
  /** A line from the server for the log. */
  readonly said: (line: string, expectation: Expectation | undefined) => void;
  /** The bytes make no sense any more; nothing further is read. */
  readonly broken: (error: unknown) => void;
  /** A handler asked to wait (true) or is done (false). */
  readonly blocked: (isBlocked: boolean) => void;
};

const cr = 0x0d;
const newline = Buffer.from('\n');

/**
 * Turns a stream of bytes into replies for the commands that are due, in order. It is one file because it is one state
 * machine: `status` reads lines up to the next status, `body` passes slices on and finds end marks, `confirm` looks at
 * what follows an end mark before the body counts as ended. Knows the surplus rule: an end mark
 * counts only when what follows it begins the next reply, or when nothing follows and nothing is due. No sockets and
 * no clocks in here.
 */
export class ReplyReader {
  readonly #hooks: ReaderHooks;
  readonly #due: Expectation[] = [];
  readonly #input = new ReceivedBytes();
  readonly #tail = new BodyTail();
  #framing = new BodyFraming('crlf');
  #mode: 'status' | 'body' | 'confirm' = 'status';
  #blankLines = 0;
  #bannerLines = 0;
  #isGreeted = false;
  #isPumping = false;
  #isBlocked = false;
  #isStopped = false;
  #hasEnded = false;
  #bodyBytes = 0;
  #isDoubtful = false;
  /** The bytes after an end mark may still become a status or prove to be none. */
  #isUndecided = false;
  /** The reply whose last handler is at work: it is due no longer, but an error of that handler is its own. */
  #handling: Expectation | undefined;

  constructor(hooks: ReaderHooks) {
    this.#hooks = hooks;
  }

  /** Replies that have not come to their end. */
  get due(): readonly Expectation[] {
    return this.#due;
  }

  /** What is being waited for: a status, more of a body, or the proof that a body has ended. */
  get mode(): 'status' | 'body' | 'confirm' {
    return this.#mode;
  }

  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /** Whether bytes have come that belong to no command; empty lines do not count. */
  get hasStray(): boolean {
    return this.#due.length === 0 && !this.#input.restIsBlank;
  }

  /** The stray bytes as words. */
  get strayText(): string {
    return cleanServerBytes(this.#input.rest());
  }

  /** Whether any byte is left unread, empty lines included. */
  get hasRest(): boolean {
    return this.#input.hasRest;
  }

  expect(expectation: Expectation): void {
    this.#due.push(expectation);
  }

  /** Takes what the server sent; handlers run before this returns unless reading is held up. */
  feed(chunk: Buffer): void {
    if (this.#isStopped) return;
    this.#input.add(chunk);
    this.#pump();
  }

  /** Takes the end of the stream. */
  end(): void {
    this.#hasEnded = true;
    this.#pump();
  }

  /** Reads no further; returns the replies that will not come. */
  stop(): readonly Expectation[] {
    this.#isStopped = true;
    return [...(this.#handling === undefined ? [] : [this.#handling]), ...this.#due.splice(0)];
  }

  /**
   * Whether the body might have ended in a damaged way: a dot alone on its line without the rest of its end mark, or a
   * last line that ends in a dot, with the announced size reached.
   */
  get hasDamagedTail(): boolean {
    const expectation = this.#due[0];
    if (this.#isBlocked || expectation === undefined) return false;
    return this.#bodyBytes >= expectation.announcedBytes && this.looksEnded;
  }

  /** Whether the body looks like one with a damaged end, whatever size was announced. */
  get looksEnded(): boolean {
    return this.#mode === 'body' && this.#tail.isDamagedEnd(this.#input.chunk);
  }

  /** Ends the current body as doubtful: silence has followed a damaged tail. */
  acceptTail(): void {
    this.#isDoubtful = true;
    this.#run(() => {
      this.#due[0]?.candidate?.();
      this.#finishBody();
    });
    this.#pump();
  }

  /** Nothing more will come: a body whose end mark has been seen is ended. */
  conclude(): void {
    this.#run(() => this.#concludeBody());
  }

  #pump(): void {
    if (this.#isPumping) return;
    this.#run(() => {
      while (!this.#isBlocked && !this.#isStopped && this.#load()) {
        if (this.#mode === 'body') this.#readBody();
        else if (this.#mode === 'confirm') this.#confirm();
        else if (this.#due.length > 0) this.#readStatus();
        else break;
      }
      if (this.#due.length === 0 && this.#input.strayBytes > statusLineLimitBytes)
        this.#break(outOfStep('open'));
      if (this.#hasEnded && !this.#isBlocked && !this.#isStopped) this.#endOfStream();
    });
  }

  #run(work: () => void): void {
    this.#isPumping = true;
    try {
      work();
    } catch (error) {
      this.#break(error);
    } finally {
      this.#isPumping = false;
    }
  }

  /** Makes sure that there is a byte to read, if one has come. */
  #load(): boolean {
    if (this.#isUndecided) {
      if (!this.#input.join()) return false;
      this.#isUndecided = false;
    }
    while (this.#input.isUsedUp) {
      const next = this.#input.next();
      if (next === undefined) return false;
      if (this.#mode === 'body') this.#tail.follow(this.#input.chunk, next);
      this.#input.read(next);
    }
    return true;
  }

  #readStatus(): void {
    const line = this.#input.takeLine();
    if ((line?.length ?? this.#input.lineBytes) > statusLineLimitBytes) {
      this.#break(outOfStep('greeting'));
      return;
    }
    if (line === null) {
      // Another protocol shows itself in the first bytes, or not at all.
      if (!this.#isGreeted && this.#input.lineBytes <= 64) this.#refuseForeign(this.#input.line());
      return;
    }
    const hasCr = line[line.length - 1] === cr;
    this.#takeLine(hasCr ? line.subarray(0, -1) : line, hasCr ? 'crlf' : 'lf');
  }

  #takeLine(line: Buffer, ending: LineEnding): void {
    const expectation = this.#due[0];
    if (expectation === undefined) return;
    if (line.length === 0) {
      this.#blankLines++;
      if (this.#blankLines > blankLimitLines) this.#break(outOfStep(expectation.step));
      return;
    }
    if (!this.#isGreeted) this.#refuseForeign(line);
    const status = parseStatus(line);
    if (status === null) {
      this.#takeOtherLine(line, expectation);
      return;
    }
    if (!this.#isGreeted) {
      const isGreeting = expectation.step === 'greeting' && status.isOk;
      if (isGreeting && guessStatus(this.#input.chunk, this.#input.at) === 'ok') {
        // Some servers greet in several status lines; the last one counts.
        this.#takeBannerLine(line, expectation);
        return;
      }
      this.#isGreeted = true;
      this.#framing = new BodyFraming(ending);
    }
    this.#blankLines = 0;
    this.#hooks.said(cleanServerBytes(line), expectation);
    if (status.isOk && expectation.shape === 'lines') {
      this.#mode = 'body';
      this.#framing.reset();
      this.#bodyBytes = 0;
      this.#isDoubtful = false;
      this.#tail.start(newline, this.#input.chunk, this.#input.at);
    } else this.#handling = this.#due.shift();
    expectation.status(status);
    this.#handling = undefined;
  }

  #takeOtherLine(line: Buffer, expectation: Expectation): void {
    if (this.#isGreeted && expectation.shape === 'sasl' && line[0] === 0x2b) {
      const challenge = line.subarray(1).toString('latin1').trim();
      this.#hooks.said(`+ (challenge, ${challenge.length} characters)`, expectation);
      this.#handling = this.#due.shift();
      expectation.challenge?.(challenge);
      this.#handling = undefined;
      return;
    }
    if (this.#isGreeted) {
      this.#hooks.said(cleanServerBytes(line), expectation);
      this.#break(outOfStep(expectation.step, line));
      return;
    }
    this.#takeBannerLine(line, expectation);
  }

  #takeBannerLine(line: Buffer, expectation: Expectation): void {
    this.#hooks.said(cleanServerBytes(line), expectation);
    this.#bannerLines++;
    if (this.#bannerLines > bannerLimitLines) this.#break(notPop3('unknown', line));
  }

  #refuseForeign(bytes: Buffer): void {
    const found = this.#bannerLines === 0 ? recogniseOther(bytes) : null;
    if (found !== null) this.#break(notPop3(found, bytes));
  }

  #readBody(): void {
    const expectation = this.#due[0];
    if (expectation === undefined) return;
    while (true) {
      const found = this.#framing.step(this.#input.chunk, this.#input.at);
      this.#input.at = this.#framing.next;
      if (found === 'more') return;
      if (found === 'end') {
        this.#endSeen(expectation);
        return;
      }
      this.#bodyBytes += this.#framing.slice.length;
      const wait = expectation.slice?.(this.#framing.slice);
      if (wait !== undefined) {
        this.#block(wait);
        return;
      }
      if (this.#isStopped) return;
    }
  }

  #endSeen(expectation: Expectation): void {
    this.#mode = 'confirm';
    if (this.#due.length > 1) return;
    if (!this.#input.restIsBlank) {
      this.#reopenBody();
      return;
    }
    expectation.candidate?.();
    if (this.#due.length === 1) this.#finishBody();
  }

  /** Looks whether the next reply begins after an end mark; if not, that mark was data. */
  #confirm(): void {
    const guess = guessAfterBlanks(this.#input.chunk, this.#input.at);
    if (guess === 'neither') this.#reopenBody();
    else if (guess === 'incomplete') this.#isUndecided = true;
    else this.#finishBody();
  }

  #reopenBody(): void {
    this.#isDoubtful = true;
    this.#mode = 'body';
    const slice = this.#framing.reopen();
    this.#tail.start(slice, this.#input.chunk, this.#input.at);
    this.#bodyBytes += slice.length;
    const wait = this.#due[0]?.slice?.(slice);
    if (wait !== undefined) this.#block(wait);
  }

  #finishBody(): void {
    const expectation = this.#due.shift();
    this.#mode = 'status';
    this.#blankLines = 0;
    this.#handling = expectation;
    const wait = expectation?.end?.(this.#isDoubtful);
    if (wait !== undefined) this.#block(wait);
    else this.#handling = undefined;
  }

  #block(wait: Promise<void>): void {
    this.#isBlocked = true;
    this.#hooks.blocked(true);
    wait.then(
      () => {
        this.#isBlocked = false;
        this.#handling = undefined;
        if (this.#isStopped) return;
        this.#pump();
        if (!this.#isBlocked) this.#hooks.blocked(false);
      },
      (error: unknown) => this.#break(error),
    );
  }

  #endOfStream(): void {
    this.#concludeBody();
    if (this.#isBlocked) return;
    // The last words before hanging up often say why.
    const serverText = this.#mode === 'status' ? this.strayText : '';
    this.#break(hungUp(this.#due[0]?.step ?? 'open', serverText));
  }

  /** A full end mark and then nothing is an end after all; a doubtful one when the message is shorter than announced. */
  #concludeBody(): void {
    const expectation = this.#due[0];
    if (this.#mode !== 'confirm' || expectation === undefined) return;
    if (this.#bodyBytes < expectation.announcedBytes && Number.isFinite(expectation.announcedBytes))
      this.#isDoubtful = true;
    this.#finishBody();
  }

  #break(error: unknown): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#hooks.broken(error);
  }
}
