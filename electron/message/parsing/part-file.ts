import { closeSync, openSync, unlinkSync } from 'node:fs';
import type { GivenRequest, ParseReply, ParseRequest } from './parse-job.ts';

type Extraction = ParseRequest & { readonly job: 'extract' };

/**
 * Opens the new file for a part here, for a parse worker may open none to write. The worker gets the open file. A file
 * that did not become whole is removed.
 */
export async function intoNewFile(
  request: Extraction,
  parse: (request: GivenRequest) => Promise<ParseReply>,
): Promise<ParseReply> {
  const { path, mode } = request;
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx', mode);
  } catch (error) {
    return { kind: 'unparsed', reason: 'unreadable-file', detail: String((error as Error).message) };
  }
  const reply = await parse({ ...request, descriptor });
  closeSync(descriptor);
  if (reply.kind !== 'extracted') unlinkSync(path);
  return reply;
}
