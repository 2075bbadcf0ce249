import { plainParameter } from '../headers/parameters.ts';
import type { Part } from '../structure/part.ts';

/** How a message is protected; the reader does not decrypt or verify, it says what it sees. */
export type Protection = { readonly kind: 'signed' | 'encrypted'; readonly protocol: string };

/** How the type of a part says that it is locked or signed; null where it says neither. */
export function protectionOf(part: Part): Protection | null {
  const { type } = part;
  if (type === 'multipart/signed' || type === 'multipart/encrypted') {
    const protocol = plainParameter(part.contentType, 'protocol')?.toLowerCase() ?? '';
    return { kind: type === 'multipart/signed' ? 'signed' : 'encrypted', protocol };
  }
  // Servers that take structures apart leave this part of an OpenPGP message as a plain attachment.
  if (type === 'application/pgp-encrypted') return { kind: 'encrypted', protocol: type };
  if (!/^application\/(?:x-)?pkcs7-mime$/.test(type)) return null;
  const content = plainParameter(part.contentType, 'smime-type')?.toLowerCase();
  // Packed but neither locked nor signed.
  if (content === 'compressed-data') return null;
  const isSigned = part.children.length > 0 || content === 'signed-data';
  return { kind: isSigned ? 'signed' : 'encrypted', protocol: 'application/pkcs7-mime' };
}

/** OpenPGP written straight into the text, as programs did before there was MIME. RFC 9580 §6.2, §7. */
export function inlineProtection(text: string | null): Protection | null {
  const kind = /^-----BEGIN PGP (SIGNED )?MESSAGE-----\s*$/m.exec((text ?? '').slice(0, 100_000));
  if (kind === null) return null;
  return { kind: kind[1] === undefined ? 'encrypted' : 'signed', protocol: 'openpgp-inline' };
}
