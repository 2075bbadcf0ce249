import type { Folder } from '../../../shared/folder.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { FolderRegister } from './folders.ts';
import { changeRows } from './many-rows.ts';
import type { Sql, SqlValue } from './sql.ts';
import { fromKey, sortDate, subjectKey } from './text-keys.ts';

/** A select with its values. It gives the column `id`, or rows to take columns from. */
export type RowSource = { readonly sql: string; readonly values: readonly SqlValue[] };

/** Where the record of a message lies. Bytes. */
export type RecordPlace = {
  readonly segmentId: number;
  readonly recordOffset: number;
  readonly dataOffset: number;
};

/** A record that replaces a message's earlier one. */
export type NewRecord = RecordPlace & {
  readonly lengthBytes: number;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly isPartial: boolean;
  readonly isDoubtful: boolean;
};

/** What a message is listed by; `sentAt` in milliseconds since the epoch. */
type ListedBy = {
  readonly subject: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly sentAt: number | null;
};

/** Columns that the parser fills in. */
export type ParsedColumns = {
  readonly attachments: number;
  readonly sort_date: number;
  readonly from_key: string;
  readonly subject_key: string;
  readonly thread_id: number;
};

/** The fields of a row that a person changes. An absent field stays. */
export type RowMarks = {
  readonly folder?: Folder | undefined;
  readonly isRead?: boolean | undefined;
  readonly isStarred?: boolean | undefined;
  readonly isReplied?: boolean | undefined;
  readonly isForwarded?: boolean | undefined;
};

/** The columns of a new row, in the order in which `insert` takes their values. */
const newColumns = [
  ...[
    'id',
    'account_no',
    'folder',
    'is_read',
    'is_starred',
    'is_partial',
    'is_doubtful',
    'size',
    'sort_date',
  ],
  ...['received_at', 'thread_id', 'from_key', 'subject_key', 'segment_id', 'record_offset', 'data_offset'],
  ...['length', 'sha256', 'is_replied', 'is_forwarded'],
] as const;

/** The columns that a person changes. */
export const markColumns = ['folder', 'is_read', 'is_starred', 'is_replied', 'is_forwarded'] as const;

const chosen = '(select value from json_each(?))';

/**
 * The only writer of the table `message` and of the rows that belong to it (envelope, words, tags). Each method runs
 * one statement or a few. Call it inside the transaction of its change.
 */
export class MessageTable {
  readonly #sql: Sql;
  readonly #folders: FolderRegister;
  #nextId: number;

  constructor(sql: Sql, folders: FolderRegister) {
    this.#sql = sql;
    this.#folders = folders;
    this.#nextId = (sql.value<number>('select max(id) as value from message') ?? 0) + 1;
  }

  /** Id for the next message. An id is never given twice while the store is open. */
  newId(): MessageId {
    return this.#nextId++ as MessageId;
  }

  /** The highest id of a message, and so an upper bound of their number. */
  get highestId(): number {
    return this.#nextId - 1;
  }

  /** Inserts rows. The values of all rows stand one after another, in the order of the columns above. */
  insert(values: readonly SqlValue[]): void {
    this.#sql.insert(`message(${newColumns.join(', ')})`, newColumns.length, values);
  }

