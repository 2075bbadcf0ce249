import type { CharsetContext } from '../charset/charset-context.ts';
import { decodeHeaderText } from '../headers/encoded-words.ts';
import { cleanAttachmentName } from '../safety/attachment-name.ts';
import { decodedBytes } from '../structure/decoded-bytes.ts';
import type { Part } from '../structure/part.ts';
import { type CarriedFile, sentName, typeByName } from './attachment.ts';

/** AppleSingle: a file of a Macintosh with all that belongs to it. RFC 1740, appendix A. */
const signature = 0x00051600;
const entriesAt = 26;
const entryBytes = 12;
const mostEntries = 100;
const dataFork = 1;
const realName = 3;

/** The bytes of the entry of a kind; null where there is none or it lies beyond the end. */
function entry(bytes: Buffer, wanted: number): Buffer | null {
  const count = Math.min(bytes.readUInt16BE(entriesAt - 2), mostEntries);
  for (let index = 0; index < count; index++) {
    const at = entriesAt + index * entryBytes;
    if (at + entryBytes > bytes.length) return null;
    const start = bytes.readUInt32BE(at + 4);
    const end = start + bytes.readUInt32BE(at + 8);
    if (bytes.readUInt32BE(at) === wanted) return end <= bytes.length ? bytes.subarray(start, end) : null;
  }
  return null;
}

/** The file inside an AppleSingle part, numbered under it; none where it is something else or holds no data. */
export function appleSingleFile(part: Part, context: CharsetContext, heldBytes: number): CarriedFile[] {
  if (!/^application\/(?:x-)?apple(?:file|single)$/.test(part.type)) return [];
  const bytes = decodedBytes(part, heldBytes);
  if (bytes.length < entriesAt || bytes.readUInt32BE(0) !== signature) return [];
  const data = entry(bytes, dataFork);
  if (data === null || data.length === 0) return [];
  const own = entry(bytes, realName)?.toString('latin1');
  const raw = own === undefined ? sentName(part, context) : decodeHeaderText(own, 'macintosh', context);
  const name = cleanAttachmentName(raw ?? `part-${part.path}`);
  return [
    {
      part: `${part.path}.1`,
      name,
      type: typeByName(name),
      contentId: null,
      contentLocation: null,
      open: () => [data],
    },
  ];
}
