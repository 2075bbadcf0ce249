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
  const isSigned = content === 'signed-data' || (content !== 'enveloped-data' && part.children.length > 0);
  return { kind: isSigned ? 'signed' : 'encrypted', protocol: 'application/pkcs7-mime' };
}

const signedBegin = '-----BEGIN PGP SIGNED MESSAGE-----';
const signatureBegin = '\n-----BEGIN PGP SIGNATURE-----';
const signatureEnd = '\n-----END PGP SIGNATURE-----';

/** The words of a text that OpenPGP signed in the clear, without armour; null for other texts. RFC 9580 §7. */
export function clearSigned(text: string): string | null {
  const begin = text.startsWith(signedBegin) ? 0 : text.indexOf(`\n${signedBegin}`) + 1;
  if (begin === 0 && !text.startsWith(signedBegin)) return null;
  const signature = text.indexOf(signatureBegin, begin);
  const head = /^[^\n]*\n(?:[A-Za-z][\w-]{0,40}:[^\n]{0,200}\n){0,20}[ \t]*\n/.exec(
    text.slice(begin, begin + 5000),
  )?.[0];
  if (signature === -1 || head === undefined || begin + head.length > signature + 1) return null;
  const words = text.slice(begin + head.length, signature).replace(/^- /gm, '');
  const end = text.indexOf(signatureEnd, signature);
  const after = end === -1 ? '' : text.slice(end + signatureEnd.length).replace(/^[ \t]*\n/, '');
  return `${text.slice(0, begin)}${words}\n${after}`;
}

/** OpenPGP written straight into the text, as programs did before there was MIME. RFC 9580 §6.2, §7. */
export function inlineProtection(text: string | null): Protection | null {
  const kind = /^[ \t]*-----BEGIN PGP (SIGNED )?MESSAGE-----\s*$/m.exec((text ?? '').slice(0, 100_000));
  if (kind === null) return null;
  return { kind: kind[1] === undefined ? 'encrypted' : 'signed', protocol: 'openpgp-inline' };
}