  /** Gives a message another record with other bytes. The message will be parsed anew. */
  replaceRecord(id: MessageId, record: NewRecord): void {
    this.#sql.run(
      `update message set segment_id = ?, record_offset = ?, data_offset = ?, length = ?, sha256 = ?, size = ?,
         is_partial = ?, is_doubtful = ?, is_damaged = 0, is_parsed = 0 where id = ?`,
      record.segmentId,
      record.recordOffset,
      record.dataOffset,
      record.lengthBytes,
      Buffer.from(record.sha256, 'hex'),
      record.sizeBytes,
      Number(record.isPartial),
      Number(record.isDoubtful),
      id,
    );
    this.#sql.run('delete from words where rowid = ?', id);
  }

  /** Sets what a message is listed by until it is parsed. The time of receipt is in milliseconds since the epoch. */
  setSummary(id: MessageId, { subject, from, sentAt }: ListedBy, receivedAt: number): void {
    this.#sql.run(
      'update message set sort_date = ?, from_key = ?, subject_key = ? where id = ?',
      ...[sortDate(sentAt, receivedAt), fromKey(from.name, from.address), subjectKey(subject), id],
    );
    this.#sql.run(
      'update envelope set subject = ?, from_name = ?, from_address = ?, sent_at = ? where id = ?',
      ...[subject, from.name, from.address, sentAt, id],
    );
  }

  /** Notes the new place of a message's record. */
  moveRecord(id: number, { segmentId, recordOffset, dataOffset }: RecordPlace): void {
    this.#sql.run(
      'update message set segment_id = ?, record_offset = ?, data_offset = ? where id = ?',
      segmentId,
      recordOffset,
      dataOffset,
      id,
    );
  }

  /**
   * Sets when a message was received. If the message was sorted by its old time of receipt, it is now sorted by the new
   * one.
   */
  setReceived(id: MessageId, receivedAt: number): void {
    this.#sql.run(
      `update message set received_at = ?1, sort_date = iif(sort_date = received_at, ?1, sort_date) where id = ?2`,
      receivedAt,
      id,
    );
  }

  /** Sets whether these messages may be incomplete. */
  setDoubtful(ids: readonly number[], isDoubtful: boolean): void {
    this.#sql.run(
      `update message set is_doubtful = ?1 where id in (select value from json_each(?2))`,
      Number(isDoubtful),
      JSON.stringify(ids),
    );
  }

  /** Sets whether these messages can be read. Rows that have the value already are not touched. */
  setDamaged(ids: readonly number[], isDamaged: boolean): void {
    this.#sql.run(
      `update message set is_damaged = ?1 where is_damaged <> ?1 and id in (select value from json_each(?2))`,
      Number(isDamaged),
      JSON.stringify(ids),
    );
  }

  /** Marks each message of a segment as damaged if its bytes lie behind the end of the file, and as sound otherwise. */
  judgeByLength(segmentId: number, fileBytes: number): void {
    this.#sql.run(
      'update message set is_damaged = (data_offset + length > ?2) where segment_id = ?1',
      segmentId,
      fileBytes,
    );
  }

  /** Notes that a message has been parsed, with the changed columns. Each named column costs entries in indexes. */
  setParsed(id: MessageId, changed: Partial<ParsedColumns>): void {
    const columns = Object.keys(changed).map((name) => `, ${name} = ?`);
    this.#sql.run(
      `update message set is_parsed = 1, is_outdated = 0${columns.join('')} where id = ?`,
      ...Object.values(changed),
      id,
    );
  }

  /** Marks messages to be parsed again. */
  parseAgain(ids: readonly number[]): void {
    this.#sql.run(
      `update message set is_parsed = 0 where is_parsed = 1 and id in ${chosen}`,
      JSON.stringify(ids),
    );
  }

  /** Marks all parsed messages to be read again; they are shown and found as they are until then. */
  markOutdated(): void {
    this.#sql.run('update message set is_outdated = 1 where is_parsed = 1 and is_damaged = 0');
  }

  /** Moves the messages of one conversation into another. */
  joinConversations(from: number, to: number): void {
    this.#sql.run('update message set thread_id = ? where thread_id = ?', to, from);
  }

  /** The marks as columns with their values. */
  columnsOf({
    folder,
    isRead,
    isStarred,
    isReplied,
    isForwarded,
  }: RowMarks): readonly { readonly name: string; readonly value: number }[] {
    return [
      ...(isRead === undefined ? [] : [{ name: 'is_read', value: Number(isRead) }]),
      ...(isStarred === undefined ? [] : [{ name: 'is_starred', value: Number(isStarred) }]),
      ...(isReplied === undefined ? [] : [{ name: 'is_replied', value: Number(isReplied) }]),
      ...(isForwarded === undefined ? [] : [{ name: 'is_forwarded', value: Number(isForwarded) }]),
      ...(folder === undefined ? [] : [{ name: 'folder', value: this.#folders.idOf(folder) }]),
    ];
  }

  /** Sets marks on the messages whose ids a select gives. `rows` is their number. */
  setMarks(marks: RowMarks, among: RowSource, rows: number): void {
    const columns = this.columnsOf(marks);
    const names = columns.map(({ name }) => name);
    changeRows(this.#sql, names, rows, () => {
      this.#sql.run(
        `update message set ${names.map((name) => `${name} = ?`).join(', ')} where id in (${among.sql})`,
        ...columns.map(({ value }) => value),
        ...among.values,
      );
    });
  }

  /** Copies marks from a select that gives ids with the columns of the marks. `rows` is their number. */
  takeMarks(source: RowSource, rows: number): void {
    changeRows(this.#sql, markColumns, rows, () => {
      this.#sql.run(
        `update main.message set ${markColumns.map((name) => `${name} = s.${name}`).join(', ')}
         from (${source.sql}) s where s.id = message.id`,
        ...source.values,
      );
    });
  }

  /** Notes that the records of these messages are dead. */
  noteDeadRecords(ids: readonly number[]): void {
    this.#sql.run(
      `insert or ignore into dead_record(segment_id, record_offset, length)
         select segment_id, record_offset, data_offset - record_offset + (length + 511) / 512 * 512
         from message where id in ${chosen}`,
      JSON.stringify(ids),
    );
  }

  /** Removes messages. The ledger must have forgotten them before (`forgetMessages`). */
  remove(ids: readonly number[]): void {
    const list = JSON.stringify(ids);
    for (const statement of [
      `delete from words where rowid in ${chosen}`,
      `delete from message_tag where message_id in ${chosen}`,
      `delete from envelope where id in ${chosen}`,
      `delete from message where id in ${chosen}`,
    ])
      this.#sql.run(statement, list);
  }

  /** Removes every message of an account. */
  removeOfAccount(accountNo: number): void {
    const all = '(select id from message where account_no = ?)';
    for (const statement of [
      `delete from words where rowid in ${all}`,
      `delete from message_tag where message_id in ${all}`,
      `delete from envelope where id in ${all}`,
      'delete from message where account_no = ?',
    ])
      this.#sql.run(statement, accountNo);
  }
}
