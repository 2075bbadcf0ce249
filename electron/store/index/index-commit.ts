import type { AccountId, MessageId } from '../../../shared/model.ts';
import type { OpenSegment, SegmentBook } from '../segments/segment-book.ts';
import type { CommitItem, Placement } from './commit-item.ts';
import type { HeaderSummary, StoreContext } from './context.ts';
import { NewRows } from './new-rows.ts';

/** What a listener learns of each message after its transaction has committed. */
export type CommittedMessage = {
  readonly messageId: MessageId;
  readonly accountId: AccountId;
  /** `uidl#k`; empty for a message that came from no server. */
  readonly ledgerKey: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly receivedAt: number;
  readonly isPartial: boolean;
  readonly isDoubtful: boolean;
  /** False when the same bytes were here already and only the ledger changed. */
  readonly isNew: boolean;
  readonly summary: HeaderSummary;
};

type SameBytes = { readonly id: number; readonly is_damaged: number; readonly size: number };
type OfKey = { readonly id: number; readonly is_partial: number; readonly is_damaged: number };

/** Decides what becomes of a message from what the index knows of its hash and of its ledger entry. */
export function placementOf(
  context: StoreContext,
  accountNo: number,
  message: { sha256: string; ledgerKey: string; isPartial: boolean; sizeBytes: number },
): Placement {
  const { sql } = context;
  if (!message.isPartial && !context.mayBeKnown(message.sha256))
    return { kind: 'new', messageId: context.newMessageId() };
  const same = sql.get<SameBytes>(
    `select id, is_damaged, size from message where sha256 = ? and account_no = ? and is_partial = ?
     order by is_damaged limit 1`,
    Buffer.from(message.sha256, 'hex'),
    accountNo,
    Number(message.isPartial),
  );
  const ofKey = message.ledgerKey === '' ? undefined : messageOfKey(context, accountNo, message.ledgerKey);
  // What is only a beginning, or cannot be read any more, gives its row to what comes under the same id.
  const isFlawed = ofKey !== undefined && (ofKey.is_partial === 1 || ofKey.is_damaged === 1);
  const held = isFlawed ? (ofKey.id as MessageId) : null;
  // The same first lines can begin two messages; their sizes tell them apart.
  const isSame = same !== undefined && (!message.isPartial || same.size === message.sizeBytes);
  if (isSame && same.is_damaged === 0)
    return {
      kind: 'link',
      messageId: same.id as MessageId,
      drops: message.isPartial || held === same.id ? null : held,
    };
  // The beginning of a message that is here whole adds nothing.
  if (message.isPartial && ofKey?.is_partial === 0 && ofKey.is_damaged === 0)
    return { kind: 'link', messageId: ofKey.id as MessageId, drops: null };
  if (isSame) return { kind: 'heal', messageId: same.id as MessageId };
  if (held !== null) return { kind: 'replace', messageId: held };
  return { kind: 'new', messageId: context.newMessageId() };
}

function messageOfKey(context: StoreContext, accountNo: number, key: string): OfKey | undefined {
  return context.sql.get<OfKey>(
    `select m.id, m.is_partial, m.is_damaged from ledger l join message m on m.id = l.message_id
     where l.account_no = ? and l.key = ?`,
    accountNo,
    key,
  );
}

/** Keeps in mind that the record a message has is of no use any more. Damaged ones are not worth a note. */
export function markRecordDead(context: StoreContext, id: MessageId): void {
  context.sql.run(
    `insert or ignore into dead_record(segment_id, record_offset, length)
       select segment_id, record_offset, data_offset - record_offset + (length + 511) / 512 * 512
       from message where id = ?`,
    id,
  );
}

function relocateMessage(context: StoreContext, segment: OpenSegment, item: CommitItem): void {
  const id = item.placement.messageId;
  markRecordDead(context, id);
  context.sql.run(
    `update message set segment_id = ?, record_offset = ?, data_offset = ?, length = ?, sha256 = ?, size = ?,
       is_partial = ?, is_doubtful = ?, is_damaged = 0, is_parsed = 0 where id = ?`,
    segment.id,
    item.recordOffset,
    item.dataOffset,
    item.lengthBytes,
    Buffer.from(item.sha256, 'hex'),
    item.sizeBytes,
    Number(item.isPartial),
    Number(item.isDoubtful),
    id,
  );
  context.sql.run('delete from words where rowid = ?', id);
}

