import type { MessageId } from '../../../shared/ids.ts';
import type { Folder } from '../../../shared/message.ts';
import type { FolderRegister } from './folders.ts';
import { changeRows } from './many-rows.ts';
import type { Sql, SqlValue } from './sql.ts';

/** A select that gives the column `id`, or rows to take columns from, with its values. */
export type RowSource = { readonly sql: string; readonly values: readonly SqlValue[] };

/** Where the record of a message lies. Bytes. */
export type RecordPlace = {
  readonly segmentId: number;
  readonly recordOffset: number;
  readonly dataOffset: number;
};

/** A record that takes the place of the one a message had. */
export type NewRecord = RecordPlace & {
  readonly lengthBytes: number;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly isPartial: boolean;
  readonly isDoubtful: boolean;
};

/** Columns that parsing fills in. */
export type ParsedColumns = {
  readonly attachments: number;
  readonly sort_date: number;
  readonly from_key: string;
  readonly subject_key: string;
  readonly thread_id: number;
};

/** What a person changes about a message in its row; what is absent stays. */
export type RowMarks = {
  readonly folder?: Folder | undefined;
  readonly isRead?: boolean | undefined;
  readonly isStarred?: boolean | undefined;
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
  ...['length', 'sha256'],
] as const;

const chosen = '(select value from json_each(?))';

/**
 * The only writer of the table `message`, and of the rows that live and die with it (envelope, words, tags). Everything
 * here is a statement or a few, to be called inside the transaction of the change they belong to.
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

  /** Id for the next message; never given twice while the store is open. */
  newId(): MessageId {
    return this.#nextId++ as MessageId;
  }

  /** No message has a higher id. There are at most so many. */
  get highestId(): number {
    return this.#nextId - 1;
  }

  /** Inserts rows; the values of all of them stand one after another, in the order of the columns above. */
  insert(values: readonly SqlValue[]): void {
    this.#sql.insert(`message(${newColumns.join(', ')})`, newColumns.length, values);
  }

  /** Gives a message another record with other bytes; it is to be parsed anew. */
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

  /** Says that the record of a message lies elsewhere now. */
  moveRecord(id: number, { segmentId, recordOffset, dataOffset }: RecordPlace): void {
    this.#sql.run(
      'update message set segment_id = ?, record_offset = ?, data_offset = ? where id = ?',
      segmentId,
      recordOffset,
      dataOffset,
      id,
    );
  }

  /** Says when a message was received; it sorts by that where it sorted by its old time of receipt. */
  setReceived(id: MessageId, receivedAt: number): void {
    this.#sql.run(
      `update message set received_at = ?1, sort_date = iif(sort_date = received_at, ?1, sort_date) where id = ?2`,
      receivedAt,
      id,
    );
  }

  /** Says whether it is in doubt that these messages are whole. */
  setDoubtful(ids: readonly number[], isDoubtful: boolean): void {
    this.#sql.run(
      `update message set is_doubtful = ?1 where id in (select value from json_each(?2))`,
      Number(isDoubtful),
      JSON.stringify(ids),
    );
  }

  /** Says whether these messages can be read. Rows that say so already are not touched. */
  setDamaged(ids: readonly number[], isDamaged: boolean): void {
    this.#sql.run(
      `update message set is_damaged = ?1 where is_damaged <> ?1 and id in (select value from json_each(?2))`,
      Number(isDamaged),
      JSON.stringify(ids),
    );
  }

  /** Calls every message of a segment damaged whose bytes lie behind the end of the file, and the others sound. */
  judgeByLength(segmentId: number, fileBytes: number): void {
    this.#sql.run(
      'update message set is_damaged = (data_offset + length > ?2) where segment_id = ?1',
      segmentId,
      fileBytes,
    );
  }

  /** Says that a message has been parsed, and what that changed. Each column that is named costs entries in indexes. */
  setParsed(id: MessageId, changed: Partial<ParsedColumns>): void {
    const columns = Object.keys(changed).map((name) => `, ${name} = ?`);
    this.#sql.run(
      `update message set is_parsed = 1${columns.join('')} where id = ?`,
      ...Object.values(changed),
      id,
    );
  }

  /** Lets messages be parsed again. */
  parseAgain(ids: readonly number[]): void {
    this.#sql.run(
      `update message set is_parsed = 0 where is_parsed = 1 and id in ${chosen}`,
      JSON.stringify(ids),
    );
  }

  /** Puts the messages of one conversation into another. */
  joinConversations(from: number, to: number): void {
    this.#sql.run('update message set thread_id = ? where thread_id = ?', to, from);
  }

  /** The marks as columns with their values. */
  columnsOf({
    folder,
    isRead,
    isStarred,
  }: RowMarks): readonly { readonly name: string; readonly value: number }[] {
    return [
      ...(isRead === undefined ? [] : [{ name: 'is_read', value: Number(isRead) }]),
      ...(isStarred === undefined ? [] : [{ name: 'is_starred', value: Number(isStarred) }]),
      ...(folder === undefined ? [] : [{ name: 'folder', value: this.#folders.idOf(folder) }]),
    ];
  }

  /** Sets marks on the messages whose ids a select gives; `rows` is how many these are. */
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

  /** Takes the marks that a select gives with the ids: folder, is_read, is_starred; `rows` is how many these are. */
  takeMarks(source: RowSource, rows: number): void {
    changeRows(this.#sql, ['folder', 'is_read', 'is_starred'], rows, () => {
      this.#sql.run(
        `update main.message set folder = s.folder, is_read = s.is_read, is_starred = s.is_starred
         from (${source.sql}) s where s.id = message.id`,
        ...source.values,
      );
    });
  }

  /** Keeps in mind that the records of these messages are of no use any more. */
  noteDeadRecords(ids: readonly number[]): void {
    this.#sql.run(
      `insert or ignore into dead_record(segment_id, record_offset, length)
         select segment_id, record_offset, data_offset - record_offset + (length + 511) / 512 * 512
         from message where id in ${chosen}`,
      JSON.stringify(ids),
    );
  }

  /** Removes messages. Their entries in the ledger must have been told before (`forgetMessages`). */
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
