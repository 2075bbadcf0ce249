import type { AccountId, MessageId } from '../../../shared/ids.ts';
import type { Attachment, EmailAddress, MessageSummary } from '../../../shared/message.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { isAttachment, isMailbox, isWarning, storedList } from '../index/stored-json.ts';

type Tools = Pick<StoreTools, 'sql' | 'accounts' | 'folders'>;

type SummaryRow = {
  readonly id: number;
  readonly account_no: number;
  readonly folder: number;
  readonly is_read: number;
  readonly is_starred: number;
  readonly is_replied: number;
  readonly is_forwarded: number;
  readonly is_partial: number;
  readonly is_doubtful: number;
  readonly attachments: number;
  readonly size: number;
  readonly received_at: number;
  readonly thread_id: number;
  readonly thread_count: number;
  readonly subject: string;
  readonly from_name: string;
  readonly from_address: string;
  readonly recipients: string;
  readonly sent_at: number | null;
  readonly preview: string;
};

const summaryColumns = `m.id, m.account_no, m.folder, m.is_read, m.is_starred, m.is_replied, m.is_forwarded, m.is_partial, m.is_doubtful,
  m.attachments, m.size, m.received_at, m.thread_id,
  (select count(*) from message t where t.thread_id = m.thread_id) as thread_count,
  e.subject, e.from_name, e.from_address, e.recipients, e.sent_at, e.preview`;

function summaryOf(
  tools: Pick<StoreTools, 'accounts' | 'folders'>,
  row: SummaryRow,
  tags: readonly string[],
): MessageSummary {
  return {
    id: row.id as MessageId,
    accountId: tools.accounts.idOf(row.account_no),
    folder: tools.folders.folderOf(row.folder),
    subject: row.subject,
    from: { name: row.from_name, address: row.from_address },
    to: storedList(row.recipients, isMailbox),
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    sizeBytes: row.size,
    preview: row.preview,
    isRead: row.is_read === 1,
    isStarred: row.is_starred === 1,
    isReplied: row.is_replied === 1,
    isForwarded: row.is_forwarded === 1,
    isPartial: row.is_partial === 1,
    isDoubtful: row.is_doubtful === 1,
    attachmentCount: row.attachments,
    conversationId: row.thread_id,
    conversationCount: row.thread_count,
    tags,
  };
}

/** Summaries of these messages, in this order. Ids that no longer exist are left out. */
export function summariesOf(tools: Tools, ids: readonly number[]): MessageSummary[] {
  if (ids.length === 0) return [];
  const list = JSON.stringify(ids);
  const rows = tools.sql.all<SummaryRow>(
    `select ${summaryColumns} from json_each(?) j join message m on m.id = j.value join envelope e on e.id = m.id`,
    list,
  );
  const tags = new Map<number, string[]>();
  for (const { message_id, tag } of tools.sql.all<{ message_id: number; tag: string }>(
    'select t.message_id, t.tag from json_each(?) j join message_tag t on t.message_id = j.value order by t.tag',
    list,
  ))
    tags.set(message_id, [...(tags.get(message_id) ?? []), tag]);
  const byId = new Map(rows.map((row) => [row.id, summaryOf(tools, row, tags.get(row.id) ?? [])]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Everything the store knows of one message. */
export type StoredMessage = MessageSummary & {
  readonly cc: readonly EmailAddress[];
  readonly attachments: readonly Attachment[];
  readonly warnings: readonly { readonly code: string; readonly detail: string }[];
  readonly messageIdHeader: string | null;
  readonly isParsed: boolean;
  /** Its bytes are missing or do not have their hash. */
  readonly isDamaged: boolean;
  /** Lower-case hexadecimal, of the stored bytes. */
  readonly sha256: string;
  /** Bytes stored. This is less than `sizeBytes` where only the beginning is here. */
  readonly storedBytes: number;
  readonly conversationIds: readonly MessageId[];
};

type DetailRow = {
  readonly is_parsed: number;
  readonly is_damaged: number;
  readonly sha256: Uint8Array;
  readonly length: number;
  readonly copies: string;
  readonly attachments: string;
  readonly warnings: string;
  readonly message_id: string | null;
  readonly thread_id: number;
};

/** One message with all its rows, or null. */
export function messageOf(tools: Tools, id: MessageId): StoredMessage | null {
  const [summary] = summariesOf(tools, [id]);
  const row = tools.sql.get<DetailRow>(
    `select m.is_parsed, m.is_damaged, m.sha256, m.length, m.thread_id, e.copies, e.attachments, e.warnings, e.message_id
     from message m join envelope e on e.id = m.id where m.id = ?`,
    id,
  );
  if (summary === undefined || row === undefined) return null;
  return {
    ...summary,
    cc: storedList(row.copies, isMailbox),
    attachments: storedList(row.attachments, isAttachment),
    warnings: storedList(row.warnings, isWarning),
    messageIdHeader: row.message_id,
    isParsed: row.is_parsed === 1,
    isDamaged: row.is_damaged === 1,
    sha256: Buffer.from(row.sha256).toString('hex'),
    storedBytes: row.length,
    conversationIds: tools.sql.numbers(
      'select id as value from message where thread_id = ? order by sort_date, id',
      row.thread_id,
    ) as MessageId[],
  };
}

/** The message of an account that has these bytes, or null. For imports and tests. */
export function findByHash(
  tools: Pick<StoreTools, 'sql' | 'accounts'>,
  accountId: AccountId,
  sha256: string,
): MessageId | null {
  const accountNo = tools.accounts.knownNumber(accountId);
  if (accountNo === null) return null;
  return tools.sql.value<number>(
    'select id as value from message where sha256 = ? and account_no = ? limit 1',
    Buffer.from(sha256, 'hex'),
    accountNo,
  ) as MessageId | null;
}
