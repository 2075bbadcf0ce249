import { serverTextLimit } from '../wire/limits.ts';

/** Control characters, bidirectional controls, and other marks that change how neighbours are shown. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/g;

/** Most status lines: nothing in them needs a second look. */
const plainText = /^[!-~](?:[ -~]*[!-~])?$/;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads bytes of a status line as UTF-8 (RFC 6856 §4), or byte for byte when they are not. */
export function decodeServerBytes(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
}

/** Makes a server's words safe to show: no control or bidirectional characters, at most 512 characters. */
export function cleanServerText(text: string): string {
  if (text.length <= serverTextLimit && plainText.test(text)) return text;
  const cleaned = text
    .slice(0, serverTextLimit * 4)
    .replace(unseen, ' ')
    .trim();
  if (cleaned.length <= serverTextLimit) return cleaned;
  const cut = cleaned.slice(0, serverTextLimit);
  // Half of a surrogate pair must not be left at the edge.
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** As `cleanServerText`, for the bytes of a line; only their start is looked at. */
export function cleanServerBytes(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, serverTextLimit * 8));
  const text = start.toString('latin1');
  // Hardly any line needs more than this, and there is one for each message.
  return text.length <= serverTextLimit && plainText.test(text)
    ? text
    : cleanServerText(decodeServerBytes(start));
}
