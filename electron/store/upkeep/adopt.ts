import type { MessageId } from '../../../shared/model.ts';
import type { CommitItem } from '../index/commit-item.ts';
import type { StoreContext } from '../index/context.ts';
import { commitGroup, markRecordDead, placementOf, removeMessageRows } from '../index/index-commit.ts';
import { ledgerStateNumber } from '../ledger/ledger-states.ts';
import { type Journal, type RecordName, readJournal } from '../segments/ledger-note.ts';
import type { OpenSegment, SegmentBook } from '../segments/segment-book.ts';
import type { FoundRecord } from '../segments/segment-scan.ts';

/** A sound record of bytes that are here already. */
export type SpareRecord = {
  /** The message that has these bytes. */
  readonly messageId: MessageId;
  readonly segmentId: number;
  readonly segment: number;
  readonly recordOffset: number;
  readonly dataOffset: number;
  readonly receivedAt: number;
};

/** What lies in segments beside the messages that got a row. */
export type Leftovers = { readonly journals: readonly Journal[]; readonly spares: readonly SpareRecord[] };

/** Records of a segment are put into the index in groups of this many. */
const groupRecords = 500;

/**
 * Puts records that are in a segment but not in the index into it: what a start finds behind the last committed
 * record, and every record when the index is rebuilt.
 */
export class Adoption {
  readonly #context: StoreContext;
  readonly #book: SegmentBook;
  readonly #segment: OpenSegment;
  readonly #journals: Journal[] = [];
  readonly #spares: SpareRecord[] = [];
  #items: CommitItem[] = [];
  #dead: { offset: number; length: number }[] = [];
  #unsound: MessageId[] = [];
  readonly #pending = new Set<string>();
  readonly #pendingFlawed = new Set<string>();
  #end: number;
  /** Messages that got a row. */
  adopted = 0;

  constructor(context: StoreContext, book: SegmentBook, segment: OpenSegment) {
    this.#context = context;
    this.#book = book;
    this.#segment = segment;
    this.#end = segment.committedBytes;
  }

