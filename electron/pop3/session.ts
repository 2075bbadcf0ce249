import type { Failure } from '../../shared/failure.ts';
import type { Uidl } from '../../shared/ids.ts';
import type { MaildropStamp } from '../../shared/maildrop-stamp.ts';
import type { ServerQuirks } from '../../shared/server-quirks.ts';
import type { SignInMethod } from './authentication/choose-mechanism.ts';
import type { Channel } from './connection/channel.ts';
import { plainCommand } from './connection/command-line.ts';
import { ask, exchange, refusal } from './connection/exchange.ts';
import { pipelined } from './connection/pipelining.ts';
import type { SessionTools } from './connection/session-tools.ts';
import { defaultTimeouts, type Pop3Timeouts } from './connection/timeouts.ts';
import type { TlsFacts } from './connection/tls.ts';
import { Turns } from './connection/turns.ts';
import { type DeletionSummary, deleteAll } from './maildrop/deletion.ts';
import { listOnce } from './maildrop/list-once.ts';
import type { Listing } from './maildrop/listing.ts';
import { isUnchangedSince } from './maildrop/maildrop-stamp.ts';
import type { MaildropEntry } from './maildrop/maildrop-table.ts';
import { askLast, askSize, askStat, askTop, askUidl } from './maildrop/questions.ts';
import { retrieveAll, type WireRequest } from './maildrop/retrieval.ts';
import type {
  RetrievalOptions,
  RetrievalRequest,
  RetrievalSink,
  RetrievalSummary,
} from './maildrop/retrieval-sink.ts';
import { checkOptions, type Opened, openOnce } from './opening.ts';
import type { Pop3Options } from './options.ts';
import { Reopening } from './reopening.ts';
import type { Capabilities } from './replies/capabilities.ts';
import { Pop3Refusal, Pop3SessionError } from './replies/failure.ts';
import { statusText } from './replies/status.ts';
import { askLanguages, sendTyped } from './typed-command.ts';

/*
 * How this room works.
 *
 * Each sub-room knows only those before it: `wire` (bytes of a reply), `replies` (what a server says), `connection`
 * (sockets, TLS, one command and its reply), then side by side `authentication` and `maildrop` (listing, retrieval,
 * deletion). The files at the top open a session, hold it and probe a server.
 *
 * A session is a channel (channel.ts: one socket, its timers, its log) and a reader (reply-reader.ts: bytes to replies,
 * with no clock and no socket). Each command that goes out leaves an Expectation behind; the reader gives the bytes that
 * come to the expectations in their order, as they come, so that a message passes from the socket to the sink without
 * being copied or cut into lines (framing.ts).
 *
 * What must hold:
 * - Nothing is guessed. Where replies could be out of step the session ends (Pop3SessionError); where only the end of one
 *   message is unsure, that message is `doubtful` and must not be deleted on the server by itself.
 * - An end mark counts when the next reply begins behind it. That is why every retrieval ends in a command that changes
 *   nothing: it proves the end of the last message, too.
 * - A refusal (Pop3Refusal) leaves the session as it was. After any other failure the socket is closed; without QUIT a
 *   server keeps every message.
 * - Several commands are in flight only where the server announced PIPELINING, never across AUTH, STLS, UTF8 and QUIT. A
 *   stall teaches `quirks.pipelining = false`, at once where it never worked, else after three in a row (pipelining.ts).
 *   Whoever owns the account keeps the quirks for the next session, dates them, and forgets the bad ones after a day.
 * - Secrets are blotted out where a command is made (`CommandLine.shown`), so that no later place can forget to.
 *
 * A new server habit gets a scripted case in test/pop3/ first. What must be remembered of it goes into
 * shared/server-quirks.ts.
 */

/** Where a session stands: RFC 1939 §3. `authorization` is over before a caller sees it. */
export type SessionState = 'transaction' | 'update' | 'closed';

