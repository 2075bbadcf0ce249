import type { MessageId } from '../../../shared/ids.ts';
import { segmentState } from '../index/segment-table.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { segmentPath } from '../segments/segment-file.ts';
import { scanSegment } from '../segments/segment-scan.ts';
import type { Progress } from './recovery.ts';

type Tools = Pick<StoreTools, 'folder' | 'files' | 'sql' | 'accounts' | 'messages' | 'revision'>;

/** One damaged thing, named so that a person can find it. */
export type Damage = {
  /** File of the segment. */
  readonly path: string;
  /** Where in it; 0 when the whole file is missing. Bytes. */
  readonly offset: number;
  readonly kind: 'missing' | 'cut-short' | 'wrong-bytes' | 'unreadable-header';
  /** Message it belongs to; null where no message is lost by it. */
  readonly messageId: MessageId | null;
  readonly subject: string | null;
};

/** What a check of every record found. */
export type Verification = { readonly checked: number; readonly damaged: readonly Damage[] };

type Segment = {
  readonly id: number;
  readonly account_no: number;
  readonly number: number;
  readonly committed: number;
};
type Expected = {
  readonly id: number;
  readonly record_offset: number;
  readonly sha256: Uint8Array;
  readonly end: number;
  readonly subject: string;
};

/** What the index says is in a segment, by where each record begins. */
function expectedRecords(tools: Pick<StoreTools, 'sql'>, segment: Segment): Map<number, Expected> {
  const rows = tools.sql.all<Expected>(
    `select m.id, m.record_offset, m.sha256, m.data_offset + m.length as end, e.subject
       from message m join envelope e on e.id = m.id where m.segment_id = ? order by m.record_offset`,
    segment.id,
  );
  return new Map(rows.map((row) => [row.record_offset, row]));
}

async function verifySegment(
  tools: Tools,
  segment: Segment,
  onBytes: (position: number) => void,
): Promise<{ sound: number[]; damaged: Damage[] }> {
  const path = segmentPath(tools.folder, tools.accounts.idOf(segment.account_no), segment.number);
  const expected = expectedRecords(tools, segment);
  const length = await tools.files.length(path);
  const sound: number[] = [];
  const damaged: Damage[] = [];
  const name = (row: Expected, kind: Damage['kind']): Damage => ({
    path,
    offset: kind === 'missing' ? 0 : row.record_offset,
    kind,
    messageId: row.id as MessageId,
    subject: row.subject,
  });
  if (length === null) {
    if (expected.size === 0)
      damaged.push({ path, offset: 0, kind: 'missing', messageId: null, subject: null });
    return { sound, damaged: [...damaged, ...[...expected.values()].map((row) => name(row, 'missing'))] };
  }
  const file = await tools.files.open(path, 'read');
  try {
    for await (const step of scanSegment(file, 0, Math.min(length, segment.committed))) {
      if (step.kind === 'gap') continue;
      const { record } = step;
      onBytes(record.endOffset);
      const row = expected.get(record.recordOffset);
      if (row === undefined) continue;
      expected.delete(record.recordOffset);
      const isSame = Buffer.from(row.sha256).toString('hex') === record.facts.sha256;
      if (record.isSound && isSame) sound.push(row.id);
      else damaged.push(name(row, 'wrong-bytes'));
    }
  } finally {
    await file.close();
  }
  for (const row of expected.values())
    damaged.push(name(row, row.end > length ? 'cut-short' : 'unreadable-header'));
  return { sound, damaged };
}

/** Re-reads every record and compares the hashes; messages are marked damaged, or sound again, as found. */
export async function verifyStore(tools: Tools, progress: Progress): Promise<Verification> {
  const segments = tools.sql.all<Segment>(
    `select id, account_no, number, committed from segment
     where state <> ${segmentState.replaced} order by account_no, number`,
  );
  const total = segments.reduce((sum, segment) => sum + segment.committed, 0);
  let before = 0;
  let checked = 0;
  const damaged: Damage[] = [];
  for (const segment of segments) {
    const found = await verifySegment(tools, segment, (position) => progress(before + position, total));
    before += segment.committed;
    checked += found.sound.length + found.damaged.length;
    damaged.push(...found.damaged);
    tools.sql.transaction(() => {
      tools.messages.setDamaged(found.sound, false);
      tools.messages.setDamaged(
        found.damaged.flatMap(({ messageId }) => messageId ?? []),
        true,
      );
    });
  }
  tools.revision.changed();
  return { checked, damaged };
}