  /** Takes one record in; rows are written a group at a time. */
  add(record: FoundRecord): void {
    this.#end = record.endOffset;
    if (record.facts.kind === 'journal') {
      if (record.isSound) this.#journals.push(readJournal(record.head));
      return;
    }
    this.#addMessage(record);
    if (this.#items.length >= groupRecords) this.commit(false);
  }

  #addMessage(record: FoundRecord): void {
    const { facts } = record;
    const sizeBytes = facts.isPartial ? facts.announcedBytes : facts.lengthBytes;
    // A partial or damaged message and its whole one can lie in one group: the row must exist to be replaced.
    if (this.#pending.has(facts.sha256) || this.#pendingFlawed.has(facts.ledgerKey)) this.commit(false);
    const placement = placementOf(this.#context, this.#segment.accountNo, {
      sha256: facts.sha256,
      ledgerKey: facts.ledgerKey,
      isPartial: facts.isPartial,
      sizeBytes,
    });
    if (placement.kind === 'link') this.#addSpare(record, placement.messageId);
    else {
      this.adopted += placement.kind === 'new' ? 1 : 0;
      this.#pending.add(facts.sha256);
      if (facts.isPartial || !record.isSound) this.#pendingFlawed.add(facts.ledgerKey);
      if (!record.isSound) this.#unsound.push(placement.messageId);
    }
    this.#items.push({
      ...facts,
      sizeBytes,
      recordOffset: record.recordOffset,
      dataOffset: record.dataOffset,
      summary: this.#context.summarise(record.head),
      marks: {},
      placement,
    });
  }

  #addSpare(record: FoundRecord, messageId: MessageId): void {
    const { recordOffset, dataOffset, facts } = record;
    this.#dead.push({ offset: recordOffset, length: record.endOffset - recordOffset });
    const { id: segmentId, number: segment } = this.#segment;
    const { receivedAt } = facts;
    if (record.isSound)
      this.#spares.push({ messageId, segmentId, segment, recordOffset, dataOffset, receivedAt });
  }

  /** Writes what has been gathered, and the segment's new length, in one transaction. */
  commit(isSealed: boolean): void {
    const { sql } = this.#context;
    commitGroup(this.#context, this.#book, {
      segment: this.#segment,
      items: this.#items,
      committedBytes: this.#end,
      isSealed,
    });
    sql.transaction(() => {
      for (const dead of this.#dead)
        sql.run(
          'insert or ignore into dead_record(segment_id, record_offset, length) values(?, ?, ?)',
          this.#segment.id,
          dead.offset,
          dead.length,
        );
      for (const id of this.#unsound) sql.run('update message set is_damaged = 1 where id = ?', id);
    });
    this.#items = [];
    this.#dead = [];
    this.#unsound = [];
    this.#pending.clear();
    this.#pendingFlawed.clear();
  }

  /** What was met on the way, to be applied when every segment of the account has been read. */
  get leftovers(): Leftovers {
    return { journals: this.#journals, spares: this.#spares };
  }
}

function applyLinks(context: StoreContext, accountNo: number, journal: Journal): void {
  const now = context.steadyNow();
  for (const link of journal.links ?? [])
    context.sql.run(
      `insert into ledger(account_no, key, state, message_id, size, seen_steady, changed_steady, stored_steady)
         select ?1, ?2, ?3, m.id, m.size, ?4, ?4, ?4 from message m where m.sha256 = ?5 and m.account_no = ?1
       on conflict do nothing`,
      accountNo,
      link.key,
      ledgerStateNumber('stored'),
      now,
      Buffer.from(link.sha256, 'hex'),
    );
  for (const key of journal.known ?? [])
    context.sql.run(
      `insert into ledger(account_no, key, state, seen_steady, changed_steady) values(?, ?, ?, ?, ?)
       on conflict do nothing`,
      accountNo,
      key,
      ledgerStateNumber('stored'),
      now,
      now,
    );
}

const nameOf = (record: { segment: number; offset: number; receivedAt: number }) =>
  `${record.segment} ${record.offset} ${record.receivedAt}`;

/** A message that came again after it had been deleted has its bytes in the later record. */
function moveToSpare(context: StoreContext, id: MessageId, spare: SpareRecord): void {
  const { segmentId, recordOffset, dataOffset, receivedAt } = spare;
  context.sql.run(
    `update message set segment_id = ?1, record_offset = ?2, data_offset = ?3, received_at = ?4,
       sort_date = iif(sort_date = received_at, ?4, sort_date) where id = ?5`,
    segmentId,
    recordOffset,
    dataOffset,
    receivedAt,
    id,
  );
  context.sql.run(
    'delete from dead_record where segment_id = ? and record_offset = ?',
    segmentId,
    recordOffset,
  );
}

function applyDead(
  context: StoreContext,
  accountNo: number,
  dead: RecordName,
  spareOf: (id: MessageId) => SpareRecord | undefined,
): void {
  const found = context.sql.value<number>(
    `select m.id as value from message m join segment s on s.id = m.segment_id
       where m.sha256 = ?1 and m.account_no = ?2 and s.number = ?3 and m.record_offset = ?4 and m.received_at = ?5`,
    Buffer.from(dead.sha256, 'hex'),
    accountNo,
    dead.segment,
    dead.offset,
    dead.receivedAt,
  );
  if (found === null) return;
  const id = found as MessageId;
  if (dead.isDoubtful === true) context.sql.run('update message set is_doubtful = 1 where id = ?', id);
  markRecordDead(context, id);
  const spare = spareOf(id);
  if (spare === undefined) removeMessageRows(context, id);
  else moveToSpare(context, id, spare);
}

/** Applies what the journals say: links and known keys first, then what is dead. */
export function applyLeftovers(
  context: StoreContext,
  accountNo: number,
  { journals, spares }: Leftovers,
): void {
  if (journals.length === 0) return;
  const dead = journals.flatMap((journal) => journal.dead ?? []);
  const deadNames = new Set(dead.map(nameOf));
  const alive = new Map<MessageId, SpareRecord>();
  for (const spare of spares)
    if (!deadNames.has(nameOf({ ...spare, offset: spare.recordOffset }))) alive.set(spare.messageId, spare);
  context.sql.transaction(() => {
    for (const journal of journals) applyLinks(context, accountNo, journal);
    for (const record of dead) applyDead(context, accountNo, record, (id) => alive.get(id));
  });
  context.changed();
}
