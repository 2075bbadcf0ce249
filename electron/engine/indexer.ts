import type { AccountId, MessageId } from '../../shared/model.ts';
import type { Rule } from '../../shared/rule.ts';
import { actionsFor } from '../mailbox/rules.ts';
import type { ParsedMessage } from '../message/parsed-message.ts';
import type { CommittedMessage } from '../store/index-commit.ts';
import type { Store } from '../store/store.ts';
import type { MessageShelf } from './message-shelf.ts';

/** Messages parsed before their findings are written in one transaction. */
const batchSize = 64;

type IndexerTools = {
  readonly store: Store;
  readonly shelf: MessageShelf;
  /** Lists that show these accounts are out of date. */
  onIndexed(accountIds: readonly AccountId[]): void;
  /** A rule says that this message is not to be announced. */
  onSilenced(id: MessageId): void;
  /** The store could not take what was found; it is tried again when more mail comes or at the next start. */
  onTrouble(error: unknown): void;
};

type Finding = { readonly id: MessageId; readonly parsed: Parameters<Store['setParsed']>[1] };

/**
 * Fills in what only parsing can tell: previews, threads, words, attachments; and carries out the rules that work
 * after the download. Works in the background, the newest first, and takes up where it left off after a restart.
 */
export class Indexer {
  readonly #tools: IndexerTools;
  readonly #arrived = new Set<MessageId>();
  #working: Promise<void> | null = null;
  #isClosed = false;
  #rounds = 0;

  constructor(tools: IndexerTools) {
    this.#tools = tools;
  }

  /** Messages have become durable: they are looked at soon. */
  noteCommitted(batch: readonly CommittedMessage[]): void {
    for (const message of batch)
      if (message.isNew && message.ledgerKey !== '') this.#arrived.add(message.messageId);
    this.wake();
  }

  /** Starts working unless it does already. */
  wake(): void {
    this.#rounds += 1;
    if (this.#isClosed || this.#working !== null) return;
    this.#working = this.#work()
      .catch((error: unknown) => this.#tools.onTrouble(error))
      .finally(() => {
        this.#working = null;
      });
  }

  /** Waits until nothing is left to be indexed. */
  async idle(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  /** Stops after the batch in hand. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#working;
  }

  async #work(): Promise<void> {
    while (!this.#isClosed) {
      const rounds = this.#rounds;
      const ids = this.#tools.store.unparsedMessages(batchSize);
      if (ids.length === 0) {
        if (rounds === this.#rounds) return;
        continue;
      }
      await this.#indexBatch(ids);
    }
  }

  async #indexBatch(ids: readonly MessageId[]): Promise<void> {
    const { store } = this.#tools;
    const findings = await Promise.all(ids.map((id) => this.#parse(id)));
    if (this.#isClosed) return;
    store.setParsedMany(findings.flatMap((finding) => (finding === null ? [] : [finding.finding])));
    const rules = store.rules();
    const accounts = new Set<AccountId>();
    for (const { id, accountId } of store.summaries(ids)) {
      accounts.add(accountId);
      const message = findings.find((finding) => finding?.finding.id === id)?.message;
      const hasArrived = this.#arrived.delete(id);
      if (hasArrived && message !== undefined) this.#applyRules(rules, id, accountId, message);
    }
    this.#tools.onIndexed([...accounts]);
  }

  async #parse(id: MessageId): Promise<{ finding: Finding; message: ParsedMessage } | null> {
    const { store, shelf } = this.#tools;
    const { charset } = store.messageChoices(id);
    const reply = await shelf.parse(id, { job: 'index', ...(charset === null ? {} : { charset }) });
    if (this.#isClosed || reply === null) return null;
    if (reply.kind !== 'parsed') {
      store.setUnparsable(id, {
        code: 'unparsed',
        detail: reply.kind === 'unparsed' ? reply.reason : reply.kind,
      });
      return null;
    }
    return { finding: { id, parsed: findingOf(reply.message) }, message: reply.message };
  }

  #applyRules(rules: readonly Rule[], id: MessageId, accountId: AccountId, message: ParsedMessage): void {
    const sizeBytes = this.#tools.store.message(id)?.sizeBytes ?? 0;
    const actions = actionsFor(rules, {
      accountId,
      sizeBytes,
      from: message.from[0] ?? { name: '', address: '' },
      to: [...message.to, ...message.cc],
      subject: message.subject,
      headers: message.headers,
    });
    if (actions.length === 0) return;
    const kinds = new Set(actions.map((action) => action.kind));
    if (kinds.has('no-notice')) this.#tools.onSilenced(id);
    if (!['star', 'mark-read', 'trash', 'archive', 'tag'].some((kind) => kinds.has(kind as 'star'))) return;
    this.#tools.store.mark(
      { kind: 'ids', ids: [id] },
      {
        ...(kinds.has('star') ? { isStarred: true } : {}),
        ...(kinds.has('mark-read') ? { isRead: true } : {}),
        ...(kinds.has('trash')
          ? { folder: 'trash' as const }
          : kinds.has('archive')
            ? { folder: 'archive' as const }
            : {}),
        addTags: actions.flatMap((action) => (action.kind === 'tag' ? [action.tag] : [])),
      },
    );
  }
}

function findingOf(message: ParsedMessage): Finding['parsed'] {
  return {
    subject: message.subject,
    from: message.from[0] ?? { name: '', address: '' },
    to: message.to,
    cc: message.cc,
    sentAt: message.sentAt,
    messageId: message.messageId,
    inReplyTo: message.inReplyTo,
    references: message.references,
    preview: message.preview,
    text: message.indexText,
    attachments: message.attachments,
    warnings: message.warnings,
  };
}
