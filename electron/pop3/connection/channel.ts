import type { Socket } from 'node:net';
import type { Failure, FailureStep } from '../../../shared/failure.ts';
import type { Expectation } from '../replies/expectation.ts';
import { Pop3SessionError } from '../replies/failure.ts';
import { refusalFailure } from '../replies/refusal.ts';
import { ReplyReader } from '../replies/reply-reader.ts';
import { parseStatus } from '../replies/status.ts';
import type { CommandLine } from './command-line.ts';
import { networkFailure } from './network-failure.ts';
import { Secrets } from './secrets.ts';
import { SilenceWatch } from './silence-watch.ts';
import type { Pop3Timeouts } from './timeouts.ts';
import type { Transcript } from './transcript.ts';

/*
 * The room `connection`: from a host name to commands and their replies.
 * - With STARTTLS nothing but CAPA, STLS and QUIT is said before TLS. Bytes that follow STLS's +OK end the attempt.
 * - A connection closes once, for one reason, and every reply that was due fails with it.
 * - A secret is marked where its command is made, and hidden wherever the server repeats it (secrets.ts).
 */

/** What a channel needs to know. */
type ChannelOptions = {
  /** What every failure says of where it happened. */
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly socket: Socket;
  readonly timeouts: Pop3Timeouts;
  readonly transcript: Transcript;
  readonly signal: AbortSignal | undefined;
  /** Words that must not reach the log or an error even if the server repeats them. */
  readonly secrets: readonly string[];
};

/** One connection: writes commands, reads their replies in order, watches for silence, and closes once. */
export class Channel {
  #socket: Socket;
  readonly #reader: ReplyReader;
  readonly #watch: SilenceWatch;
  readonly #timeouts: Pop3Timeouts;
  readonly endpoint: ChannelOptions['endpoint'];
  readonly #transcript: Transcript;
  readonly #signal: AbortSignal | undefined;
  readonly #secrets: Secrets;
  #closedBy: Pop3SessionError | null = null;
  #dueAtClose = 0;
  #hadDamagedEnd = false;
  #hasSentSecret = false;
  #resolveClosed: () => void = () => undefined;

  /** Resolves when the connection is closed, for whatever reason. */
  readonly closed: Promise<void>;

