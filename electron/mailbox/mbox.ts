const lf = 0x0a;
const cr = 0x0d;
const fromSpace = Buffer.from('From ');

/*
 * The mbox family (RFC 4155 and its four habits). Written is mboxrd, the only one that can be read back without loss.
 * Read are mboxrd, mboxo (both by taking one `>` off quoted From lines) and mboxcl/mboxcl2 (by Content-Length, where
 * it leads to the next separator or the end). A message whose lines all end in CRLF is written with LF, and one whose
 * lines all end in LF is read with CRLF, so that what a server sent comes back byte for byte; mixed ends stay.
 */

/** Cuts a whole mbox into its messages' bytes. Bytes before the first separator are a message too if not blank. */
export function* messagesOfMbox(mbox: Uint8Array): Generator<Uint8Array> {
  const bytes = Buffer.from(mbox.buffer, mbox.byteOffset, mbox.byteLength);
  let position = 0;
  while (position < bytes.length) {
    const start = isSeparatorAt(bytes, position) ? lineEnd(bytes, position) : position;
    const counted = endByContentLength(bytes, start);
    const end = counted ?? nextSeparator(bytes, start);
    const content =
      counted === null ? unquote(withoutLastBlankLine(bytes, start, end)) : bytes.subarray(start, end);
    if (content.toString('latin1').trim() !== '') yield withCrlf(content);
    position = skipBlankLines(bytes, end);
  }
}

/** One message as an mboxrd entry: separator, quoted lines, and the blank line behind it. */
export function mboxEntry(message: Uint8Array, sender: string, receivedAt: Date): Buffer {
  const address = /^[\x21-\x7e]+$/.test(sender) ? sender : 'MAILER-DAEMON';
  const body = quote(withLf(Buffer.from(message.buffer, message.byteOffset, message.byteLength)));
  const ends = body.at(-1) === lf ? '\n' : '\n\n';
  return Buffer.concat([Buffer.from(`From ${address} ${asctime(receivedAt)}\n`), body, Buffer.from(ends)]);
}

/** `Thu Jan  1 00:00:00 1970`, in UTC. RFC 4155, Appendix A. */
function asctime(date: Date): string {
  const [weekday, day, month, year, time] = date.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
}

function isSeparatorAt(bytes: Buffer, position: number): boolean {
  return bytes.subarray(position, position + fromSpace.length).equals(fromSpace);
}

function lineEnd(bytes: Buffer, position: number): number {
  const found = bytes.indexOf(lf, position);
  return found === -1 ? bytes.length : found + 1;
}

/** Start of the next separator that follows a blank line, or the end. */
function nextSeparator(bytes: Buffer, from: number): number {
  let found = bytes.indexOf(fromSpace, from);
  while (found !== -1) {
    if (found === from || (bytes[found - 1] === lf && isBlankBefore(bytes, found - 1))) return found;
    found = bytes.indexOf(fromSpace, found + 1);
  }
  return bytes.length;
}

function isBlankBefore(bytes: Buffer, lineFeed: number): boolean {
  const before = bytes[lineFeed - 1] === cr ? lineFeed - 2 : lineFeed - 1;
  return before < 0 || bytes[before] === lf;
}

/** End of a message that names its own length, when that end is a believable one. */
function endByContentLength(bytes: Buffer, start: number): number | null {
  const headerEnd = headersEnd(bytes, start);
  if (headerEnd === null) return null;
  const named = /^content-length:[ \t]*(\d{1,15})[ \t]*\r?$/im.exec(
    bytes.toString('latin1', start, headerEnd),
  );
  if (named === null) return null;
  const end = headerEnd + Number(named[1]);
  if (end > bytes.length) return null;
  const next = skipBlankLines(bytes, end);
  return next === bytes.length || (next > end && isSeparatorAt(bytes, next)) ? end : null;
}

/** Offset just behind the blank line that ends the headers. */
function headersEnd(bytes: Buffer, start: number): number | null {
  const withLfOnly = bytes.indexOf('\n\n', start);
  const withCrLf = bytes.indexOf('\r\n\r\n', start);
  if (withLfOnly === -1 && withCrLf === -1) return null;
  if (withCrLf !== -1 && (withLfOnly === -1 || withCrLf < withLfOnly)) return withCrLf + 4;
  return withLfOnly + 2;
}

function skipBlankLines(bytes: Buffer, from: number): number {
  let position = from;
  while (bytes[position] === lf || (bytes[position] === cr && bytes[position + 1] === lf)) position += 1;
  return position;
}

/** The blank line before a separator belongs to the separator. */
function withoutLastBlankLine(bytes: Buffer, start: number, end: number): Buffer {
  if (end - 2 >= start && bytes[end - 1] === lf && bytes[end - 2] === lf)
    return bytes.subarray(start, end - 1);
  if (end - 4 >= start && bytes.toString('latin1', end - 4, end) === '\r\n\r\n')
    return bytes.subarray(start, end - 2);
  return bytes.subarray(start, end);
}

function quote(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/^(>*From )/gm, '>$1'), 'latin1');
}

function unquote(bytes: Buffer): Buffer {
  return bytes.includes('>From ')
    ? Buffer.from(bytes.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1')
    : bytes;
}

function withLf(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  return /(^|[^\r])\n|\r(?!\n)/.test(text) ? bytes : Buffer.from(text.replaceAll('\r\n', '\n'), 'latin1');
}

function withCrlf(bytes: Buffer): Buffer {
  return bytes.includes(cr)
    ? bytes
    : Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
