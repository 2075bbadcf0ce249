import {
  type DangerousKind,
  type Detected,
  dangerousEndings,
  loadableTypes,
  opens,
  runnableTypes,
  signatures,
} from './attachment-types.ts';

/* Which attachments may be opened, and which are only saved. attachment-types.ts has the lists. */

/** Why an attachment is only saved, never opened. */
export type AttachmentReason =
  | DangerousKind
  /** Its content is of another and dangerous kind than its name says. */
  | 'disguised'
  /** Two endings of which the inner one can run. */
  | 'double-extension'
  /** Its name holds invisible or direction-changing characters. */
  | 'hidden-characters'
  /** It could not be read through, so macros may be inside. */
  | 'unclear'
  /** What would open it is not known. */
  | 'unknown-type';

/** Whether an attachment may be handed to the system's program; `detectedType` is a MIME type told by its first bytes. */
export type AttachmentVerdict =
  | { readonly kind: 'open'; readonly detectedType: string | null }
  | { readonly kind: 'save-only'; readonly reason: AttachmentReason; readonly detectedType: string | null };

const invisible = /[\p{Cc}\p{Cf}\u2800\u3164\u115f\u1160\uffa0]/u;

/**
 * Judges an attachment by its cleaned name, its declared type, its first bytes (4 KB are enough), and what a look through
 * the whole file for macros and objects found. What is not known to be a document, picture, sound, film or archive is
 * only saved.
 */
export function judgeAttachment(attachment: {
  readonly name: string;
  readonly type: string;
  readonly head: Uint8Array;
  /** Whether macros or objects are inside; `unclear` where the file could not be read through. */
  readonly inside?: 'program' | 'none' | 'unclear';
}): AttachmentVerdict {
  const detected = attachment.inside === 'program' ? macroDocument : detectType(attachment.head);
  const detectedType = detected?.type ?? null;
  const saveOnly = (reason: AttachmentReason): AttachmentVerdict => ({
    kind: 'save-only',
    reason,
    detectedType,
  });
  const parts = attachment.name
    .toLowerCase()
    .replace(/[. ]+$/, '')
    .split('.')
    .map((part) => part.trim());
  const ending = parts.length > 1 ? (parts[parts.length - 1] ?? '') : '';
  const type = attachment.type.toLowerCase().split(';')[0]?.trim() ?? '';
  const byName = dangerousEndings.get(ending);
  const usual = opens.get(ending);
  if (byName !== undefined) return saveOnly(byName);
  if (invisible.test(attachment.name)) return saveOnly('hidden-characters');
  const byContent = detected?.danger ?? null;
  // A text that begins like a page is shown as text; one that begins like a program is somebody's trap.
  const isShownAsText = byContent === 'page' && usual?.startsWith('text/') === true;
  if (byContent !== null && !isShownAsText) return saveOnly(usual === undefined ? byContent : 'disguised');
  if (parts.slice(1, -1).some((part) => (dangerousEndings.get(part) ?? 'page') !== 'page'))
    return saveOnly('double-extension');
  const byType = runnableTypes.test(type) ? 'program' : loadableTypes.test(type) ? 'page' : null;
  if (usual === undefined) return saveOnly(byType ?? 'unknown-type');
  // A large archive is only unpacked. Any other file that could not be read through may hide macros.
  if (attachment.inside === 'unclear' && ending !== 'zip') return saveOnly('unclear');
  return byType === 'program' ? saveOnly('disguised') : { kind: 'open', detectedType };
}

const macroDocument: Detected = { type: 'application/x-macro-document', danger: 'macro' };

function detectType(head: Uint8Array): Detected | null {
  const text = latin1(head, 0, Math.min(head.length, 4_096));
  if (head[0] === 0x50 && head[1] === 0x4b && contains(head, 'META-INF/MANIFEST.MF'))
    return { type: 'application/java-archive', danger: 'program' };
  if (holdsMacros(head)) return macroDocument;
  for (const [at, bytes, type, danger] of signatures)
    if ((at === 0 ? text.slice(0, bytes.length) : latin1(head, at, at + bytes.length)) === bytes)
      return { type, danger };
  const start = text
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replace(/\0/g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .trimStart();
  if (/^(?:\[Desktop Entry\]|\[InternetShortcut\])/i.test(start))
    return { type: 'application/x-desktop', danger: 'shortcut' };
  if (
    /^(?:<\?xml[^>]*>|\s)*<(?:!doctype\s+(?:html|svg)|html|head|body|script|svg|iframe|meta|\w+:svg)\b/i.test(
      start,
    )
  )
    return { type: /<(?:\w+:)?svg\b/i.test(start) ? 'image/svg+xml' : 'text/html', danger: 'page' };
  if (/^mime-version:/i.test(start)) return { type: 'multipart/related', danger: 'page' };
  return null;
}

/** Names of macro streams: in the directory of a zip, and in UTF-16 in an OLE file. */
function holdsMacros(bytes: Uint8Array): boolean {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const isOle = bytes[0] === 0xd0 && bytes[1] === 0xcf;
  if (isZip) return contains(bytes, 'vbaProject.bin');
  return isOle && contains(bytes, [...'_VBA_PROJECT'].map((char) => `${char}\0`).join(''));
}

function contains(bytes: Uint8Array, text: string): boolean {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1))
    if (latin1(bytes, at, at + text.length) === text) return true;
  return false;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (const byte of bytes.subarray(start, end)) text += String.fromCharCode(byte);
  return text;
}

/** Content of the `Zone.Identifier` stream that marks a saved file as coming from the internet. Windows, zone 3. */
export function zoneIdentifier(): string {
  return '[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=about:internet\r\n';
}

/** Value of the `com.apple.quarantine` attribute: flags, time in hexadecimal seconds, the program, an id (UUID). macOS. */
export function quarantineValue(savedAtMs: number, id: string): string {
  return `0083;${Math.floor(savedAtMs / 1_000)
    .toString(16)
    .padStart(8, '0')};Poppy;${id.toUpperCase()}`;
}
