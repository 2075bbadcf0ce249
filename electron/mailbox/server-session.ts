import type { Failure } from '../../shared/failure.ts';
import type { Account, MessageId, MessageSummary } from '../../shared/model.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { ServerRow, ServerView } from '../../shared/server-view.ts';
import { summariseHeaders } from '../message/summarise.ts';
import type { Pop3Session } from '../pop3/session.ts';
import type { Transcript } from '../pop3/transcript.ts';
import { type Applied, applyPlan } from './apply-plan.ts';
import { fetchHeaders } from './fetch-headers.ts';
import { identify } from './identify.ts';
import { failureBehind, type MaildropTools, openMaildrop, rememberServer } from './maildrop-session.ts';
import { type NewRow, ServerRows } from './server-rows.ts';

/** Headers are asked for in batches of this many, so that a preview or a plan never waits long for its turn. */
const headerBatch = 40;
/** While headers arrive the window is told no more often than this; each report costs it a repaint. */
const reportEveryMs = 100;
/** Lines of the body in a preview. */
const previewLines = 60;

/** Whom the view tells of what changes. */
export type ServerSessionEvents = {
  onChanged(view: ServerView): void;
  onHeaders(rows: readonly ServerRow[]): void;
};

/**
 * The live maildrop behind the server view: one open session, the rows, and the plan. Nothing on the server changes
 * before `apply`; a session that breaks keeps the plan, and opening again finds it.
 */
export class ServerSession {
  readonly rows = new ServerRows();
  readonly #tools: MaildropTools;
  readonly #account: Account;
  readonly #transcript: Transcript;
  readonly #events: ServerSessionEvents;
  readonly #closing = new AbortController();
  #session: Pop3Session | null = null;
  #lock: Disposable | null = null;
  #connection: ServerView['connection'] = 'closed';
  #failure: Failure | null = null;
  #applied: Applied | null = null;
  #undoAsked = false;
  #opening: Promise<Result<ServerView, Failure>> | null = null;
  #wanted: string[] = [];
  /** Keys whose headers may be missing, newest first, and how far they have been gone through. */
  #queue: readonly string[] = [];
  #queuePosition = 0;
  #arrivedHeaders: string[] = [];
  #reportTimer: NodeJS.Timeout | null = null;
  #fetchesHeaders = true;
  #headerWork: Promise<void> | null = null;
  #triedHeaders = new Set<string>();

  constructor(tools: MaildropTools, account: Account, transcript: Transcript, events: ServerSessionEvents) {
    this.#tools = tools;
    this.#account = account;
    this.#transcript = transcript;
    this.#events = events;
  }

