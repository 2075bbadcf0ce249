import type { Account } from '../../shared/account.ts';
import type { AccountId, MessageId } from '../../shared/ids.ts';
import { noLedgerKey } from '../../shared/ledger-key.ts';
import type { CommittedMessage } from '../store/intake/commit-group.ts';
import type { Store } from '../store/store.ts';
import type { Emit } from './protocol.ts';

/** At most this many messages are named in an announcement. Of more, only the number is told. */
const mostNamed = 5;

/**
 * Gathers what has arrived. The shell is told once the check is over, the previews are there and the rules have run.
 */
export class Arrivals {
  readonly #store: Store;
  readonly #emit: Emit;
  readonly #accounts: () => readonly Pick<Account, 'id' | 'name'>[];
  readonly #arrived = new Map<AccountId, MessageId[]>();
  readonly #silenced = new Set<MessageId>();
  #lastUnread = -1;

  constructor(store: Store, emit: Emit, accounts: () => readonly Pick<Account, 'id' | 'name'>[]) {
    this.#accounts = accounts;
    this.#store = store;
    this.#emit = emit;
  }

  /** New messages have become durable. */
  noteCommitted(batch: readonly CommittedMessage[]): void {
    for (const message of batch) {
      if (!message.isNew || message.ledgerKey === noLedgerKey) continue;
      const arrived = this.#arrived.get(message.accountId) ?? [];
      this.#arrived.set(message.accountId, arrived);
      arrived.push(message.messageId);
    }
  }

  /** A rule wants this message to come without a notification. */
  silence(id: MessageId): void {
    this.#silenced.add(id);
  }

  /** Tells what has arrived for an account since the last time, as far as it is still unread in an inbox. */
  tellArrived(accountId: AccountId): void {
    const arrived = this.#arrived.get(accountId) ?? [];
    this.#arrived.delete(accountId);
    const ids = arrived.filter((id) => !this.#silenced.delete(id));
    const rows = this.#store.messages.summaries(ids).filter((row) => row.folder === 'inbox' && !row.isRead);
    if (rows.length === 0) return;
    this.#emit('mail/arrived', {
      account: this.#accountName(accountId),
      total: rows.length,
      messages: rows.slice(-mostNamed).map((row) => ({
        id: row.id,
        from: row.from.name || row.from.address,
        subject: row.subject,
        preview: row.preview,
      })),
    });
  }

  /** The name that tells the account from the others; null where there are none. */
  #accountName(accountId: AccountId): string | null {
    const accounts = this.#accounts();
    return accounts.length < 2 ? null : (accounts.find(({ id }) => id === accountId)?.name ?? null);
  }

  /** Tells the number of unread messages in all inboxes when it has changed. */
  tellUnread(): void {
    const { unread } = this.#store.lists.page({
      place: { kind: 'folder', folder: 'inbox', accountId: null },
      offset: 0,
      limit: 1,
    });
    if (unread === this.#lastUnread) return;
    this.#lastUnread = unread;
    this.#emit('unread/changed', { unread });
  }
}
