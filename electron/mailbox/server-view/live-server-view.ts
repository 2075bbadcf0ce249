import type { Account } from '../../../shared/account.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import type { ServerRow, ServerView } from '../../../shared/server-view.ts';
import type { Transcript } from '../../pop3/connection/transcript.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import { UndoUntilQuit } from '../leaving/undo-until-quit.ts';
import type { MaildropTools } from '../maildrop/maildrop-session.ts';
import { type Applied, applyPlan } from './apply-plan.ts';
import { listServerRows } from './list-server-rows.ts';
import { ServerConnection } from './server-connection.ts';
import { ServerHeaders } from './server-headers.ts';
import { ServerRows } from './server-rows.ts';
import { sendTyped } from './typed-command.ts';

/** Lines of the body in a preview. */
const previewLines = 60;

const busy = failed({ kind: 'mailbox-busy', canRetry: true } as const);

/** Whom the view tells of what changes. */
export type LiveServerViewEvents = {
  onChanged(view: ServerView): void;
  onHeaders(rows: readonly ServerRow[]): void;
};

/**
 * The live maildrop behind the server view: one open session, the rows, and the plan. Nothing on the server changes
 * before `apply`; a session that breaks keeps the plan, and opening again finds it.
 */
export class LiveServerView {
  readonly rows = new ServerRows();
  readonly #tools: MaildropTools;
  readonly #account: Account;
  readonly #transcript: Transcript;
  readonly #events: LiveServerViewEvents;
  readonly #connection: ServerConnection;
  readonly #headers: ServerHeaders;
  #applied: Applied | null = null;
  /** Set while the plan is being carried out. */
  #applying: UndoUntilQuit | null = null;