/** What became of the deletions when the session was closed with QUIT. */
export type QuitOutcome = {
  /** `applied`: +OK; `refused`: -ERR, some messages are still there; `unknown`: no answer came. RFC 1939 §6. */
  readonly outcome: 'applied' | 'refused' | 'unknown';
  readonly failure?: Failure;
};

/** A message whose first lines are wanted. */
export type TopRequest = { readonly number: number; readonly lines: number };

/** How often an idle session says NOOP, milliseconds; servers that hang up early do so after 30 s. */
const keepAliveMs = 15_000;

/**
 * Opens a session: connect, greeting, CAPA, STLS, UTF8, sign-in, CAPA. Connects again where the session before broke off
 * and taught something, see reopening.ts. Throws Pop3SessionError.
 */
export async function openPop3Session(options: Pop3Options): Promise<Pop3Session> {
  checkOptions(options);
  const quirks: ServerQuirks = { ...options.quirks };
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const reopening = new Reopening(quirks);
  while (true) {
    try {
      return new Pop3Session(await openOnce(options, quirks), quirks, timeouts);
    } catch (error) {
      const why = reopening.after(error);
      options.transcript?.add('note', why);
    }
  }
}

/**
 * One signed-in POP3 session. Its commands run one after another in the order of the calls. Each throws Pop3Refusal
 * when the server refuses it (the session lives) and Pop3SessionError when the session is over.
 */
export class Pop3Session {
  readonly #channel: Channel;
  readonly #tools: SessionTools;
  readonly #pending = new Set<number>();
  readonly #turns = new Turns();
  #state: SessionState = 'transaction';
  #asking: Promise<Listing> | null = null;
  #listing: Listing | null = null;
  #hasAskedUidlOfOne = false;

  readonly mechanismUsed: SignInMethod;
  /** The greeting's words, cleaned. */
  readonly greeting: string;
  /** What is known of the encryption and the certificate; null without encryption. */
  readonly tls: TlsFacts | null;
  /** Resolves when the connection is closed, by whichever side. */
  readonly closed: Promise<void>;

  constructor(opened: Opened, quirks: ServerQuirks, timeouts: Pop3Timeouts) {
    const { channel, capabilities } = opened;
    this.#channel = channel;
    this.#tools = { channel, capabilities, quirks, timeouts };
    this.mechanismUsed = opened.method;
    this.greeting = statusText(opened.greeting);
    this.tls = opened.tls;
    this.closed = channel.closed;
  }

  /** As the latest CAPA had them; `isKnown` is false for a server without CAPA. */
  get capabilities(): Capabilities {
    return this.#tools.capabilities;
  }

  /** What has been learned of this server so far; to be given to its next session. */
  get quirks(): Readonly<ServerQuirks> {
    return this.#tools.quirks;
  }

  get state(): SessionState {
    return this.#channel.closedBy === null ? this.#state : 'closed';
  }

  /** Messages whose DELE has gone out and has not been refused or taken back. */
  get pendingDeletions(): ReadonlySet<number> {
    return this.#pending;
  }

  /** What did not fit together in the listing, in words for the log. */
  get disagreements(): readonly string[] {
    return this.#listing?.disagreements ?? [];
  }

  /** A later session can tell by it that the maildrop is as it was listed here; null where that is not certain. */
  get stamp(): MaildropStamp | null {
    return this.#listing?.stamp ?? null;
  }

  /**
   * Whether the maildrop is as an earlier session listed it, without listing it again: 100,000 messages would be
   * megabytes. False where this server cannot be asked so.
   */
  async isUnchangedSince(stamp: MaildropStamp): Promise<boolean> {
    const { quirks, timeouts } = this.#tools;
    if (quirks.uidlOfOne === false || quirks.uidl === false) return false;
    this.#hasAskedUidlOfOne = true;
    const timeoutMs = timeouts.replyMs;
    return await this.#inTurnPipelined(
      async (isPipelined) => await isUnchangedSince(this.#channel, stamp, { isPipelined, timeoutMs, quirks }),
    );
  }

