import type { Account } from '../../shared/account.ts';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/ids.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { ServerView } from '../../shared/server-view.ts';
import { LiveServerView } from '../mailbox/server-view/live-server-view.ts';
import type { EngineParts } from './engine-parts.ts';

/** The failure of a request for a server view that is not open. */
export const viewNotOpen: Failure = { kind: 'not-found', step: 'open', canRetry: true };

type ViewTools = Pick<EngineParts, 'emit' | 'transcripts' | 'maildrop'>;

/** The live sessions of the server view, one for each account. The window opens and closes them. */
export class ServerViews {
  readonly #tools: ViewTools;
  readonly #open = new Map<AccountId, LiveServerView>();

  constructor(tools: ViewTools) {
    this.#tools = tools;
  }

  /** The session of an account whose view is open. */
  find(accountId: AccountId): LiveServerView | undefined {
    return this.#open.get(accountId);
  }

  /** The session of an account; a new one where its view is not open. */
  open(account: Account): LiveServerView {
    return this.#open.get(account.id) ?? this.#begin(account);
  }

  /** What the window shows of an account's server. */
  view(accountId: AccountId): ServerView {
    return this.#open.get(accountId)?.view() ?? closedView(accountId);
  }

  /** Tells what has become of the maildrop. The answer itself is only whether the request was carried out. */
  done(accountId: AccountId, outcome: Result<unknown, Failure> | undefined): Result<null, Failure> {
    this.tell(accountId);
    if (outcome === undefined) return failed(viewNotOpen);
    return outcome.ok ? ok(null) : outcome;
  }

  /** Tells the window the state of an account's server. */
  tell(accountId: AccountId): void {
    this.#tools.emit('server/changed', this.view(accountId));
  }

  /** Lets go of all maildrops, as nobody looks, so that no check waits for a view. */
  rest(): void {
    for (const session of this.#open.values()) session.rest();
  }

  /** Ends all sessions, whose connections are dead. The plans stay. */
  cut(): void {
    for (const session of this.#open.values()) session.cut();
  }

  /** Closes the view of an account. */
  async close(accountId: AccountId): Promise<void> {
    const session = this.#open.get(accountId);
    this.#open.delete(accountId);
    await session?.close();
  }

  /** Closes all views. */
  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((accountId) => this.close(accountId)));
  }

  #begin(account: Account): LiveServerView {
    const { emit, maildrop, transcripts } = this.#tools;
    // A session that has been left may still tell of its end. That says nothing of the one opened after it.
    const isCurrent = () => this.#open.get(account.id) === session;
    const session = new LiveServerView(maildrop, account, transcripts.begin(account.id), {
      onChanged: (view) => {
        if (isCurrent()) emit('server/changed', view);
      },
      onHeaders: (rows) => {
        if (isCurrent()) emit('server/headers', { accountId: account.id, rows });
      },
    });
    this.#open.set(account.id, session);
    return session;
  }
}

function closedView(accountId: AccountId): ServerView {
  return {
    accountId,
    connection: 'closed',
    failure: null,
    count: 0,
    sizeBytes: 0,
    headersDone: 0,
    isFetchingHeaders: false,
    plan: { download: 0, downloadBytes: 0, delete: 0, deleteBytes: 0, deleteNotStored: 0 },
    sentDeletions: 0,
    applied: null,
    capabilities: [],
  };
}