  constructor(options: ChannelOptions) {
    this.#socket = options.socket;
    this.#timeouts = options.timeouts;
    this.endpoint = options.endpoint;
    this.#transcript = options.transcript;
    this.#signal = options.signal;
    this.#secrets = new Secrets(options.secrets);
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    this.#reader = new ReplyReader({
      // In any line: a server may repeat a password long after the sign-in.
      said: (line) => this.#transcript.add('server', this.#secrets.hideIn(line)),
      broken: (error) => this.#die(error),
      blocked: (isBlocked) => this.#hold(isBlocked),
    });
    this.#watch = new SilenceWatch(this.#reader, options.timeouts, {
      silent: (expectation, limitMs) => this.#endInSilence(expectation, limitMs),
      tailSilent: () => this.#acceptTail(),
    });
    this.#signal?.addEventListener('abort', this.#abort);
    this.#attach(options.socket);
  }

  /** Why the connection is closed; null while it is open. */
  get closedBy(): Pop3SessionError | null {
    return this.#closedBy;
  }

  /** Commands whose replies have not come to their end. */
  get dueCount(): number {
    return this.#reader.due.length;
  }

  /** Commands whose replies were still to come when the connection was closed. */
  get dueAtClose(): number {
    return this.#dueAtClose;
  }

  /** Whether what came last before the close looked like a damaged end of a message. */
  get hadDamagedEnd(): boolean {
    return this.#hadDamagedEnd;
  }

  /** Whether anything has been sent that the log does not show. */
  get hasSentSecret(): boolean {
    return this.#hasSentSecret;
  }

  /** Whether the server has said more than it was asked. */
  get hasStray(): boolean {
    return this.#reader.hasStray;
  }

  /** The socket below; for channel binding only. */
  get socket(): Socket {
    return this.#socket;
  }

  /**
   * Silence allowed while several replies are due, where the server has not shown that it understands several commands
   * at once; null where it has. Milliseconds.
   */
  set pipelineTrialMs(limitMs: number | null) {
    this.#watch.pipelineTrialMs = limitMs;
  }

  /** Waits for the reply to nothing: the greeting. */
  expectGreeting(expectation: Expectation): void {
    this.#expect(expectation);
  }

  /**
   * Writes whole commands in one piece and queues what is to be done with their replies. Throws Pop3SessionError when
   * the connection is closed or the server has spoken without being asked.
   */
  send(lines: readonly CommandLine[], expectations: readonly Expectation[]): void {
    if (this.#closedBy !== null) throw this.#closedBy;
    if (this.#reader.hasStray) throw this.#strayError(expectations[0]?.step ?? 'open');
    for (const { wire, shown, secret = '' } of lines) {
      if (wire !== shown) this.#hasSentSecret = true;
      this.#secrets.add(secret);
      this.#transcript.add('client', shown);
    }
    for (const expectation of expectations) this.#expect(expectation);
    this.#socket.write(lines.map((line) => `${line.wire}\r\n`).join(''), 'utf8');
  }

  /** Puts a note into the log. */
  note(text: string): void {
    this.#transcript.add('note', this.hideSecrets(text));
  }

  /** Notes the size of a body, in our own words alone: no secret can be in them, and there is one for each message. */
  noteBody(words: string): void {
    this.#transcript.add('note', words);
  }

  /** The text without the secrets of this connection; for what a server said and a person may see. */
  hideSecrets(text: string): string {
    return this.#secrets.hideIn(text);
  }

  /**
   * Lets `secure` put TLS on the socket. Throws Pop3SessionError when a byte has come that belongs to no command: it
   * was sent before the encryption and would be taken for something said under it. RFC 2595 §4, RFC 8314 §7.
   */
  async upgrade(secure: (socket: Socket) => Promise<Socket>): Promise<void> {
    if (this.#closedBy !== null) throw this.#closedBy;
    if (this.#reader.hasRest) {
      const failure: Failure = {
        kind: 'encryption-failed',
        step: 'encrypt',
        canRetry: false,
        serverText: this.#reader.strayText,
      };
      throw this.close(failure);
    }
    this.#detach();
    try {
      const secured = await secure(this.#socket);
      if (this.#closedBy !== null) {
        secured.destroy();
        throw this.#closedBy;
      }
      this.#attach(secured);
    } catch (error) {
      throw this.#die(error);
    }
  }

  /** Closes at once and fails whatever is due; returns the error it was closed with. */
  close(failure: Failure): Pop3SessionError {
    return this.#die(new Pop3SessionError(failure));
  }

  /** Closes after a farewell: nothing is wrong. */
  finish(): void {
    this.close({ kind: 'connection-lost', step: 'quit', canRetry: true });
  }

  /** Closes because a handler's own work failed: that error is passed on, and nothing more is read. */
  abandon(error: unknown): Pop3SessionError {
    return this.#die(error);
  }

  readonly #abort = (): void => {
    this.close({ kind: 'cancelled', step: this.#reader.due[0]?.step ?? 'open', canRetry: true });
  };

  #expect(expectation: Expectation): void {
    this.#reader.expect(expectation);
    if (this.#reader.due.length === 1) this.#watch.begin(expectation.timeoutMs);
  }

  #attach(socket: Socket): void {
    this.#socket = socket;
    socket.on('data', this.#heard);
    socket.on('end', this.#ended);
    socket.on('error', this.#failed);
    socket.on('close', this.#ended);
    socket.resume();
  }

  #detach(): void {
    const socket = this.#socket;
    socket.pause();
    socket.off('data', this.#heard);
    socket.off('end', this.#ended);
    socket.off('close', this.#ended);
  }

  readonly #heard = (chunk: Buffer): void => {
    this.#watch.hear();
    this.#reader.feed(chunk);
    if (this.#closedBy === null) this.#watch.watchTail();
  };

  readonly #ended = (): void => {
    if (this.#closedBy !== null) return;
    this.#reader.end();
    if (this.#closedBy !== null || this.#reader.due.length > 0) return;
    // Hung up while nothing was asked: whoever waits for `closed` learns of it now and not at the next command.
    if (this.#reader.hasStray) this.#strayError('open');
    else this.close({ kind: 'connection-lost', step: 'open', canRetry: true });
  };

  readonly #failed = (error: Error): void => {
    if (this.#closedBy !== null) return;
    this.#reader.conclude();
    const step = this.#reader.due[0]?.step ?? 'open';
    this.#die(new Pop3SessionError(networkFailure(error, step, this.#timeouts.idleMs), { cause: error }));
  };

  #hold(isBlocked: boolean): void {
    if (this.#closedBy !== null) return;
    if (isBlocked) {
      this.#socket.pause();
      this.#watch.pause();
      return;
    }
    this.#watch.resume();
    this.#socket.resume();
  }

  #acceptTail(): void {
    this.note('silence after a damaged end: taken as the end, and doubtful');
    this.#reader.acceptTail();
  }

  #endInSilence({ step }: Expectation, limitMs: number): void {
    if (this.#closedBy !== null) return;
    this.#reader.conclude();
    this.close(
      step === 'greeting' && !this.#watch.hasHeard
        ? { kind: 'not-pop3', found: 'silence', step, canRetry: true }
        : { kind: 'timeout', timeoutMs: limitMs, step, canRetry: true },
    );
  }

  /** The server spoke while nothing was asked: most often a farewell before it hangs up. */
  #strayError(step: FailureStep): Pop3SessionError {
    const text = this.#reader.strayText;
    const status = parseStatus(Buffer.from(text, 'utf8'));
    const failure: Failure =
      status?.isOk === false
        ? { ...refusalFailure(status, step), kind: 'connection-lost', canRetry: true }
        : { kind: 'protocol', step, canRetry: true, serverText: text };
    return this.close(failure);
  }

  #die(error: unknown): Pop3SessionError {
    if (this.#closedBy !== null) return this.#closedBy;
    const isOurs = error instanceof Pop3SessionError;
    const failure: Failure = isOurs ? error.failure : { kind: 'connection-lost', canRetry: true };
    const { serverText } = failure;
    const closing = new Pop3SessionError(
      {
        ...failure,
        ...(serverText === undefined ? {} : { serverText: this.hideSecrets(serverText) }),
        ...this.endpoint,
      },
      { cause: isOurs ? error.cause : error },
    );
    this.#closedBy = closing;
    this.#dueAtClose = this.#reader.due.length;
    this.#hadDamagedEnd = this.#reader.looksEnded;
    this.#watch.stop();
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#socket.destroy();
    this.note(`closed: ${closing.message}`);
    for (const expectation of this.#reader.stop()) expectation.fail(isOurs ? closing : error);
    this.#resolveClosed();
    return closing;
  }
}
