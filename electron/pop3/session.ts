import type { Failure, FailureStep } from '../../shared/failure.ts';
import type { MaildropStamp } from '../../shared/maildrop-stamp.ts';
import type { Uidl } from '../../shared/model.ts';
import { isSafeCommandLine } from '../../shared/safe-commands.ts';
import type { ServerQuirks } from '../../shared/server-quirks.ts';
import type { SignInMethod } from './authentication/choose-mechanism.ts';
import type { Channel } from './connection/channel.ts';
import { ask, exchange, plainCommand, type Reply, refusal } from './connection/exchange.ts';
import { pipelined } from './connection/pipelining.ts';
import { defaultTimeouts, type Pop3Timeouts } from './connection/timeouts.ts';
import type { TlsFacts } from './connection/tls.ts';
import { Turns } from './connection/turns.ts';
import { type DeletionSummary, deleteAll } from './maildrop/deletion.ts';
import { type Listing, readListing, readOneUidl, readStat } from './maildrop/listing.ts';
import { isUnchangedSince } from './maildrop/maildrop-stamp.ts';
import type { MaildropEntry } from './maildrop/maildrop-table.ts';
import {
  type RetrievalRequest,
  type RetrievalSink,
  type RetrievalSummary,
  retrieveAll,
  type WireRequest,
} from './maildrop/retrieval.ts';
import { checkOptions, type Opened, openOnce } from './opening.ts';
import type { Pop3Options } from './options.ts';
import type { Capabilities } from './replies/capabilities.ts';
import { Pop3Refusal, Pop3SessionError } from './replies/failure.ts';
import { refusesCommand } from './replies/refusal.ts';
import { cleanServerText, decodeServerBytes } from './replies/server-text.ts';
import { statusText } from './replies/status.ts';
import { languageLimitBytes, topLimitBytes } from './wire/limits.ts';

/*
 * How this room works.
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
 *   stall teaches `quirks.pipelining = false`; whoever owns the account keeps the quirks for the next session.
 * - Secrets are blotted out where a command is made (`CommandLine.shown`), so that no later place can forget to.
 *
 * A new server habit gets a scripted case in test/pop3/ first; what must be remembered of it goes into shared/server-quirks.ts.
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

/** Most of one reply shown in the protocol panel, characters. */
const rawReplyLimit = 256 * 1024;

/**
 * Opens a session: connect, greeting, CAPA, STLS, UTF8, sign-in, CAPA. A server that breaks off at CAPA is tried once
 * more without it. Throws Pop3SessionError.
 */
export async function openPop3Session(options: Pop3Options): Promise<Pop3Session> {
  checkOptions(options);
  const quirks: ServerQuirks = { ...options.quirks };
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  try {
    return new Pop3Session(await openOnce(options, quirks), quirks, timeouts);
  } catch (error) {
    if (quirks.capa === false || !brokeAtCapabilities(error)) throw error;
    quirks.capa = false;
    options.transcript?.add('note', 'once more without CAPA');
    return new Pop3Session(await openOnce(options, quirks), quirks, timeouts);
  }
}

function brokeAtCapabilities(error: unknown): boolean {
  if (!(error instanceof Pop3SessionError) || error.failure.step !== 'capabilities') return false;
  return ['timeout', 'connection-lost', 'protocol'].includes(error.failure.kind);
}

/**
 * One signed-in POP3 session. Its commands run one after another in the order of the calls. Each throws Pop3Refusal
 * when the server refuses it (the session lives) and Pop3SessionError when the session is over.
 */
export class Pop3Session {
  readonly #channel: Channel;
  readonly #timeouts: Pop3Timeouts;
  readonly #quirks: ServerQuirks;
  readonly #pending = new Set<number>();
  readonly #turns = new Turns();
  #state: SessionState = 'transaction';
  #listing: Promise<Listing> | null = null;
  #disagreements: readonly string[] = [];
  #hasPlainStat = false;
  #stamp: MaildropStamp | null = null;
  #hasAskedUidlOfOne = false;

  /** As the latest CAPA had them; `isKnown` is false for a server without CAPA. */
  readonly capabilities: Capabilities;
  readonly mechanismUsed: SignInMethod;
  /** The greeting's words, cleaned. */
  readonly greeting: string;
  /** What is known of the encryption and the certificate; null without encryption. */
  readonly tls: TlsFacts | null;
  /** Resolves when the connection is closed, by whichever side. */
  readonly closed: Promise<void>;

  constructor(opened: Opened, quirks: ServerQuirks, timeouts: Pop3Timeouts) {
    this.#channel = opened.channel;
    this.capabilities = opened.capabilities;
    this.#quirks = quirks;
    this.#timeouts = timeouts;
    this.mechanismUsed = opened.method;
    this.greeting = statusText(opened.greeting);
    this.tls = opened.tls;
    this.closed = opened.channel.closed;
  }

  /** What has been learned of this server so far; to be given to its next session. */
  get quirks(): Readonly<ServerQuirks> {
    return this.#quirks;
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
    return this.#disagreements;
  }

