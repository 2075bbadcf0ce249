import type { Account } from '../../../shared/account.ts';
import type { Failure } from '../../../shared/failure.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import type { ServerView } from '../../../shared/server-view.ts';
import type { Transcript } from '../../pop3/connection/transcript.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import {
  failureBehind,
  type MaildropTools,
  openMaildrop,
  rememberServer,
} from '../maildrop/maildrop-session.ts';

/** The session of a server view, its lock on the maildrop, and what the window is told of the two. */
export class ServerConnection {
  readonly #tools: MaildropTools;
  readonly #account: Account;
  readonly #transcript: Transcript;
  readonly #onChanged: () => void;
  readonly #closing = new AbortController();
  #session: Pop3Session | null = null;
  #lock: Disposable | null = null;
  #state: Exclude<ServerView['connection'], 'busy'> = 'closed';
  #isBusy = false;
  #failure: Failure | null = null;
  #opening: Promise<Result<null, Failure>> | null = null;

  constructor(tools: MaildropTools, account: Account, transcript: Transcript, onChanged: () => void) {
    this.#tools = tools;
    this.#account = account;
    this.#transcript = transcript;
    this.#onChanged = onChanged;
  }

  /** Null while there is none. */
  get session(): Pop3Session | null {
    return this.#session;
  }

  get state(): ServerView['connection'] {
    return this.#isBusy ? 'busy' : this.#state;
  }

  /** The latest failure; null once the connection was opened again. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** Opens where nothing is open; waits for a check that is running. `fill` reads what the window shows. */
  open(fill: (session: Pop3Session) => Promise<void>): Promise<Result<null, Failure>> {
    if (this.#session !== null) return Promise.resolve(ok(null));
    // Two windows, or one that was loaded again, ask for the same session: there is one maildrop to lock.
    this.#opening ??= this.#open(fill).finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #open(fill: (session: Pop3Session) => Promise<void>): Promise<Result<null, Failure>> {
    this.#set('connecting', null);
    try {
      this.#lock ??= await this.#tools.locks.acquire(this.#account.id, this.#closing.signal);
      const session = await openMaildrop(this.#tools, this.#account, {
        signal: this.#closing.signal,
        transcript: this.#transcript,
      });
      if (this.#closing.signal.aborted) session.close();
      this.#session = session;
      await fill(session);
      await rememberServer(this.#tools, this.#account.server, session);
      session.keepAlive();
      void session.closed.then(() => this.#lost(session));
      this.#set('open', null);
      return ok(null);
    } catch (error) {
      return failed(this.broken(error));
    }
  }

  /** A plan is being carried out: no other command may come in between. */
  beginWork(): void {
    this.#isBusy = true;
    this.#failure = null;
    this.#onChanged();
  }

  /** The plan has come to its end. */
  endWork(): void {
    this.#isBusy = false;
    this.#onChanged();
  }

  /** Gives up the session without QUIT; the lock stays, for it is opened again at once. */
  drop(): void {
    const session = this.#session;
    this.#session = null;
    session?.close();
  }

  /** Lets the maildrop go, unless a plan is being carried out: that goes on to its end. */
  rest(): void {
    if (this.#session === null || this.#isBusy) return;
    this.drop();
    this.#release();
    this.#set('dropped', null);
  }

  /** Ends a session whose connection is dead. A plan that is being carried out hears of it as of any broken session. */
  cut(): void {
    if (this.#isBusy) this.#session?.close();
    else this.rest();
  }

  /** Ends the connection for good, once `settled` has been waited for. */
  async close(settled: () => Promise<void>): Promise<void> {
    this.#closing.abort();
    this.drop();
    await this.#opening;
    await settled();
    this.#release();
    this.#state = 'closed';
  }

  /**
   * Remembers a failure; one that ended the session leaves the view dropped, with its plan. While a plan is being
   * carried out that is left to its own end. Throws an error that is a mistake of ours.
   */
  broken(error: unknown): Failure {
    const failure = failureBehind(error, this.#account.server, this.#closing.signal);
    if (failure === null) throw error;
    if (this.#isBusy) return failure;
    const isOver = this.#session === null || this.#session.state === 'closed';
    if (isOver) {
      this.#session = null;
      this.#release();
    }
    this.#set(isOver ? 'dropped' : 'open', failure);
    return failure;
  }

  #lost(session: Pop3Session): void {
    // While a plan is being carried out the end of the session is told by what was asked of it last.
    if (this.#session !== session || this.#isBusy) return;
    this.#session = null;
    this.#release();
    this.#set('dropped', this.#failure);
  }

  /** A view without a session keeps no check waiting. */
  #release(): void {
    this.#lock?.[Symbol.dispose]();
    this.#lock = null;
  }

  #set(state: Exclude<ServerView['connection'], 'busy'>, failure: Failure | null): void {
    this.#state = state;
    this.#failure = failure;
    this.#onChanged();
  }
}
