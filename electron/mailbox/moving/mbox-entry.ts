const lf = 0x0a;

/*
 * The mbox family (RFC 4155 and its four habits). Written is mboxrd, the only one that can be read back without loss.
 * A message whose lines all end in CRLF is written with LF, so that what a server sent comes back byte for byte; mixed
 * ends stay.
 */

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

function quote(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/^(>*From )/gm, '>$1'), 'latin1');
}

function withLf(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  return /(^|[^\r])\n|\r(?!\n)/.test(text) ? bytes : Buffer.from(text.replaceAll('\r\n', '\n'), 'latin1');
}
