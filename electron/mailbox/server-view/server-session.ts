import type { Failure } from '../../../shared/failure.ts';
import type { Account } from '../../../shared/model.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { isSafeCommandLine } from '../../../shared/safe-commands.ts';
import type { ServerRow, ServerView } from '../../../shared/server-view.ts';
import type { Transcript } from '../../pop3/connection/transcript.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import {
  failureBehind,
  type MaildropTools,
  openMaildrop,
  rememberServer,
} from '../maildrop/maildrop-session.ts';
import { type Applied, applyPlan } from './apply-plan.ts';
import { listServerRows } from './list-server-rows.ts';
import { ServerHeaders } from './server-headers.ts';
import { ServerRows } from './server-rows.ts';

/** Lines of the body in a preview. */
const previewLines = 60;

/** Lines of the reply to a typed command that go into the log; it keeps a few thousand in all. */
const mostReplyLines = 500;

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
  readonly #headers: ServerHeaders;
  #session: Pop3Session | null = null;
  #lock: Disposable | null = null;
  #connection: ServerView['connection'] = 'closed';
  #failure: Failure | null = null;
  #applied: Applied | null = null;
  #undoAsked = false;
  #opening: Promise<Result<ServerView, Failure>> | null = null;

  constructor(tools: MaildropTools, account: Account, transcript: Transcript, events: ServerSessionEvents) {
    this.#tools = tools;
    this.#account = account;
    this.#transcript = transcript;
    this.#events = events;
    this.#headers = new ServerHeaders(this.rows, {
      session: () => this.#session,
      mayAsk: (session) => this.#session === session && this.#connection !== 'busy',
      report: (keys) => {
        if (keys.length > 0) this.#events.onHeaders(this.rows.shown(keys));
        this.#tell();
      },
      failed: (error) => {
        this.#broken(error);
      },
    });
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
      this.rows.fill(await listServerRows(this.#tools.store, this.#account.id, session));
      this.#headers.reset();
      await rememberServer(this.#tools, this.#account.server, session);
      session.keepAlive();
      void session.closed.then(() => this.#lost(session));
      this.#set({ connection: 'open', failure: null });
      this.#headers.fetch();
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
      isFetchingHeaders: this.#headers.isFetching,
      plan: this.rows.planSums(),
      sentDeletions: this.#session?.pendingDeletions.size ?? 0,
      applied: this.#applied,
      capabilities: this.#session?.capabilities.lines ?? [],
    };
  }

  /** Plans something for rows, or takes the plan back. */
  async plan(keys: readonly string[], plan: 'download' | 'delete' | null): Promise<void> {
    const doomed = keys.filter((key) => this.rows.get(key)?.plan === 'delete');
    this.rows.plan(keys, plan);
    if (plan !== 'delete') await this.#takeBack(doomed);
  }

  /** After a QUIT that was refused or not answered the ledger still wants these gone; while DELE is under way `apply` sees to it. */
  async #takeBack(keys: readonly string[]): Promise<void> {
    if (this.#connection === 'busy') return;
    try {
      await this.#tools.store.ledger(this.#account.id).takeBackDeletion(keys);
    } catch (error) {
      // The ledger still wants them gone, and the person must see that.
      this.rows.plan(keys, 'delete');
      throw error;
    }
  }

  /** Headers of these rows are wanted first: the ones in sight. */
  wantHeaders(keys: readonly string[]): void {
    this.#headers.want(keys);
  }

  /** Stops or resumes the fetching of headers. */
  runHeaders(run: boolean): void {
    this.#headers.run(run);
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
    // RSET among the deletions of a plan would take them back, and QUIT then be told as if they had come true.
    if (this.#connection === 'busy') return failed({ kind: 'mailbox-busy', canRetry: true });
    if (!isSafeCommandLine(line))
      return failed({
        kind: 'bad-input',
        field: 'command',
        what: 'not one of the safe commands',
        canRetry: false,
      });
    try {
      const reply = await this.#session.raw(line);
      this.#logLines(reply.split('\n').slice(1));
      return ok(reply);
    } catch (error) {
      return failed(this.#broken(error));
    }
  }

  /** What a typed command brought beside its status; the session logs no bodies, but this one was asked for to be read. */
  #logLines(lines: readonly string[]): void {
    for (const text of lines.slice(0, mostReplyLines)) this.#transcript.add('server', text);
    const left = lines.length - mostReplyLines;
    if (left > 0) this.#transcript.add('note', `${left} more lines`);
  }

  /** Carries the plan out: RETR, then DELE, then QUIT; then opens again to show what is there now. */
  async apply(keepInBin: boolean): Promise<Result<ServerView, Failure>> {
    const session = this.#session;
    if (session === null) return failed({ kind: 'connection-lost', canRetry: true });
    // Asked for by a second window, or twice: it is being carried out already, and only once.
    if (this.#connection === 'busy') return failed({ kind: 'mailbox-busy', canRetry: true });
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
        this.#headers.fetch();
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
    const doomed = this.rows.planned('delete').map(({ key }) => key);
    this.rows.clearPlan();
    await this.#takeBack(doomed);
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
    await this.#opening;
    await this.#headers.close();
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