  /** Opens, or opens again after the session was lost; waits for a check that is running. */
  open(): Promise<Result<ServerView, Failure>> {
    if (this.#session !== null) return Promise.resolve(ok(this.view()));
    // Two windows, or one that was loaded again, ask for the same session: there is one maildrop to lock.
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #open(): Promise<Result<ServerView, Failure>> {
    this.#set({ connection: 'connecting', failure: null });
    try {
      this.#lock ??= await this.#tools.locks.acquire(this.#account.id, this.#closing.signal);
      const session = await openMaildrop(this.#tools, this.#account, {
        signal: this.#closing.signal,
        transcript: this.#transcript,
      });
      if (this.#closing.signal.aborted) session.close();
      this.#session = session;
      await this.#list(session);
      rememberServer(this.#tools, this.#account.server, session);
      session.keepAlive();
      void session.closed.then(() => this.#lost(session));
      this.#set({ connection: 'open', failure: null });
      this.#fetchHeaders();
      return ok(this.view());
    } catch (error) {
      return failed(this.#broken(error));
    }
  }

  /** What the window shows above the rows. */
  view(): ServerView {
    return {
      accountId: this.#account.id,
      connection: this.#connection,
      failure: this.#failure,
      count: this.rows.size,
      sizeBytes: this.rows.sizeBytes(),
      headersDone: this.rows.size - this.rows.unknown,
      isFetchingHeaders: this.#headerWork !== null,
      plan: this.rows.planSums(),
      sentDeletions: this.#session?.pendingDeletions.size ?? 0,
      applied: this.#applied,
      capabilities: this.#session?.capabilities.lines ?? [],
    };
  }

  /** Plans something for rows, or takes the plan back. */
  plan(keys: readonly string[], plan: 'download' | 'delete' | null): void {
    if (plan !== 'delete') this.#takeBack(keys.filter((key) => this.rows.get(key)?.plan === 'delete'));
    this.rows.plan(keys, plan);
  }

  /** After a QUIT that was refused or not answered the ledger still wants these gone; while DELE is under way `apply` sees to it. */
  #takeBack(keys: readonly string[]): void {
    if (this.#connection !== 'busy') this.#tools.store.ledger(this.#account.id).takeBackDeletion(keys);
  }

  /** Headers of these rows are wanted first: the ones in sight. */
  wantHeaders(keys: readonly string[]): void {
    this.#wanted = keys.filter((key) => this.rows.get(key)?.headers === null);
    this.#fetchHeaders();
  }

  /** Stops or resumes the fetching of headers. */
  runHeaders(run: boolean): void {
    this.#fetchesHeaders = run;
    if (run) this.#fetchHeaders();
    this.#tell();
  }

  /** First lines of a message, without fetching it. RFC 1939 §7, TOP. */
  async preview(key: string): Promise<Result<Uint8Array, Failure>> {
    const row = this.rows.get(key);
    if (this.#session === null || row === undefined) return failed({ kind: 'not-found', canRetry: true });
    try {
      return ok(await this.#session.top(row.number, previewLines));
    } catch (error) {
      return failed(this.#broken(error));
    }
  }

  /** Sends one of the safe commands typed by the person and gives the reply. RFC 1939 §5. */
  async command(line: string): Promise<Result<string, Failure>> {
    if (this.#session === null) return failed({ kind: 'connection-lost', canRetry: true });
    if (!/^(stat|list|noop|last|uidl|capa|top|rset)( [0-9]{1,9}){0,2}$/i.test(line.trim()))
      return failed({
        kind: 'bad-input',
        field: 'command',
        what: 'not one of the safe commands',
        canRetry: false,
      });
    try {
      return ok(await this.#session.raw(line));
    } catch (error) {
      return failed(this.#broken(error));
    }
  }

  /** Carries the plan out: RETR, then DELE, then QUIT; then opens again to show what is there now. */
  async apply(keepInBin: boolean): Promise<Result<ServerView, Failure>> {
    const session = this.#session;
    if (session === null) return failed({ kind: 'connection-lost', canRetry: true });
    this.#undoAsked = false;
    this.#set({ connection: 'busy', failure: null });
    try {
      const outcome = await applyPlan(this.#tools, this.#account, session, this.rows, {
        keepInBin,
        isTakenBack: () => this.#undoAsked,
        onProgress: (applied) => {
          this.#applied = applied;
          this.#tell();
        },
      });
      if (outcome === 'taken-back') {
        this.#set({ connection: 'open', failure: null });
        this.#fetchHeaders();
        return ok(this.view());
      }
      this.#session = null;
      session.close();
      return await this.open();
    } catch (error) {
      if (this.#applied !== null) this.#applied = { ...this.#applied, outcome: 'failed' };
      return failed(this.#broken(error));
    }
  }

  /** Takes the whole plan back; if DELE has been sent and QUIT has not, by RSET. RFC 1939 §5. */
  async undo(): Promise<Result<ServerView, Failure>> {
    this.#undoAsked = true;
    this.#takeBack(this.rows.planned('delete').map(({ key }) => key));
    this.rows.clearPlan();
    try {
      if (this.#session !== null && this.#session.pendingDeletions.size > 0 && this.#connection !== 'busy')
        await this.#session.rset();
    } catch (error) {
      return failed(this.#broken(error));
    }
    this.#tell();
    return ok(this.view());
  }

  /** Ends the view: the server keeps everything that was not applied. */
  async close(): Promise<void> {
    this.#closing.abort();
    const session = this.#session;
    this.#session = null;
    session?.close();
    await this.#headerWork;
    await this.#opening;
    if (this.#reportTimer !== null) clearTimeout(this.#reportTimer);
    this.#release();
    this.#connection = 'closed';
  }

  /** Lets the maildrop go while nobody looks at it; the plan is kept, and opening again finds it. */
  rest(): void {
    // A plan that is being carried out goes on to its end.
    if (this.#session === null || this.#connection === 'busy') return;
    const session = this.#session;
    this.#session = null;
    session.close();
    this.#release();
    this.#set({ connection: 'dropped', failure: null });
  }

  /** A view without a session keeps no check waiting. */
  #release(): void {
    this.#lock?.[Symbol.dispose]();
    this.#lock = null;
  }

  async #list(session: Pop3Session): Promise<void> {
    const listed = await identify(session);
    const found = this.#tools.store.ledger(this.#account.id).reconcile(listed, { isComplete: false });
    const held = new Map(
      this.#tools.store
        .ledger(this.#account.id)
        .entries()
        .map((entry) => [entry.key, entry.messageId]),
    );
    const newOnes = new Set(found.newOnes);
    const damaged = new Set(found.damaged);
    const summaries = this.#summaries(listed.flatMap((message) => held.get(message.key) ?? []));
    const rows = listed.map((message, index): NewRow => {
      // A copy that cannot be read, or of which only the number and the size agree, is none to rely on.
      const isHeld = message.isLasting && !damaged.has(index);
      const messageId = isHeld ? (held.get(message.key) ?? null) : null;
      const summary = messageId === null ? null : (summaries.get(messageId) ?? null);
      const state = found.states[index];
      return {
        ...message,
        messageId,
        headers: summary,
        state:
          messageId === null
            ? newOnes.has(index)
              ? 'new'
              : 'only-on-server'
            : state === 'partial' || summary?.isPartial === true
              ? 'partial'
              : 'stored',
      };
    });
    this.#triedHeaders = new Set();
    this.rows.fill(rows);
    this.#queue = this.rows.withoutHeaders();
    this.#queuePosition = 0;
  }

  /** All stored copies at once: asked for one by one, 100,000 of them would take half a minute. */
  #summaries(ids: readonly MessageId[]): Map<MessageId, MessageSummary> {
    return new Map(this.#tools.store.summaries(ids).map((summary) => [summary.id, summary]));
  }

  #fetchHeaders(): void {
    if (this.#headerWork !== null || !this.#fetchesHeaders || this.#session === null) return;
    const session = this.#session;
    this.#headerWork = this.#headerLoop(session)
      .catch((error: unknown) => {
        this.#broken(error);
      })
      .finally(() => {
        this.#headerWork = null;
        this.#report();
      });
  }

  async #headerLoop(session: Pop3Session): Promise<void> {
    while (this.#fetchesHeaders && this.#session === session && this.#connection !== 'busy') {
      const batch = this.#nextHeaders();
      if (batch.length === 0) return;
      await this.#fetchBatch(session, batch);
      this.#arrivedHeaders.push(...batch);
      this.#reportTimer ??= setTimeout(() => this.#report(), reportEveryMs);
    }
  }

  #report(): void {
    if (this.#reportTimer !== null) clearTimeout(this.#reportTimer);
    this.#reportTimer = null;
    const keys = this.#arrivedHeaders.splice(0);
    if (keys.length > 0) this.#events.onHeaders(this.rows.shown(keys));
    this.#tell();
  }

  #nextHeaders(): string[] {
    const untried = (key: string) => !this.#triedHeaders.has(key) && this.rows.get(key)?.headers === null;
    const wanted = this.#wanted.filter(untried);
    const batch = wanted.slice(0, headerBatch);
    while (wanted.length === 0 && batch.length < headerBatch && this.#queuePosition < this.#queue.length) {
      const key = this.#queue[this.#queuePosition];
      this.#queuePosition += 1;
      if (key !== undefined && untried(key)) batch.push(key);
    }
    for (const key of batch) this.#triedHeaders.add(key);
    return batch;
  }

  async #fetchBatch(session: Pop3Session, keys: readonly string[]): Promise<void> {
    const byNumber = new Map(keys.map((key) => [this.rows.get(key)?.number ?? 0, key]));
    await fetchHeaders(session, [...byNumber.keys()], (number, bytes) => {
      const key = byNumber.get(number);
      if (key !== undefined) this.rows.update(key, { headers: summariseHeaders(bytes) });
    });
  }

  #lost(session: Pop3Session): void {
    // While the plan is being applied the end of the session is told by what was asked of it last.
    if (this.#session !== session || this.#connection === 'busy') return;
    this.#session = null;
    this.#release();
    this.#set({ connection: 'dropped', failure: this.#failure });
  }

  /** Remembers a failure; one that ended the session leaves the view dropped, with its plan. */
  #broken(error: unknown): Failure {
    const failure = failureBehind(error, this.#account.server, this.#closing.signal);
    if (failure === null) throw error;
    const isOver = this.#session === null || this.#session.state === 'closed';
    if (isOver) {
      this.#session = null;
      this.#release();
    }
    this.#set({ connection: isOver ? 'dropped' : 'open', failure });
    return failure;
  }

  #set(change: { connection: ServerView['connection']; failure: Failure | null }): void {
    this.#connection = change.connection;
    this.#failure = change.failure;
    this.#tell();
  }

  #tell(): void {
    this.#events.onChanged(this.view());
  }
}
