import { memorySource } from '../bytes/byte-source.ts';
import type { CharsetContext } from '../charset/charset-context.ts';
import { decodeHeaderText } from '../headers/encoded-words.ts';
import { cleanAttachmentName } from '../safety/attachment-name.ts';
import { decodedBytes } from '../structure/decoded-bytes.ts';
import type { Part } from '../structure/part.ts';
import { type CarriedFile, typeByName } from './attachment.ts';
import { type EmbeddedFile, findBinhexFiles } from './embedded-files.ts';

/** Files written into the text of a part, as attachments numbered under it. */
export function embeddedFiles(
  part: Part,
  files: readonly EmbeddedFile[],
  context: CharsetContext,
): CarriedFile[] {
  return files.map((file, index) => {
    const name = cleanAttachmentName(decodeHeaderText(file.rawName, null, context));
    return {
      part: `${part.path}.${index + 1}`,
      name,
      type: typeByName(name),
      contentId: null,
      contentLocation: null,
      open: file.decode,
    };
  });
}

/** The files inside a part that is BinHex as a whole, numbered under it; none where it is something else. */
export function binhexFiles(part: Part, context: CharsetContext, heldBytes: number): CarriedFile[] {
  if (!/^application\/(?:x-)?(?:mac-)?binhex(?:40)?$/.test(part.type)) return [];
  const source = memorySource(decodedBytes(part, heldBytes));
  return embeddedFiles(part, findBinhexFiles(source, { start: 0, end: source.length }), context);
}
