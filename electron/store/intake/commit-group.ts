import type { AccountId, MessageId } from '../../../shared/ids.ts';
import { type LedgerKey, noLedgerKey } from '../../../shared/ledger-key.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { removeMessages } from '../ledger/remove-messages.ts';
import type { OpenSegment } from '../segments/segment-book.ts';
import type { CommitItem } from './commit-item.ts';
import type { HeaderSummary } from './header-summary.ts';
import { NewRows } from './new-rows.ts';

/** What a listener learns of each message after its transaction has committed. */
export type CommittedMessage = {
  readonly messageId: MessageId;
  readonly accountId: AccountId;
  /** `uidl#k`; empty for a message that came from no server. */
  readonly ledgerKey: LedgerKey;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly receivedAt: number;
  readonly isPartial: boolean;
  readonly isDoubtful: boolean;
  /** False when the same bytes were here already and only the ledger changed. */
  readonly isNew: boolean;
  readonly summary: HeaderSummary;
};

/** Messages that records were to be linked to, or to be put in the place of, and that were deleted for good meanwhile. */
function vanished(tools: Pick<StoreTools, 'sql'>, items: readonly CommitItem[]): Set<number> {
  const wanted = new Set<number>();
  const coming = new Set<number>();
  for (const { placement } of items) (placement.kind === 'new' ? coming : wanted).add(placement.messageId);
  const known = [...wanted].filter((id) => !coming.has(id));
  if (known.length === 0) return new Set();
  return new Set(
    tools.sql.numbers(
      'select value from json_each(?) where value not in (select id from message)',
      JSON.stringify(known),
    ),
  );
}

function replaceRecord(
  tools: Pick<StoreTools, 'messages' | 'journals'>,
  segment: OpenSegment,
  item: CommitItem,
): void {
  const id = item.placement.messageId;
  tools.messages.noteDeadRecords([id]);
  tools.messages.replaceRecord(id, { ...item, segmentId: segment.id });
  // A copy in doubt may have had other headers than the whole.
  tools.messages.setSummary(id, item.summary, item.receivedAt);
  // The journal names a message by its bytes, and these are others.
  tools.journals.noteStates({ sql: 'select ?', values: [id] });
}

function noteDoubtful(
  tools: Pick<StoreTools, 'messages' | 'journals'>,
  id: MessageId,
  isDoubtful: boolean,
): void {
  tools.messages.setDoubtful([id], isDoubtful);
  tools.journals.noteMessages({ sql: 'select ?', values: [id] }, { kind: 'doubtful', isDoubtful });
}

function commitItem(
  tools: Pick<StoreTools, 'sql' | 'messages' | 'journals'>,
  rows: NewRows,
  item: CommitItem,
  now: number,
  gone: Set<number>,
): void {
  const { placement } = item;
  const isLink = placement.kind === 'link';
  // A message that takes the place of a deleted one exists again: later links of this group may point to it.
  const isGone = isLink ? gone.has(placement.messageId) : gone.delete(placement.messageId);
  if (isGone && isLink) {
    // As if it had come just before: it was deleted with the message it is the same as.
    if (item.ledgerKey !== noLedgerKey) rows.noteDeleted(item, now);
    return;
  }
  if (placement.kind === 'new' || isGone) rows.addMessage(item);
  else {
    // What was gathered may be what is changed or removed now.
    rows.write();
    if (placement.kind !== 'link') replaceRecord(tools, rows.segment, item);
    else if (item.isDoubtful) noteDoubtful(tools, placement.messageId, true);
    else if (placement.settles) noteDoubtful(tools, placement.messageId, false);
    if ('drops' in placement && placement.drops !== null) removeMessages(tools, [placement.drops]);
  }
  if (item.ledgerKey !== noLedgerKey) rows.noteInLedger(item, now);
}

/**
 * The one transaction that makes a group of messages exist. The records must be durable in the segment before it is
 * called; only after it has returned, and under `Sql.withoutSync` only after the log has been synced, may a message be
 * announced as stored or be deleted on the server.
 */
export function commitGroup(
  tools: Pick<
    StoreTools,
    'sql' | 'clock' | 'folders' | 'messages' | 'segments' | 'journals' | 'hashes' | 'revision'
  >,
  group: {
    readonly segment: OpenSegment;
    readonly items: readonly CommitItem[];
    readonly committedBytes: number;
    readonly isSealed: boolean;
  },
): CommittedMessage[] {
  const { segment, items } = group;
  const now = tools.clock.steadyNow();
  tools.journals.transaction(() => {
    const rows = new NewRows(tools, segment);
    const gone = vanished(tools, items);
    for (const item of items) commitItem(tools, rows, item, now, gone);
    rows.write();
    tools.segments.noteCommitted(segment, group.committedBytes, group.isSealed);
  });
  for (const item of items) tools.hashes.note(item.sha256, item.isPartial || item.isDoubtful);
  segment.committedBytes = group.committedBytes;
  segment.isInIndex = true;
  tools.revision.changed();
  const { accountId } = segment;
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
