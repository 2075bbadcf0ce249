import { createHash } from 'node:crypto';

/*
 * When two copies are the same letter. Servers write lines of their own into the letters that they keep. A move to
 * another host adds a trace. Some servers do not count or send the end of the last line.
 */

/** Lines that servers write into their own letters. They do not make it another letter. */
const ownField = /^(?:status|x-status|x-uid|x-uidl|x-imapbase|content-length)[ \t]*:/i;

/** Whether headers may contain a line that servers write themselves. */
const anyOwnField = /^(?:status|x-status|x-uid|x-uidl|x-imapbase|content-length)[ \t]*:/im;

type Letter = { readonly fields: readonly string[]; readonly body: Buffer };

/** Header fields with their continuation lines, without those of the server, and the body. */
function taken(bytes: Uint8Array): Letter {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { headersEnd, bodyStart } = bounds(buffer);
  const text = buffer.toString('latin1', 0, headersEnd).replaceAll('\r', '');
  const fields = text.split(/\n(?![ \t])/).filter((field) => field !== '' && !ownField.test(field));
  return { fields, body: withoutLastEnd(buffer.subarray(bodyStart)) };
}

function bounds(buffer: Buffer): { readonly headersEnd: number; readonly bodyStart: number } {
  const crlf = buffer.indexOf('\r\n\r\n');
  const lf = buffer.indexOf('\n\n');
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return { headersEnd: crlf, bodyStart: crlf + 4 };
  if (lf >= 0) return { headersEnd: lf, bodyStart: lf + 2 };
  return { headersEnd: buffer.length, bodyStart: buffer.length };
}

function withoutLastEnd(body: Buffer): Buffer {
  if (body.at(-1) !== 0x0a) return body;
  return body.subarray(0, body.at(-2) === 0x0d ? -2 : -1);
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((field, index) => field === other[index]);
}

/** Whether `all` contains all of `some`, in the same order. */
function standsIn(some: readonly string[], all: readonly string[]): boolean {
  let next = 0;
  for (const field of all) if (field === some[next]) next += 1;
  return next === some.length;
}

/** What headers from TOP are to those of a stored letter; see `likeness`. RFC 1939 §7. */
export function headersLikeness(top: Uint8Array, stored: Uint8Array): 'same' | 'moved' | 'other' {
  return fieldsLikeness(taken(top).fields, taken(stored).fields);
}

function fieldsLikeness(came: readonly string[], stored: readonly string[]): 'same' | 'moved' | 'other' {
  if (came.length === 0) return 'other';
  if (isSameList(came, stored)) return 'same';
  const hasId = stored.some((field) => /^message-id[ \t]*:[^<]*<./i.test(field));
  return hasId && standsIn(stored, came) ? 'moved' : 'other';
}

/**
 * What a letter that has come is to a stored one.
 * - `same`: it differs at most in the lines that servers write and in the end of the last line
 * - `moved`: it has more header lines besides, with the same Message-ID and body; all that is stored is in it
 * - `other`: another letter
 */
export function likeness(came: Uint8Array, stored: Uint8Array): 'same' | 'moved' | 'other' {
  const one = taken(came);
  const other = taken(stored);
  return one.body.equals(other.body) ? fieldsLikeness(one.fields, other.fields) : 'other';
}

/** Whether all that is stored of a letter is in what has come: it begins with the same headers and the same body. */
export function isPieceOf(stored: Uint8Array, came: Uint8Array): boolean {
  const piece = taken(stored);
  const whole = taken(came);
  if (!whole.body.subarray(0, piece.body.length).equals(piece.body)) return false;
  // A piece without a body may end within a line of its headers.
  const last = piece.fields.at(-1) ?? '';
  return (
    standsIn(piece.fields.slice(0, -1), whole.fields) && whole.fields.some((one) => one.startsWith(last))
  );
}

function fieldOf({ fields }: Letter, name: string): string | undefined {
  return fields.find((field) => field.toLowerCase().startsWith(`${name}:`))?.replace(/\s+/g, ' ');
}

/** The end of the last line is sent and counted by some servers only. */
const lineEndBytes = 2;

/**
 * What headers from TOP, and the size in LIST, say of a letter and a stored one, before it is fetched.
 * - `here`: by them it is the stored letter, at most with more header lines
 * - `perhaps`: it has the same Message-ID, or the same Date, sender and subject, but something else differs
 * - `other`: another letter
 */
export function foretell(
  top: Uint8Array,
  listedBytes: number,
  stored: Uint8Array,
): 'here' | 'perhaps' | 'other' {
  const came = taken(top);
  const known = taken(stored);
  const agree = (name: string) => fieldOf(came, name) === fieldOf(known, name);
  if (!agree('message-id') || !['date', 'from', 'subject'].every(agree)) return 'other';
  const hasId = fieldOf(known, 'message-id') !== undefined;
  const hasFields = hasId ? standsIn(known.fields, came.fields) : isSameList(came.fields, known.fields);
  const { bodyStart } = bounds(Buffer.from(top));
  const missing = Math.abs(listedBytes - bodyStart - known.body.length - lineEndBytes);
  return hasFields && missing <= lineEndBytes ? 'here' : 'perhaps';
}

const messageIdField = /^message-id[ \t]*:/i;

/** A hash of the body and of the Message-ID. Letters of which it differs are `other` to one another; see `likeness`. */
export function essenceOf(bytes: Uint8Array): string {
  const { fields, body } = taken(bytes);
  const ids = fields.filter((field) => messageIdField.test(field)).join('\n');
  return createHash('sha256').update(`${ids}\n\n`, 'latin1').update(body).digest('base64');
}

/** Headers without the lines that servers write themselves, and the bytes of those lines. */
export function withoutOwnLines(headers: Buffer): { readonly headers: Buffer; readonly ownBytes: number } {
  const text = headers.toString('latin1');
  if (!anyOwnField.test(text)) return { headers, ownBytes: 0 };
  const kept = text
    .split(/(?<=\n)(?![ \t])/)
    .filter((field) => !ownField.test(field))
    .join('');
  return { headers: Buffer.from(kept, 'latin1'), ownBytes: text.length - kept.length };
}
