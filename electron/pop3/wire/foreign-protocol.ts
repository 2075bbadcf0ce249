import type { OtherProtocol } from '../../../shared/failure.ts';

/** Recognises what answers instead of a POP3 server by the first bytes it says; null when they tell nothing. */
export function recogniseOther(bytes: Uint8Array): OtherProtocol | null {
  // A TLS record: handshake or alert, then the version's first byte.
  if ((bytes[0] === 0x16 || bytes[0] === 0x15) && bytes[1] === 0x03) return 'tls';
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 64))
    .toString('latin1')
    .trimStart();
  if (/^HTTP\/\d|^<(!doctype|html|\?xml)/i.test(text)) return 'http';
  if (/^SSH-/.test(text)) return 'ssh';
  if (/^\* (OK|PREAUTH|BYE)\b/i.test(text)) return 'imap';
  if (/^[2-5]\d\d[ -]/.test(text)) return 'smtp';
  return null;
}
