import type { MessageId } from '../../../shared/ids.ts';
import type { RecordName } from '../segments/ledger-note.ts';
import type { StoreTools } from './store-tools.ts';

/** Names of the records of messages, by the number of their account. */
export function recordNames(
  tools: Pick<StoreTools, 'sql'>,
  ids: readonly MessageId[],
): Map<number, RecordName[]> {
  const names = new Map<number, RecordName[]>();
  for (const row of tools.sql.all<{
    account_no: number;
    segment: number;
    offset: number;
    sha256: Uint8Array;
    received: number;
    is_doubtful: number;
  }>(
    `select m.account_no, s.number as segment, m.record_offset as offset, m.sha256, m.received_at as received, m.is_doubtful
     from json_each(?) j join message m on m.id = j.value join segment s on s.id = m.segment_id`,
    JSON.stringify(ids),
  )) {
    const name: RecordName = {
      segment: row.segment,
      offset: row.offset,
      sha256: Buffer.from(row.sha256).toString('hex'),
      receivedAt: row.received,
      ...(row.is_doubtful === 1 ? { isDoubtful: true } : {}),
    };
    names.set(row.account_no, [...(names.get(row.account_no) ?? []), name]);
  }
  return names;
}