/**
 * Forgets the rows of messages in the ledger, whose entries keep their state. What was in doubt forgets its time as well:
 * without one nothing is removed from the server by itself.
 */
export function forgetInLedger(context: StoreContext, ids: readonly number[]): void {
  context.sql.run(
    `update ledger set message_id = null,
       stored_steady = iif((select is_doubtful from message where id = message_id) = 1, null, stored_steady)
     where message_id in (select value from json_each(?))`,
    JSON.stringify(ids),
  );
}

/** Removes a message's rows, all but its ledger entries. */
export function removeMessageRows(context: StoreContext, id: MessageId): void {
  forgetInLedger(context, [id]);
  for (const statement of [
    'delete from words where rowid = ?',
    'delete from message_tag where message_id = ?',
    'delete from envelope where id = ?',
    'delete from message where id = ?',
  ])
    context.sql.run(statement, id);
}

/** Messages that records were to be linked to, or to be put in the place of, and that were deleted for good meanwhile. */
function vanished(context: StoreContext, items: readonly CommitItem[]): Set<number> {
  const wanted = new Set<number>();
  const coming = new Set<number>();
  for (const { placement } of items) (placement.kind === 'new' ? coming : wanted).add(placement.messageId);
  const known = [...wanted].filter((id) => !coming.has(id));
  if (known.length === 0) return new Set();
  return new Set(
    context.sql.numbers(
      'select value from json_each(?) where value not in (select id from message)',
      JSON.stringify(known),
    ),
  );
}

function commitItem(
  context: StoreContext,
  rows: NewRows,
  item: CommitItem,
  now: number,
  gone: Set<number>,
): void {
  const { placement } = item;
  const isLink = placement.kind === 'link';
  // One that takes another's place is then the first of its bytes: what is linked to it later in the group finds it.
  const isGone = isLink ? gone.has(placement.messageId) : gone.delete(placement.messageId);
  if (isGone && isLink) {
    // As if it had come just before: it was deleted with the message it is the same as.
    if (item.ledgerKey !== '') rows.noteDeleted(item, now);
    return;
  }
  if (placement.kind === 'new' || isGone) rows.addMessage(item);
  else {
    // What was gathered may be what is changed or removed now.
    rows.write();
    if (placement.kind !== 'link') relocateMessage(context, rows.segment, item);
    else if (item.isDoubtful)
      context.sql.run('update message set is_doubtful = 1 where id = ?', placement.messageId);
    if (placement.kind === 'link' && placement.drops !== null) {
      markRecordDead(context, placement.drops);
      removeMessageRows(context, placement.drops);
    }
  }
  if (item.ledgerKey !== '') rows.noteInLedger(item, now);
}

/**
 * The one transaction that makes a group of messages exist. The records must be durable in the segment before it is
 * called; only after it has returned, and under `Sql.withoutSync` only after the log has been synced, may a message be
 * announced as stored or be deleted on the server.
 */
export function commitGroup(
  context: StoreContext,
  book: SegmentBook,
  group: {
    readonly segment: OpenSegment;
    readonly items: readonly CommitItem[];
    readonly committedBytes: number;
    readonly isSealed: boolean;
  },
): CommittedMessage[] {
  const { segment, items } = group;
  const now = context.steadyNow();
  context.sql.transaction(() => {
    const rows = new NewRows(context.sql, segment);
    const gone = vanished(context, items);
    for (const item of items) commitItem(context, rows, item, now, gone);
    rows.write();
    book.noteCommitted(segment, group.committedBytes, group.isSealed);
  });
  for (const item of items) context.noteHash(item.sha256, item.isPartial);
  segment.committedBytes = group.committedBytes;
  segment.isInIndex = true;
  context.changed();
  const accountId = context.accountId(segment.accountNo);
  return items.map((item) => ({
    messageId: item.placement.messageId,
    accountId,
    ledgerKey: item.ledgerKey,
    sizeBytes: item.sizeBytes,
    sha256: item.sha256,
    receivedAt: item.receivedAt,
    isPartial: item.isPartial,
    isDoubtful: item.isDoubtful,
    isNew: item.placement.kind !== 'link',
    summary: item.summary,
  }));
}