  constructor(tools: MaildropTools, account: Account, transcript: Transcript, events: LiveServerViewEvents) {
    this.#tools = tools;
    this.#account = account;
    this.#transcript = transcript;
    this.#events = events;
    this.#connection = new ServerConnection(tools, account, transcript, () => this.#tell());
    this.#headers = new ServerHeaders(this.rows, {
      session: () => this.#connection.session,
      mayAsk: (session) => this.#connection.session === session && this.#applying === null,
      report: (keys) => {
        if (keys.length > 0) this.#events.onHeaders(this.rows.shown(keys));
        this.#tell();
      },
      failed: (error) => {
        this.#connection.broken(error);
      },
    });
  }

  /** Opens, or opens again after the session was lost; waits for a check that is running. */
  async open(): Promise<Result<ServerView, Failure>> {
    const opened = await this.#connection.open(async (session) => {
      this.rows.fill(await listServerRows(this.#tools.store, this.#account.id, session));
      this.#headers.reset();
    });
    if (!opened.ok) return opened;
    this.#headers.fetch();
    return ok(this.view());
  }

  /** What the window shows above the rows. */
  view(): ServerView {
    const { session, state, failure } = this.#connection;
    return {
      accountId: this.#account.id,
      connection: state,
      failure,
      count: this.rows.size,
      sizeBytes: this.rows.sizeBytes(),
      headersDone: this.rows.size - this.rows.unknown,
      isFetchingHeaders: this.#headers.isFetching,
      plan: this.rows.planSums(),
      sentDeletions: session?.pendingDeletions.size ?? 0,
      applied: this.#applied,
      capabilities: session?.capabilities.lines ?? [],
    };
  }

  /** Plans something for rows, or takes the plan back. A plan that is being carried out can only be undone whole. */
  async plan(keys: readonly string[], plan: 'download' | 'delete' | null): Promise<void> {
    if (this.#applying !== null) return;
    const doomed = keys.flatMap((key) => {
      const row = this.rows.get(key);
      return row?.plan === 'delete' ? [row.key] : [];
    });
    this.rows.plan(keys, plan);
    if (plan !== 'delete') await this.#takeBack(doomed);
  }

  /** After a QUIT that was refused or not answered the ledger still wants these gone. */
  async #takeBack(keys: readonly LedgerKey[]): Promise<void> {
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
    const { session } = this.#connection;
    const row = this.rows.get(key);
    if (session === null || row === undefined) return failed({ kind: 'not-found', canRetry: true });
    // No command may follow QUIT.
    if (session.state === 'update') return busy;
    return await this.#attempt(async () => ok(await session.top(row.number, previewLines)));
  }

  /** Sends one of the safe commands typed by the person and gives the reply. RFC 1939 §5. */
  async command(line: string): Promise<Result<string, Failure>> {
    const { session } = this.#connection;
    if (session === null) return failed({ kind: 'connection-lost', canRetry: true });
    // RSET among the deletions of a plan would take them back, and QUIT then be told as if they had come true.
    if (this.#applying !== null) return busy;
    return await this.#attempt(() => sendTyped(session, this.#transcript, line));
  }

  /** Carries the plan out: RETR, then DELE, then QUIT; then opens again to show what is there now. */
  async apply(keepInBin: boolean): Promise<Result<ServerView, Failure>> {
    const { session } = this.#connection;
    if (session === null) return failed({ kind: 'connection-lost', canRetry: true });
    // Asked for by a second window, or twice: it is being carried out already, and only once.
    if (this.#applying !== null) return busy;
    const undo = new UndoUntilQuit();
    this.#applying = undo;
    this.#connection.beginWork();
    try {
      const outcome = await this.#applyIn(session, keepInBin, undo);
      if (outcome !== 'taken-back') this.#connection.drop();
    } catch (error) {
      this.#applied = endedBy(this.#applied);
      this.#endApplying();
      return failed(this.#connection.broken(error));
    }
    this.#endApplying();
    return await this.open();
  }

  #applyIn(session: Pop3Session, keepInBin: boolean, undo: UndoUntilQuit) {
    return applyPlan({
      ...{ tools: this.#tools, account: this.#account, session, rows: this.rows, keepInBin, undo },
      onProgress: (applied) => {
        this.#applied = applied;
        this.#tell();
      },
    });
  }

  #endApplying(): void {
    this.#applying = null;
    this.#connection.endWork();
  }

  /**
   * Takes the whole plan back. While it is being carried out this works until QUIT is written, by RSET (RFC 1939 §5);
   * after that the plan stays, and the server's answer and the next listing decide.
   */
  async undo(): Promise<Result<ServerView, Failure>> {
    if (this.#applying?.undo() === false) return ok(this.view());
    const doomed = this.rows.planned('delete').map(({ key }) => key);
    this.rows.clearPlan();
    await this.#takeBack(doomed);
    return await this.#attempt(async () => {
      const { session } = this.#connection;
      // Otherwise whoever carries the plan out says RSET.
      if (this.#applying === null && session !== null && session.pendingDeletions.size > 0)
        await session.rset();
      this.#tell();
      return ok(this.view());
    });
  }

  /** Ends the view: the server keeps everything that was not applied. */
  async close(): Promise<void> {
    await this.#connection.close(() => this.#headers.close());
  }

  /** Lets the maildrop go while nobody looks at it; the plan is kept, and opening again finds it. */
  rest(): void {
    this.#connection.rest();
  }

  /** Ends a session whose connection is dead, also while a plan is being carried out; the plan is kept. */
  cut(): void {
    this.#connection.cut();
  }

  async #attempt<Value>(work: () => Promise<Result<Value, Failure>>): Promise<Result<Value, Failure>> {
    try {
      return await work();
    } catch (error) {
      return failed(this.#connection.broken(error));
    }
  }

  #tell(): void {
    this.#events.onChanged(this.view());
  }
}

/** A plan that ended by an error has deleted nothing, unless the error came when the server had been asked already. */
function endedBy(applied: Applied | null): Applied | null {
  if (applied === null) return null;
  return { ...applied, outcome: applied.outcome === 'asked' ? 'unknown' : 'failed' };
}
