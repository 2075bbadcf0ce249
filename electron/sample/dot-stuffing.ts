const dot = Buffer.from('.');
const terminator = Buffer.from('.\r\n');

/**
 * The slices of a message in a multi-line reply. A dot is put before each line that begins with one, and the closing
 * dot comes last. The message must end with a whole line. It is not copied. RFC 1939 §3.
 */
export function stuffedSlices(message: Buffer): Buffer[] {
  const slices: Buffer[] = [];
  let from = 0;
  if (message[0] === 0x2e) slices.push(dot);
  for (let at = message.indexOf('\r\n.'); at !== -1; at = message.indexOf('\r\n.', at + 2)) {
    slices.push(message.subarray(from, at + 2), dot);
    from = at + 2;
  }
  if (from < message.length) slices.push(message.subarray(from));
  slices.push(terminator);
  return slices;
}

/** The headers, the blank line and the first `lines` lines of the body. RFC 1939 §7, TOP. */
export function topOfMessage(message: Buffer, lines: number): Buffer {
  const blank = message.indexOf('\r\n\r\n');
  if (blank === -1) return message;
  let end = blank + 4;
  for (let line = 0; line < lines && end < message.length; line += 1) {
    const next = message.indexOf('\r\n', end);
    end = next === -1 ? message.length : next + 2;
  }
  return message.subarray(0, end);
}
