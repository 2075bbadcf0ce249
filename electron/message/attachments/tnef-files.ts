import { decodeText } from '../charset/charset-choice.ts';
import type { CharsetContext } from '../charset/charset-context.ts';
import { cleanAttachmentName } from '../safety/attachment-name.ts';
import { decodedBytes } from '../structure/decoded-bytes.ts';
import type { Part } from '../structure/part.ts';
import type { Stretch } from '../text/stretch.ts';
import { type CarriedFile, extensionOf, sentName, typeByName } from './attachment.ts';
import { decompressRtf } from './rtf-decompress.ts';
import { readRtf } from './rtf-text.ts';
import { decodeTnef, type TnefContent } from './tnef.ts';

/** Whether a part is the wrapping that Outlook puts around attachments: by its type, or by the name it always has. */
export function isTnef(part: Part): boolean {
  if (/^application\/(?:vnd\.)?ms-tnef$/.test(part.type)) return true;
  return /^winmail.*\.dat$/i.test(sentName(part, nameContext) ?? '');
}

const nameContext: CharsetContext = {
  override: null,
  others: [],
  fallback: 'windows-1252',
  evidence: () => new Uint8Array(0),
};

function label(codePage: number): string | null {
  return codePage === 0 ? null : `cp${codePage}`;
}

/** The body a stream carries; Outlook writes it only here when the message has no other. */
function bodyOf(content: TnefContent, context: CharsetContext): Stretch | null {
  const read = (bytes: Buffer, page: number): string =>
    decodeText(bytes, { declared: label(page) }, context)
      .text.replace(/\0+$/, '')
      .replace(/\r\n?/g, '\n');
  const html = content.html ? read(content.html, content.htmlCodePage || content.codePage) : null;
  const raw = content.text;
  const text =
    raw &&
    (content.textIsUtf16
      ? raw.toString('utf16le').replace(/\0+$/, '').replace(/\r\n?/g, '\n')
      : read(raw, content.codePage));
  if (html !== null || text !== null) return { text, html, isFlowed: false, isDelSp: false };
  const rtf = content.rtf === null ? null : decompressRtf(content.rtf);
  return rtf === null ? null : { ...readRtf(rtf), isFlowed: false, isDelSp: false };
}

/** The files inside a winmail.dat part, numbered under it, and the body it may carry; null when it cannot be read. */
export function filesOfTnef(
  part: Part,
  context: CharsetContext,
  heldBytes: number,
): { readonly files: readonly CarriedFile[]; readonly body: Stretch | null } | null {
  const decode = (bytes: Buffer, page: number): string =>
    decodeText(bytes, { declared: label(page) }, context).text;
  const content = decodeTnef(decodedBytes(part, heldBytes), decode);
  if (!content) return null;
  const files = content.files.map((file, index): CarriedFile => {
    const name = cleanAttachmentName(
      file.name ?? `part-${part.path}.${index + 1}`,
      file.type ? extensionOf(file.type) : '',
    );
    return {
      part: `${part.path}.${index + 1}`,
      name,
      type: file.type ?? typeByName(name),
      contentId: file.contentId,
      contentLocation: null,
      open: () => [file.bytes],
    };
  });
  return { files, body: bodyOf(content, context) };
}
