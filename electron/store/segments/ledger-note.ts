import { createHash } from 'node:crypto';
import { asLedgerKey, type LedgerKey, noLedgerKey } from '../../../shared/ledger-key.ts';
import type { OpenSegment } from './segment-book.ts';
import { encodeHeader, paddingBytes, type RecordFacts } from './tar-record.ts';

/** A record named so that nothing else can be meant by it. */
export type RecordName = {
  readonly segment: number;
  readonly offset: number;
  readonly sha256: string;
  readonly receivedAt: number;
  /** It was in doubt when it was deleted here, whatever its record says. */
  readonly isDoubtful?: boolean;
};

/** A key under which the bytes of a stored message were listed too, with the size that LIST said; bytes. */
export type LinkNote = { readonly key: LedgerKey; readonly sha256: string; readonly listed?: number };

/**
 * Facts of the ledger that no record of a message carries: keys of messages that are linked to a record stored under
 * another key, keys of messages that were deleted here, records that are dead, and keys that another program knew. Written into the segments as
 * small entries of their own, so that an index rebuilt from the segments does not fetch or show them again.
 */
export type LedgerNote = {
  readonly links?: readonly LinkNote[];
  readonly known?: readonly LedgerKey[];
  readonly dead?: readonly RecordName[];
  /** Keys that another program knew, of messages that are not here. */
  readonly elsewhere?: readonly LedgerKey[];
};

/** Appends a note at the end of a segment. The segment must be between two records. */
export function appendLedgerNote(
  segment: OpenSegment,
  accountId: string,
  note: LedgerNote,
  receivedAt: number,
): void {
  const data = Buffer.from(JSON.stringify(note));
  const facts: RecordFacts = {
    kind: 'ledger-note',
    accountId,
    ledgerKey: noLedgerKey,
    sha256: createHash('sha256').update(data).digest('hex'),
    receivedAt,
    isPartial: false,
    isDoubtful: false,
    announcedBytes: data.length,
    listedBytes: null,
    lengthBytes: data.length,
  };
  segment.appender.append(encodeHeader(facts));
  segment.appender.append(data);
  segment.appender.appendZeros(paddingBytes(data.length));
}

function listIn<Value>(value: unknown, isValue: (each: unknown) => each is Value): Value[] {
  return Array.isArray(value) ? value.filter(isValue) : [];
}

const isText = (value: unknown): value is string => typeof value === 'string';

function isLink(value: unknown): value is LinkNote {
  const link = value as Partial<Record<keyof LinkNote, unknown>> | null;
  const hasSize = link?.listed === undefined || Number.isSafeInteger(link.listed);
  return isText(link?.key) && isText(link?.sha256) && hasSize;
}

function isRecordName(value: unknown): value is RecordName {
  const name = value as Partial<Record<keyof RecordName, unknown>> | null;
  const { segment, offset, receivedAt } = name ?? {};
  return [segment, offset, receivedAt].every(Number.isFinite) && isText(name?.sha256);
}

/** Reads the data of a ledger note. What is unreadable in it says nothing. */
export function readLedgerNote(data: Uint8Array): LedgerNote {
  try {
    const value: unknown = JSON.parse(Buffer.from(data).toString('utf8'));
    const note = value as Partial<Record<keyof LedgerNote, unknown>> | null;
    return {
      links: listIn(note?.links, isLink),
      known: listIn(note?.known, isText).map(asLedgerKey),
      dead: listIn(note?.dead, isRecordName),
      elsewhere: listIn(note?.elsewhere, isText).map(asLedgerKey),
    };
  } catch {
    // Not JSON: no note.
    return {};
  }
}
