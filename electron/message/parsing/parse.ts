/*
 * The room `parsing`: whole messages, read on threads of their own.
 * - A tree of parts is built over the bytes themselves (structure/part-tree.ts). So charsets are decided before anything
 *   is decoded, sizes and hashes are exact, and a part is found again by its offsets.
 * - Where our reading finds no body, mailparser is asked. Two parsers must give up before a person sees bare source.
 * - A hostile message costs at most its own display: time, heap and depth are bounded (parse-pool.ts).
 *
 * The rooms below it, each knowing only those before it: bytes, charset, headers; encoding; structure; attachments, body.
 * `text`, `safety` and `calendar` know no parts.
 */
import { type ByteSource, type MessageFile, memorySource, openMessageFile } from '../bytes/byte-source.ts';
import { withDrawnParts } from './inline-parts.ts';
import type { ParsedMessage, ParseOptions } from './parsed-message.ts';
import { readAsSource, readMessage } from './read-message.ts';
import { secondOpinion } from './second-opinion.ts';

async function readWithHelp(source: ByteSource, options: ParseOptions): Promise<ParsedMessage> {
  let message: ParsedMessage;
  try {
    message = readMessage(source, options);
  } catch (error) {
    // A mistake of ours, or a file that went away under us: only the second is the caller's.
    if (error instanceof Error && 'syscall' in error) throw error;
    message = readAsSource(source, options, error instanceof Error ? error.message : String(error));
  }
  return message.isSource ? secondOpinion(source, message) : withDrawnParts(message);
}

/**
 * Reads a message from memory, or from a stretch of a file, which is never held whole. Never rejects for what is in
 * the message; rejects when the file cannot be read.
 */
export async function parseMessage(
  source: Uint8Array | MessageFile,
  options: ParseOptions = {},
): Promise<ParsedMessage> {
  if (source instanceof Uint8Array) return readWithHelp(memorySource(source), options);
  using file = openMessageFile(source);
  return await readWithHelp(file, options);
}
