import type { ReplyOf, RequestOf } from '../../../shared/contract.ts';
import type { Folder } from '../../../shared/folder.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { MessageSummary } from '../../../shared/message.ts';
import type { ListFilter, Selection } from '../../../shared/message-list.ts';
import type { Place } from '../../../shared/places.ts';
import { hugeId, seedMessages, smallId } from './seeded-mail.ts';

/** Stored mail of the pretended program. */
export class FakeMailbox {
  readonly #messages: Map<MessageId, MessageSummary>;
  readonly #undo = new Map<string, readonly MessageSummary[]>();
  #lists = new Map<string, readonly MessageId[]>();
  #lastUndo = 0;

  constructor(hugeCount: number, now: number) {
    const all = [
      ...seedMessages(smallId, 64, 1, now),
      ...seedMessages(hugeId, hugeCount, 1000, now - 5_000_000),
    ];
    this.#messages = new Map(all.map((message) => [message.id, message]));
  }

  message(id: MessageId): MessageSummary | undefined {
    return this.#messages.get(id);
  }

  list({ place, filter, sort, offset, limit }: RequestOf<'mailbox/list'>): ReplyOf<'mailbox/list'> {
    const key = JSON.stringify([place, filter, sort]);
    const known = this.#lists.get(key);
    const ids = known ?? this.#sorted(place, filter, sort);
    this.#lists.set(key, ids);
    const rows = ids.slice(offset, offset + limit).flatMap((id) => this.#messages.get(id) ?? []);
    return { total: ids.length, unread: 0, rows };
  }

  counts(): ReplyOf<'mailbox/counts'> {
    const count = (place: Place) => {
      const all = this.#of(place, {});
      return { place, total: all.length, unread: all.filter((message) => !message.isRead).length };
    };
    const places = new Map<string, Place>();
    for (const { folder, accountId } of this.#messages.values())
      for (const of of folder === 'inbox' ? [null, accountId] : [accountId])
        places.set(`${folder} ${of}`, { kind: 'folder', folder, accountId: of });
    return [...places.values()].map(count);
  }

  /** All messages of a folder. */
  allOf(folder: Folder): Selection {
    return {
      kind: 'ids',
      ids: [...this.#messages.values()].filter((one) => one.folder === folder).map(({ id }) => id),
    };
  }

  change(
    selection: Selection,
    change: (message: MessageSummary) => MessageSummary,
  ): { undoToken: string; count: number } {
    const chosen =
      selection.kind === 'ids'
        ? selection.ids.flatMap((id) => this.#messages.get(id) ?? [])
        : this.#of(selection.place, selection.filter).filter(({ id }) => !selection.except.includes(id));
    this.#lastUndo += 1;
    const undoToken = `undo-${this.#lastUndo}`;
    this.#undo.set(undoToken, chosen);
    for (const message of chosen) this.#messages.set(message.id, change(message));
    this.#lists = new Map();
    return { undoToken, count: chosen.length };
  }

  undo(token: string): number {
    const before = this.#undo.get(token) ?? [];
    for (const message of before) this.#messages.set(message.id, message);
    this.#lists = new Map();
    return before.length;
  }

  #sorted(place: Place, filter: ListFilter, sort: RequestOf<'mailbox/list'>['sort']): readonly MessageId[] {
    const way = sort.descending ? -1 : 1;
    const order = (a: MessageSummary, b: MessageSummary) => {
      if (sort.by === 'size') return a.sizeBytes - b.sizeBytes;
      if (sort.by === 'from') return a.from.name < b.from.name ? -1 : 1;
      if (sort.by === 'subject') return a.subject < b.subject ? -1 : 1;
      return a.receivedAt - b.receivedAt;
    };
    return this.#of(place, filter)
      .sort((a, b) => way * order(a, b))
      .map(({ id }) => id);
  }

  #of(place: Place, filter: ListFilter): MessageSummary[] {
    return [...this.#messages.values()].filter(
      (message) =>
        isIn(message, place) &&
        !(filter.unread === true && message.isRead) &&
        !(filter.starred === true && !message.isStarred) &&
        !(filter.attachment === true && message.attachmentCount === 0) &&
        (filter.text === undefined || holds(message, filter.text)),
    );
  }
}

function isIn(message: MessageSummary, place: Place): boolean {
  if (place.kind === 'tag') return message.tags.includes(place.tag);
  if (place.kind === 'search') return holds(message, place.query);
  if (place.accountId !== null && message.accountId !== place.accountId) return false;
  return place.kind === 'folder' ? message.folder === place.folder : message.isStarred;
}

function holds(message: MessageSummary, words: string): boolean {
  const text = `${message.from.name} ${message.from.address} ${message.subject} ${message.preview}`;
  return text.toLowerCase().includes(words.toLowerCase());
}
