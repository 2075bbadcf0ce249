import type { Attachment } from '../../../shared/message.ts';
import { appleSingleFile } from '../attachments/apple-single.ts';
import { type CarriedFile, fileOfPart, measureFile } from '../attachments/attachment.ts';
import { binhexFiles, embeddedFiles } from '../attachments/files-in-text.ts';
import { filesOfTnef, isTnef } from '../attachments/tnef-files.ts';
import { readTextPart } from '../body/text-part.ts';
import { type ByteSource, type MessageFile, memorySource, openMessageFile } from '../bytes/byte-source.ts';
import { decodeText } from '../charset/charset-choice.ts';
import type { CharsetContext } from '../charset/charset-context.ts';
import { plainParameter } from '../headers/parameters.ts';
import { defaultLimits, type Part, partsOf } from '../structure/part.ts';
import { buildPartTree } from '../structure/part-tree.ts';
import { messageContext } from './message-context.ts';
import type { ParseOptions } from './parsed-message.ts';

/** The files that are found inside one part: written into its text, or wrapped in winmail.dat. */
function filesInside(part: Part, context: CharsetContext, heldBytes: number): readonly CarriedFile[] {
  if (isTnef(part)) return filesOfTnef(part, context, heldBytes)?.files ?? [];
  if (!part.type.startsWith('text/'))
    return [...binhexFiles(part, context, heldBytes), ...appleSingleFile(part, context, heldBytes)];
  return embeddedFiles(part, readTextPart(part, context, heldBytes).files, context);
}

/** The file at a part path of a message. Null when the message has no such part. */
export function findFile(source: ByteSource, path: string, options: ParseOptions = {}): CarriedFile | null {
  const limits = { ...defaultLimits, ...options.limits };
  const { root } = buildPartTree(source, limits);
  const context = messageContext(root, options);
  const parts = [...partsOf(root, true)];
  // A message and its only part may bear one number; the part that has a body of its own is meant.
  const own = parts.find((part) => part.path === path && part.children.length === 0);
  if (own) return fileOfPart(own, context);
  const above = parts.find((part) => part.path === path.replace(/\.\d+$/, '') && part.children.length === 0);
  const inside = above
    ? filesInside(above, context, limits.heldBytes).find((file) => file.part === path)
    : undefined;
  if (inside) return inside;
  const whole = parts.find((part) => part.path === path);
  return whole ? fileOfPart(whole, context) : null;
}

/** A part's file being read: its chunks in order, to be closed when done. */
export type OpenPart = Disposable & { readonly file: CarriedFile; readonly chunks: Iterable<Buffer> };

/**
 * Opens one part of a message that lies in a file, to be read piece by piece: neither the message nor the part is
 * held in memory. Null when there is no such part. Throws what the file system throws.
 */
export function openPart(source: MessageFile, path: string, options: ParseOptions = {}): OpenPart | null {
  const file = openMessageFile(source);
  const found = findFile(file, path, options);
  if (!found) {
    file[Symbol.dispose]();
    return null;
  }
  return { file: found, chunks: found.open(), [Symbol.dispose]: () => file[Symbol.dispose]() };
}

function extract(
  source: ByteSource,
  path: string,
  options: ParseOptions,
): { attachment: Attachment; bytes: Buffer } | null {
  const file = findFile(source, path, options);
  return file && { attachment: measureFile(file), bytes: Buffer.concat([...file.open()]) };
}

/** The exact decoded bytes of one part ("2", "1.3", also of a file inside winmail.dat or a text), or null. */
export async function extractPart(
  source: Uint8Array | MessageFile,
  path: string,
  options: ParseOptions = {},
): Promise<{ readonly attachment: Attachment; readonly bytes: Buffer } | null> {
  if (source instanceof Uint8Array) return extract(memorySource(source), path, options);
  using file = openMessageFile(source);
  return extract(file, path, options);
}

/** What is shown of a text file. Bytes. */
const shownTextBytes = 1_000_000;

/** The beginning of a text file in its own character set, or null when there is no such part. */
export function readTextFile(
  source: Uint8Array | MessageFile,
  path: string,
  options: ParseOptions = {},
): { readonly text: string; readonly isCut: boolean } | null {
  if (source instanceof Uint8Array) return textFileIn(memorySource(source), path, options);
  using file = openMessageFile(source);
  return textFileIn(file, path, options);
}

function textFileIn(source: ByteSource, path: string, options: ParseOptions) {
  const file = findFile(source, path, options);
  if (!file) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for (const chunk of file.open()) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > shownTextBytes) break;
  }
  const { root } = buildPartTree(source, { ...defaultLimits, ...options.limits });
  const part = [...partsOf(root, true)].find((one) => one.path === path);
  const declared = part === undefined ? null : plainParameter(part.contentType, 'charset');
  const bytes = Buffer.concat(chunks).subarray(0, shownTextBytes);
  const { text } = decodeText(bytes, { declared }, messageContext(root, options));
  return { text: text.replace(/\r\n?/g, '\n').replaceAll('\0', ''), isCut: size > shownTextBytes };
}
