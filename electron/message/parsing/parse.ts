/**
 * From bytes to what a person reads. A tree of parts is built over the bytes themselves (`part-tree.ts`), so that
 * charsets are decided before anything is decoded, sizes and hashes are exact, and a part is found again by its
 * offsets. mailparser reads what this reading fails on: two parsers must give up before a person sees bare source.
 */
import { type ByteSource, type MessageFile, memorySource, openMessageFile } from '../bytes/byte-source.ts';
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
  return message.isSource ? secondOpinion(source, message) : message;
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