  /** By what a later session can tell that the maildrop is as it was listed here; null where that is not certain. */
  get stamp(): MaildropStamp | null {
    return this.#stamp;
  }

  /**
   * Whether the maildrop is as an earlier session listed it, without listing it again: 100,000 messages would be
   * megabytes. False where this server cannot be asked so.
   */
  async isUnchangedSince(stamp: MaildropStamp): Promise<boolean> {
    if (this.#quirks.uidlOfOne === false || this.#quirks.uidl === false) return false;
    this.#hasAskedUidlOfOne = true;
    return await this.#inTurn(
      async () =>
        await this.#pipelined(
          async (isPipelined) =>
            await isUnchangedSince(this.#channel, stamp, {
              isPipelined,
              timeoutMs: this.#timeouts.replyMs,
              quirks: this.#quirks,
            }),
        ),
    );
  }

  /** Counts the messages that are not marked as deleted. RFC 1939 §5. */
  async stat(): Promise<{ readonly count: number; readonly sizeBytes: number }> {
    return await this.#inTurn(async () => {
      const { status } = await this.#ask('STAT', 'list');
      const stat = readStat(status);
      if (stat === null)
        throw this.#channel.close({
          kind: 'protocol',
          step: 'list',
          canRetry: true,
          serverText: statusText(status),
        });
      return { count: stat.count, sizeBytes: stat.sizeBytes ?? 0 };
    });
  }

  /**
   * Everything in the maildrop, in the server's order: asked once, before any deletion, and remembered, since there are
   * servers that renumber.
   */
  async listing(): Promise<readonly MaildropEntry[]> {
    this.#listing ??= this.#inTurn(async () => await this.#readListing());
    try {
      return (await this.#listing).entries;
    } catch (error) {
      if (error instanceof Pop3Refusal) this.#listing = null;
      throw error;
    }
  }

  async #readListing(): Promise<Listing> {
    if (this.#pending.size > 0) throw new Error('the listing must be read before anything is deleted');
    const isKnownToWork = this.capabilities.uidl || this.#quirks.uidl === true;
    const listing = await this.#afterUidlOfOne(() =>
      this.#pipelined(
        async (isPipelined) =>
          await readListing(this.#channel, {
            isPipelined,
            uidl: isKnownToWork ? 'yes' : this.#quirks.uidl === false ? 'no' : 'probe',
            timeoutMs: this.#timeouts.replyMs,
            brokeAtUidl: () => {
              // It was only a guess that UIDL might be there; the next session leaves it out.
              if (!isKnownToWork) this.#quirks.uidl = false;
            },
          }),
      ),
    );
    if (listing.hasUidl !== undefined) this.#quirks.uidl = listing.hasUidl;
    this.#disagreements = listing.disagreements;
    this.#hasPlainStat = listing.hasPlainStat;
    this.#stamp = listing.stamp;
    for (const words of listing.disagreements) this.#channel.note(words);
    return listing;
  }

  /**
   * A server that answers UIDL with a number by all ids, after whatever words, is found out only here, by the lines that
   * nobody waits for: that is not pipelining's fault, nor that of UIDL as such.
   */
  async #afterUidlOfOne<Value>(work: () => Promise<Value>): Promise<Value> {
    const before = { ...this.#quirks };
    try {
      return await work();
    } catch (error) {
      const isMuddle = error instanceof Pop3SessionError && error.failure.kind === 'protocol';
      if (!isMuddle || !this.#hasAskedUidlOfOne) throw error;
      if (before.pipelining === true) this.#quirks.pipelining = true;
      this.#quirks.uidlOfOne = false;
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
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<RetrievalSummary> {
    return await this.#fetch(retrievals(requests), sink, true, options.signal);
  }

  /** Fetches headers and first lines of many messages, as `retrieve` does whole ones. RFC 1939 §7, TOP. */
  async topMany(
    requests: Iterable<TopRequest>,
    sink: RetrievalSink,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<RetrievalSummary> {
    return await this.#fetch(tops(requests), sink, false, options.signal);
  }

  async #fetch(
    requests: Iterable<WireRequest>,
    sink: RetrievalSink,
    sizesAreWhole: boolean,
    signal: AbortSignal | undefined,
  ): Promise<RetrievalSummary> {
    return await this.#inTurn(
      async () =>
        await this.#cancellable(signal, async () =>
          this.#pipelined(
            async (isPipelined) =>
              await retrieveAll(this.#channel, requests, sink, {
                isPipelined,
                step: 'download',
                firstByteMs: this.#timeouts.firstByteMs,
                replyMs: this.#timeouts.replyMs,
                sizesAreWhole,
                hasPlainStat: this.#hasPlainStat,
              }),
          ),
        ),
    );
  }

  /** The headers and the first lines of one message. RFC 1939 §7, TOP. */
  async top(number: number, lines: number): Promise<Uint8Array> {
    return await this.#inTurn(async () => {
      const { status, body } = await exchange(this.#channel, plainCommand(`TOP ${number} ${lines}`), {
        step: 'download',
        timeoutMs: this.#timeouts.firstByteMs,
        bodyLimitBytes: topLimitBytes,
      });
      if (status.isOk) this.#quirks.top = true;
      else if (!this.capabilities.top && refusesCommand(status)) this.#quirks.top = false;
      if (!status.isOk) throw refusal(this.#channel, status, 'download');
      return body;
    });
  }

  /** Marks messages as deleted; nothing is gone before QUIT. Those already marked are left out. RFC 1939 §5, DELE. */
  async delete(numbers: readonly number[]): Promise<DeletionSummary> {
    return await this.#inTurn(
      async () =>
        await this.#pipelined(async (isPipelined) =>
          deleteAll(this.#channel, numbers, this.#pending, {
            isPipelined,
            timeoutMs: this.#timeouts.replyMs,
          }),
        ),
    );
  }

  /** Takes back every deletion of this session; they are pending until the server has said +OK. RFC 1939 §5, RSET. */
  async rset(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#ask('RSET', 'delete');
      this.#pending.clear();
    });
  }

  /** Does nothing, but shows the server that somebody is there. */
  async noop(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#ask('NOOP', 'open');
    });
  }

  /** The highest message number fetched so far as the server remembers it; null where LAST is not known. RFC 1225. */
  async last(): Promise<number | null> {
    return await this.#inTurn(async () => {
      const { status } = await this.#exchange('LAST', 'list');
      const match = status.isOk ? /^\s*(\d{1,9})/.exec(statusText(status)) : null;
      this.#quirks.last = match !== null;
      return match === null ? null : Number(match[1]);
    });
  }

  /** The id of one message; null when the server's answer holds none. */
  async uidl(number: number): Promise<Uidl | null> {
    return await this.#inTurn(async () => {
      return readOneUidl((await this.#ask(`UIDL ${number}`, 'list')).status);
    });
  }

  /** The size of one message as the server says it; null when its answer holds none. Bytes. */
  async list(number: number): Promise<number | null> {
    return await this.#inTurn(async () => {
      const { status } = await this.#ask(`LIST ${number}`, 'list');
      const match = /^\s*\d+\s+(\d{1,15})/.exec(statusText(status));
      return match === null ? null : Number(match[1]);
    });
  }

  /** The languages the server can speak, one line each, or with a tag its confirmation. RFC 6856 §3. */
  async lang(tag?: string): Promise<readonly string[]> {
    if (tag !== undefined && !/^[A-Za-z0-9*-]{1,64}$/.test(tag)) throw new Error('not a language tag');
    return await this.#inTurn(async () => {
      if (tag !== undefined) return [statusText((await this.#ask(`LANG ${tag}`, 'open')).status)];
      return cleanLines((await this.#ask('LANG', 'open', languageLimitBytes)).body);
    });
  }

  /** Sends one of the commands that are safe to send by hand and gives the reply's text. Throws on any other. */
  async raw(line: string): Promise<string> {
    const command = line.trim().toUpperCase();
    if (!isSafeCommandLine(command))
      throw new Error('only STAT, LIST, NOOP, LAST, UIDL, CAPA, TOP and RSET may be sent');
    const [verb, ...words] = command.split(' ');
    const hasBody =
      verb === 'CAPA' || verb === 'TOP' || ((verb === 'LIST' || verb === 'UIDL') && words.length === 0);
    return await this.#inTurn(async () => {
      const { status, body } = await this.#exchange(command, 'open', hasBody ? topLimitBytes : undefined);
      if (verb === 'RSET' && status.isOk) this.#pending.clear();
      const lines = [`${status.isOk ? '+OK' : '-ERR'} ${statusText(status)}`.trim(), ...cleanLines(body)];
      return lines.join('\n').slice(0, rawReplyLimit);
    });
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
    return await this.#inTurn(async () => {
      this.#state = 'update';
      try {
        const { status } = await this.#exchange('QUIT', 'quit');
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

  async #ask(command: string, step: FailureStep, bodyLimitBytes?: number): Promise<Reply> {
    return await ask(this.#channel, plainCommand(command), this.#replyOptions(step, bodyLimitBytes));
  }

  async #exchange(command: string, step: FailureStep, bodyLimitBytes?: number): Promise<Reply> {
    return await exchange(this.#channel, plainCommand(command), this.#replyOptions(step, bodyLimitBytes));
  }

  #replyOptions(step: FailureStep, bodyLimitBytes: number | undefined) {
    const options = { step, timeoutMs: this.#timeouts.replyMs };
    return bodyLimitBytes === undefined ? options : { ...options, bodyLimitBytes };
  }

  /** Runs one piece of work after those before it. */
  async #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    return await this.#turns.take(async () => {
      if (this.#state !== 'transaction') throw new Error('no command may follow QUIT');
      return await work();
    });
  }

  async #pipelined<Value>(work: (isPipelined: boolean) => Promise<Value>): Promise<Value> {
    return await pipelined(this.#channel, this.capabilities, this.#quirks, work);
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

function cleanLines(body: Uint8Array): string[] {
  return decodeServerBytes(body)
    .split('\n')
    .map((line) => cleanServerText(line))
    .filter((line) => line !== '');
}
