import type { LetterFault } from './habits.ts';

/* The bytes of the letters of a server in memory, on the wire and compared. */

/** What Courier gives in place of a letter that it cannot show. */
export const notice = Buffer.from(
  `From: Mail Delivery Subsystem <postmaster>\r\nSubject: Cannot display this message\r\n\r\n${'Your program cannot show it.\r\n'.repeat(55)}`,
);

/** A letter as it goes over the wire without stuffing: its last line has an end. */
export function wireBytes(bytes: Buffer): Buffer {
  return bytes.length === 0 || bytes.subarray(-2).toString('latin1') === '\r\n'
    ? bytes
    : Buffer.concat([bytes, Buffer.from('\r\n')]);
}

/** A letter with its dots doubled. */
export function stuffed(bytes: Buffer): Buffer {
  return Buffer.from(wireBytes(bytes).toString('latin1').replace(/^\./gm, '..'), 'latin1');
}

/** What TOP gives of a letter: its headers and so many lines. */
export function topOf(bytes: Buffer, lines: number): Buffer {
  const text = bytes.toString('latin1');
  const end = text.indexOf('\r\n\r\n') + 4;
  const body = text.slice(end).split('\r\n').slice(0, lines);
  return Buffer.from(`${text.slice(0, end)}${body.length > 0 ? `${body.join('\r\n')}\r\n` : ''}`, 'latin1');
}

/** A letter with one more line at the end of its headers, unless it has that line. */
export function withHeader(bytes: Buffer, line: string): Buffer {
  const text = bytes.toString('latin1');
  if (text.includes(`\r\n${line}\r\n`)) return bytes;
  const at = text.indexOf('\r\n\r\n') + 2;
  return Buffer.from(`${text.slice(0, at)}${line}\r\n${text.slice(at)}`, 'latin1');
}

/** Lines that servers write into their own letters, and the trace line of a move. */
const ownLines = /^(?:Status|X-UIDL|X-Moved): [^\r\n]*\r\n/gm;

/** A letter as a person has it: without what servers write themselves, and with an end of its last line. */
export function essenceOf(bytes: Uint8Array): string {
  return wireBytes(Buffer.from(bytes)).toString('latin1').replace(ownLines, '');
}

/** What comes of a letter that is asked for, and how it ends: with its dot, by the end of the line, or in silence. */
export function whatComes(
  whole: Buffer,
  fault: LetterFault['kind'] | undefined,
): { readonly bytes: Buffer; readonly end: 'dot' | 'cut' | 'silence' } {
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  switch (fault) {
    case 'cut':
      return { bytes: half, end: 'cut' };
    case 'stall':
      return { bytes: half, end: 'silence' };
    case 'unended':
      return { bytes: whole, end: 'silence' };
    case 'half':
      return { bytes: half, end: 'dot' };
    case 'headers-only':
      return { bytes: whole.subarray(0, whole.indexOf('\r\n\r\n') + 4), end: 'dot' };
    case 'nothing':
      return { bytes: Buffer.alloc(0), end: 'dot' };
    case 'notice':
      return { bytes: notice, end: 'dot' };
    default:
      return { bytes: whole, end: 'dot' };
  }
}