  /** Counts the messages that no DELE has marked. RFC 1939 §5. */
  async stat(): Promise<{ readonly count: number; readonly sizeBytes: number }> {
    return await this.#inTurn(async () => await askStat(this.#tools));
  }

  /**
   * Everything in the maildrop, in the server's order: asked once, before any deletion, and remembered, since there are
   * servers that renumber.
   */
  async listing(): Promise<readonly MaildropEntry[]> {
    this.#asking ??= this.#inTurn(async () => {
      if (this.#pending.size > 0) throw new Error('the listing must be read before anything is deleted');
      this.#listing = await listOnce(this.#tools, this.#hasAskedUidlOfOne);
      return this.#listing;
    });
    try {
      return (await this.#asking).entries;
    } catch (error) {
      if (error instanceof Pop3Refusal) this.#asking = null;
      throw error;
    }
  }

  /**
   * Fetches messages, as many commands in flight as the server allows. Refused ones are told to the sink and hold up
   * nothing. Throws Pop3SessionError when the connection breaks, or the sink's own error, after which the session is
   * closed.
   */
  async retrieve(
    requests: Iterable<RetrievalRequest>,
    sink: RetrievalSink,
    options: RetrievalOptions = {},
  ): Promise<RetrievalSummary> {
    return await this.#fetch(retrievals(requests), sink, true, options);
  }

  /** Fetches headers and first lines of many messages, as `retrieve` does whole ones. RFC 1939 §7, TOP. */
  async topMany(
    requests: Iterable<TopRequest>,
    sink: RetrievalSink,
    options: RetrievalOptions = {},
  ): Promise<RetrievalSummary> {
    return await this.#fetch(tops(requests), sink, false, options);
  }

