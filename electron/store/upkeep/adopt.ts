import type { MessageId } from '../../../shared/ids.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { commitGroup } from '../intake/commit-group.ts';
import type { CommitItem } from '../intake/commit-item.ts';
import type { Summarise } from '../intake/header-summary.ts';
import { placementOf } from '../intake/placement.ts';
import { addKnownElsewhere } from '../ledger/known-elsewhere.ts';
import { ledgerStateNumber } from '../ledger/ledger-states.ts';
import { removeMessages } from '../ledger/remove-messages.ts';
import { type LedgerNote, type RecordName, readLedgerNote } from '../segments/ledger-note.ts';
import type { OpenSegment } from '../segments/segment-book.ts';
import type { FoundRecord } from '../segments/segment-scan.ts';

type Tools = Pick<
  StoreTools,
  'sql' | 'clock' | 'folders' | 'messages' | 'segments' | 'journals' | 'hashes' | 'revision'
>;

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

/** What segments hold beside the messages that got a row. */
export type Leftovers = { readonly notes: readonly LedgerNote[]; readonly spares: readonly SpareRecord[] };

/** Records of a segment are put into the index in groups of this many. */
const groupRecords = 500;

/**
 * Puts records that are in a segment but not in the index into it: what a start finds behind the last committed
 * record, and every record when the index is rebuilt.
 */
export class Adoption {
  readonly #tools: Tools;
  readonly #summarise: Summarise;
  readonly #segment: OpenSegment;
  readonly #notes: LedgerNote[] = [];
  readonly #spares: SpareRecord[] = [];
  #items: CommitItem[] = [];
  #dead: { offset: number; length: number }[] = [];
  #unsound: MessageId[] = [];
  readonly #pending = new Set<string>();
  readonly #pendingFlawed = new Set<string>();
  #end: number;
  /** Messages that got a row. */
  adopted = 0;

  constructor(tools: Tools, summarise: Summarise, segment: OpenSegment) {
    this.#tools = tools;
    this.#summarise = summarise;
    this.#segment = segment;
    this.#end = segment.committedBytes;
  }

  /** Takes one record in; rows are written a group at a time. */
  add(record: FoundRecord): void {
    this.#end = record.endOffset;
    if (record.facts.kind === 'ledger-note') {
      if (record.isSound) this.#notes.push(readLedgerNote(record.head));
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
    const { sha256, ledgerKey, isPartial, isDoubtful } = facts;
    const placement = placementOf(
      this.#tools,
      this.#segment.accountNo,
      { sha256, ledgerKey, isPartial, isDoubtful, sizeBytes },
      { replacesDoubtful: false },
    );
    if (placement.kind === 'link') this.#addSpare(record, placement.messageId);
    else {
      this.adopted += placement.kind === 'new' ? 1 : 0;
      this.#pending.add(facts.sha256);
      if (facts.isPartial || facts.isDoubtful || !record.isSound) this.#pendingFlawed.add(facts.ledgerKey);
      if (!record.isSound) this.#unsound.push(placement.messageId);
    }
    this.#items.push({
      ...facts,
      sizeBytes,
      recordOffset: record.recordOffset,
      dataOffset: record.dataOffset,
      summary: this.#summarise(record.head),
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
    const { sql } = this.#tools;
    commitGroup(this.#tools, {
      segment: this.#segment,
      items: this.#items,
      committedBytes: this.#end,
      isSealed,
    });
    sql.transaction(() => {
      for (const dead of this.#dead)
        this.#tools.segments.noteDeadRecord(this.#segment.id, dead.offset, dead.length);
      if (this.#unsound.length > 0) this.#tools.messages.setDamaged(this.#unsound, true);
    });
    this.#items = [];
    this.#dead = [];
    this.#unsound = [];
    this.#pending.clear();
    this.#pendingFlawed.clear();
  }

  /** What was met on the way, to be applied when every segment of the account has been read. */
  get leftovers(): Leftovers {
    return { notes: this.#notes, spares: this.#spares };
  }
}

function applyLinks(tools: Pick<StoreTools, 'sql' | 'clock'>, accountNo: number, note: LedgerNote): void {
  const now = tools.clock.steadyNow();
  for (const link of note.links ?? [])
    tools.sql.run(
      `insert into ledger(account_no, key, state, message_id, size, seen_steady, changed_steady, stored_steady, listed)
         select ?1, ?2, iif(m.is_partial = 1, ?7, ?3), m.id, m.size, ?4, ?4, ?4, ?6
         from message m where m.sha256 = ?5 and m.account_no = ?1 order by m.is_partial, m.is_doubtful limit 1
       on conflict do nothing`,
      accountNo,
      link.key,
      ledgerStateNumber('stored'),
      now,
      Buffer.from(link.sha256, 'hex'),
      link.listed ?? null,
      ledgerStateNumber('partial'),
    );
  addKnownElsewhere(tools, accountNo, note.elsewhere ?? []);
  for (const key of note.known ?? [])
    tools.sql.run(
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
function moveToSpare(
  tools: Pick<StoreTools, 'messages' | 'segments'>,
  id: MessageId,
  spare: SpareRecord,
): void {
  const { segmentId, recordOffset, dataOffset, receivedAt } = spare;
  tools.messages.moveRecord(id, { segmentId, recordOffset, dataOffset });
  tools.messages.setReceived(id, receivedAt);
  tools.segments.reviveRecord(segmentId, recordOffset);
}

function applyDead(
  tools: Tools,
  accountNo: number,
  dead: RecordName,
  spareOf: (id: MessageId) => SpareRecord | undefined,
): void {
  const found = tools.sql.value<number>(
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
  if (dead.isDoubtful === true) tools.messages.setDoubtful([id], true);
  const spare = spareOf(id);
  if (spare === undefined) removeMessages(tools, [id]);
  else {
    tools.messages.noteDeadRecords([id]);
    moveToSpare(tools, id, spare);
  }
}

/** Applies what the notes say: links and known keys first, then what is dead. */
export function applyLeftovers(tools: Tools, accountNo: number, { notes, spares }: Leftovers): void {
  if (notes.length === 0) return;
  const dead = notes.flatMap((note) => note.dead ?? []);
  const deadNames = new Set(dead.map(nameOf));
  const alive = new Map<MessageId, SpareRecord>();
  for (const spare of spares)
    if (!deadNames.has(nameOf({ ...spare, offset: spare.recordOffset }))) alive.set(spare.messageId, spare);
  tools.sql.transaction(() => {
    for (const note of notes) applyLinks(tools, accountNo, note);
    for (const record of dead) applyDead(tools, accountNo, record, (id) => alive.get(id));
  });
  tools.revision.changed();
}
