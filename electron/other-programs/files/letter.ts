import { type ByteSource, findBytes } from '../../message/bytes/byte-source.ts';

const lf = 0x0a;
const cr = 0x0d;
const crlf = Buffer.from('\r\n');
/** How much of a message is in memory at a time; a line that is longer is cut for the while. */
export const usualPieceBytes = 1 << 20;
/** Where the end of the headers is looked for, in steps. Bytes. */
const headerReaches = [1 << 12, 1 << 16, 1 << 20];

/** Where a message lies in a source, and whether its From lines are quoted. Offsets in bytes. */
export type Stretch = { readonly start: number; readonly end: number; readonly isQuoted: boolean };

/** Header fields that a program wrote itself, by their names in lower case. The first of equal names counts. */
export type OwnFields = ReadonlyMap<string, string>;

/** Takes a program's own lines out of headers. Headers are Latin-1, with their line ends, without the blank line. */
export type TakeOwnLines = (headers: string) => { readonly kept: string; readonly own: OwnFields };

const noOwnFields: OwnFields = new Map();

/** A message in a source, without the lines that a program added. */
export type Letter = {
  readonly own: OwnFields;
  /** Its bytes in pieces of bounded size; may be asked for again. */
  pieces(): Iterable<Buffer>;
};

/** The headers from `start` on, with the blank line that ends them; null where no end is in reach. */
export function headersAt(source: ByteSource, { start, end }: Pick<Stretch, 'start' | 'end'>): Buffer | null {
  for (const reach of headerReaches) {
    const bytes = source.read(start, Math.min(end, start + reach));
    const unix = bytes.indexOf('\n\n');
    const wire = bytes.indexOf('\n\r\n');
    if (unix !== -1 && (wire === -1 || unix < wire)) return bytes.subarray(0, unix + 2);
    if (wire !== -1) return bytes.subarray(0, wire + 3);
    if (start + reach >= end) return bytes;
  }
  return null;
}

/** The message in a stretch, with CRLF for LF where it has no CRLF, unquoted, without the program's own lines. */
export function letterIn(
  source: ByteSource,
  stretch: Stretch,
  takeOwnLines: TakeOwnLines | null,
  pieceBytes: number = usualPieceBytes,
): Letter {
  const headers = takeOwnLines === null ? null : headersAt(source, stretch);
  // The last line may have the end of the separator behind it.
  const addsCr = findBytes(source, crlf, stretch.start, stretch.end - crlf.length) === -1;
  const piecesOf = (piece: Stretch) => bytesOf(source, piece, addsCr, pieceBytes);
  if (takeOwnLines === null || headers === null) return { own: noOwnFields, pieces: () => piecesOf(stretch) };
  const text = headers.toString('latin1');
  const { kept, own } = takeOwnLines(text);
  if (own.size === 0) return { own, pieces: () => piecesOf(stretch) };
  const head = Buffer.from(addsCr ? withCrlf(kept) : kept, 'latin1');
  const body = { ...stretch, start: stretch.start + headers.length };
  return {
    own,
    *pieces() {
      yield head;
      yield* piecesOf(body);
    },
  };
}

function* bytesOf(
  source: ByteSource,
  { start, end, isQuoted }: Stretch,
  addsCr: boolean,
  pieceBytes: number,
): Generator<Buffer> {
  let isLineStart = true;
  for (let position = start; position < end; ) {
    const read = source.read(position, Math.min(end, position + pieceBytes));
    if (read.length === 0) return;
    const piece = position + read.length < end ? wholeLines(read) : read;
    const unquoted = isQuoted ? unquote(piece, isLineStart) : piece;
    yield addsCr ? Buffer.from(withCrlf(unquoted.toString('latin1')), 'latin1') : unquoted;
    isLineStart = isLineEnd(piece.at(-1));
    position += piece.length;
  }
}

function withCrlf(text: string): string {
  return text.includes('\r\n') ? text.replace(/(?<!\r)\n/g, '\r\n') : text.replaceAll('\n', '\r\n');
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === lf || byte === cr;
}

/** Bytes up to their last line end, so that no From line is cut; all of them where there is none. */
function wholeLines(bytes: Buffer): Buffer {
  const end = Math.max(bytes.lastIndexOf(lf), bytes.lastIndexOf(cr)) + 1;
  return end === 0 ? bytes : bytes.subarray(0, end);
}

function unquote(bytes: Buffer, isLineStart: boolean): Buffer {
  if (!bytes.includes('>From ')) return bytes;
  const text = bytes
    .toString('latin1')
    .replace(/^>(>*From )/gm, (whole, rest: string, offset: number) =>
      offset === 0 && !isLineStart ? whole : rest,
    );
  return Buffer.from(text, 'latin1');
}