  async #fetch(
    requests: Iterable<WireRequest>,
    sink: RetrievalSink,
    sizesAreWhole: boolean,
    { signal, isAlone = false, isHurried = false }: RetrievalOptions,
  ): Promise<RetrievalSummary> {
    const { firstByteMs, replyMs, patienceMs, promptMs } = this.#tools.timeouts;
    return await this.#inTurnPipelined(
      async (isPipelined) =>
        await this.#cancellable(signal, () =>
          retrieveAll(this.#channel, requests, sink, {
            isPipelined: isPipelined && !isAlone,
            patience: isHurried ? { silentMs: patienceMs, promptMs } : null,
            step: 'download',
            firstByteMs,
            replyMs,
            sizesAreWhole,
            hasPlainStat: this.#listing?.hasPlainStat ?? false,
          }),
        ),
      'of fetching',
    );
  }

  /** The headers and the first lines of one message. RFC 1939 §7, TOP. */
  async top(number: number, lines: number): Promise<Uint8Array> {
    return await this.#inTurn(async () => await askTop(this.#tools, number, lines));
  }

  /**
   * Marks messages as deleted; nothing is gone before QUIT. Those already marked are left out. An aborted signal stops
   * it between two commands, or two windows of them, and leaves the session open. RFC 1939 §5, DELE.
   */
  async delete(
    numbers: readonly number[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<DeletionSummary> {
    const timeoutMs = this.#tools.timeouts.replyMs;
    return await this.#inTurnPipelined(
      async (isPipelined) =>
        await deleteAll(this.#channel, numbers, this.#pending, { ...options, isPipelined, timeoutMs }),
    );
  }

  /** Takes back every deletion of this session; they are pending until the server has said +OK. RFC 1939 §5, RSET. */
  async rset(): Promise<void> {
    const options = { step: 'delete', timeoutMs: this.#tools.timeouts.replyMs } as const;
    await this.#inTurn(async () => {
      await ask(this.#channel, plainCommand('RSET'), options);
      this.#pending.clear();
    });
  }

  /** Does nothing, but shows the server that somebody is there. */
  async noop(): Promise<void> {
    const options = { step: 'open', timeoutMs: this.#tools.timeouts.replyMs } as const;
    await this.#inTurn(async () => await ask(this.#channel, plainCommand('NOOP'), options));
  }

  /** The highest message number fetched so far as the server remembers it; null where LAST is not known. RFC 1225. */
  async last(): Promise<number | null> {
    return await this.#inTurn(async () => await askLast(this.#tools));
  }

  /** The id of one message; null when the server's answer holds none. */
  async uidl(number: number): Promise<Uidl | null> {
    return await this.#inTurn(async () => await askUidl(this.#tools, number));
  }

  /** The size of one message as the server says it; null when its answer holds none. Bytes. */
  async list(number: number): Promise<number | null> {
    return await this.#inTurn(async () => await askSize(this.#tools, number));
  }

  /** The languages the server can speak, one line each, or with a tag its confirmation. RFC 6856 §3. */
  async lang(tag?: string): Promise<readonly string[]> {
    return await this.#inTurn(async () => await askLanguages(this.#tools, tag));
  }

  /** Sends one of the commands that are safe to send by hand and gives the reply's text. Throws on any other. */
  async raw(line: string): Promise<string> {
    return await this.#inTurn(async () => await sendTyped(this.#tools, line, () => this.#pending.clear()));
  }

  /** Says NOOP whenever nothing is being asked, every 15 s unless told otherwise, until the function returned is called or it is closed. */
  keepAlive(intervalMs: number = keepAliveMs): () => void {
    const timer = setInterval(() => {
      // A failure shows in `closed`, and at the next command.
      if (this.#turns.isIdle && this.state === 'transaction') this.noop().catch(() => undefined);
    }, intervalMs);
    const stop = (): void => clearInterval(timer);
    void this.closed.then(stop);
    return stop;
  }

  /** Ends the session so that the deletions are applied, and says whether they were. Never throws for the server's part. */
  async quit(): Promise<QuitOutcome> {
    const options = { step: 'quit', timeoutMs: this.#tools.timeouts.replyMs } as const;
    return await this.#inTurn(async () => {
      this.#state = 'update';
      try {
        const { status } = await exchange(this.#channel, plainCommand('QUIT'), options);
        this.#channel.finish();
        if (status.isOk) return { outcome: 'applied' };
        return { outcome: 'refused', failure: refusal(this.#channel, status, 'quit').failure };
      } catch (error) {
        if (!(error instanceof Pop3SessionError)) throw error;
        return { outcome: this.#pending.size === 0 ? 'applied' : 'unknown', failure: error.failure };
      }
    });
  }

  /** Closes at once without QUIT: the server keeps every message. */
  close(): void {
    this.#channel.close({ kind: 'cancelled', canRetry: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  /** Runs one piece of work after those before it. */
  async #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    return await this.#turns.take(async () => {
      if (this.#state !== 'transaction') throw new Error('no command may follow QUIT');
      return await work();
    });
  }

  /** As `#inTurn`, for work that may have several commands in flight. */
  async #inTurnPipelined<Value>(
    work: (isPipelined: boolean) => Promise<Value>,
    proof: 'of fetching' | 'of being understood' = 'of being understood',
  ): Promise<Value> {
    return await this.#inTurn(async () => await pipelined(this.#tools, proof, work));
  }

  async #cancellable<Value>(signal: AbortSignal | undefined, work: () => Promise<Value>): Promise<Value> {
    const cancel = (): void => {
      this.#channel.close({ kind: 'cancelled', step: 'download', canRetry: true });
    };
    if (signal?.aborted === true) cancel();
    signal?.addEventListener('abort', cancel);
    try {
      return await work();
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }
}

function* retrievals(requests: Iterable<RetrievalRequest>): Iterable<WireRequest> {
  for (const { number, sizeBytes } of requests) yield { number, sizeBytes, command: `RETR ${number}` };
}

function* tops(requests: Iterable<TopRequest>): Iterable<WireRequest> {
  for (const { number, lines } of requests) yield { number, sizeBytes: 0, command: `TOP ${number} ${lines}` };
}
