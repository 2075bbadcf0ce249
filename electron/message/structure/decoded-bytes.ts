import { readChunks } from '../bytes/byte-source.ts';
import { type Base64Report, decodeTransfer } from '../encoding/transfer-encoding.ts';
import type { Part } from './part.ts';

/** All decoded bytes of a range, at most `limit` of them; for `report` see `decodeTransfer`. */
export function decodedBytes(
  part: Pick<Part, 'source' | 'start' | 'end' | 'encoding'>,
  limit: number,
  report?: (noticed: Base64Report) => void,
): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  for (const chunk of decodeTransfer(readChunks(part.source, part.start, part.end), part.encoding, report)) {
    chunks.push(chunk.subarray(0, limit - size));
    size += chunk.length;
    if (size >= limit) break;
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}
