/** What a protected message shows beside its body: that it is protected, and the subject that was hidden with it. */
import type { CarriedFile } from '../attachments/attachment.ts';
import { wrappedLetter } from '../body/body.ts';
import { inlineProtection, type Protection } from '../body/protection.ts';
import type { CharsetContext } from '../charset/charset-context.ts';
import { decodeHeaderText } from '../headers/encoded-words.ts';
import { firstField } from '../headers/header-block.ts';
import { plainParameter } from '../headers/parameters.ts';
import type { Part } from '../structure/part.ts';
import { htmlToText } from '../text/html-to-text.ts';
import type { Stretch } from '../text/stretch.ts';

/** A file that OpenPGP has locked as a whole. RFC 9580 §6.2. */
function isLockedFile(file: CarriedFile): boolean {
  if (!/\.(?:asc|pgp|gpg)$/i.test(file.name)) return false;
  for (const chunk of file.open())
    return /^\s*-----BEGIN PGP MESSAGE-----/.test(chunk.toString('latin1', 0, 200));
  return false;
}

/** OpenPGP that no type of a part tells: armour in the text or in HTML alone, or one locked file without a word beside it. */
export function untypedProtection(body: Stretch | null, files: readonly CarriedFile[]): Protection | null {
  const html = body?.html ?? null;
  const text = body?.text ?? (html?.includes('-----BEGIN PGP') ? htmlToText(html.slice(0, 400_000)) : null);
  const inline = inlineProtection(text);
  if (inline !== null) return inline;
  const isSilent = body === null || (html === null && !/\S/.test(body.text ?? ''));
  const [file] = files;
  return isSilent && files.length === 1 && file !== undefined && isLockedFile(file)
    ? { kind: 'encrypted', protocol: 'openpgp-file' }
    : null;
}

/** What programs write in place of a subject that they hide. RFC 9788 §2. */
const placeholder =
  /^(?:\.{3}|\u2026|\[\.{3}\]|\[\u2026\]|(?:pEp|Encrypted (?:message|e-?mail)|p\u2261p))?$/i;

/** The subject inside a signed message whose own header hides it; else the one that its header gives. */
export function subjectOf(root: Part, outer: string, context: CharsetContext): string {
  if (!placeholder.test(outer)) return outer;
  const isSigned = root.type === 'multipart/signed' || root.type === 'application/pkcs7-mime';
  const first = isSigned ? root.children[0] : undefined;
  if (first === undefined) return outer;
  const letter = wrappedLetter(first);
  const isProtected = ['hp', 'protected-headers'].some(
    (name) => plainParameter(first.contentType, name) !== null,
  );
  const fields =
    letter?.fields ?? (isProtected || root.type === 'application/pkcs7-mime' ? first.fields : []);
  const inner = firstField(fields, 'subject');
  return inner === null
    ? outer
    : decodeHeaderText(inner, plainParameter(first.contentType, 'charset'), context) || outer;
}
