/** The entry of a parse thread: takes one request at a time and answers it. Whatever a message does, it does here. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { extractPart, openPart } from './extract-part.ts';
import { type ParsedMessage, parseMessage } from './parse.ts';
import type { BodyAddresses, ParseReply, ParseRequest } from './parse-job.ts';
import type { SafeBody } from './safety/safe-body.ts';

/** The body that is shown: the HTML made safe, else the text as a page. The cleaner is loaded when first needed. */
async function safeBody(message: ParsedMessage, addresses: BodyAddresses): Promise<SafeBody> {
  if (message.html === null) {
    const { textToHtml } = await import('./safety/text-to-html.ts');
    return textToHtml(message.text ?? '', { flowed: message.textIsFlowed, delSp: message.textIsDelSp });
  }
  const { sanitiseHtml } = await import('./safety/sanitise-html.ts');
  const { partPrefix, remotePrefix } = addresses;
  const parts = new Map(message.attachments.map(({ contentId, part }) => [contentId, part]));
  return sanitiseHtml(message.html, {
    contentIdUrl: (id) => {
      const part = parts.get(id);
      return part === undefined ? null : `${partPrefix}${encodeURIComponent(part)}`;
    },
    remoteImages: remotePrefix === null ? 'block' : (url) => `${remotePrefix}${encodeURIComponent(url)}`,
  });
}

/** Writes a part to a file that must not exist yet, and removes it again when that fails half-way. */
function writePart(
  request: ParseRequest & { readonly job: 'extract' },
  chunks: Iterable<Buffer>,
): { sizeBytes: number; sha256: string } {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const descriptor = openSync(request.path, 'wx', request.mode);
  try {
    for (const chunk of chunks) {
      hash.update(chunk);
      for (let at = 0; at < chunk.length; ) at += writeSync(descriptor, chunk, at);
      sizeBytes += chunk.length;
    }
  } catch (error) {
    unlinkSync(request.path);
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

async function extractTo(request: ParseRequest & { readonly job: 'extract' }): Promise<ParseReply> {
  const whole = await wholeSource(request);
  if (whole === null) return { kind: 'no-such-part' };
  if (whole instanceof Uint8Array) {
    const found = await extractPart(whole, request.part, request);
    if (!found) return { kind: 'no-such-part' };
    writePart(request, [found.bytes]);
    return { kind: 'extracted', attachment: found.attachment };
  }
  using open = openPart(whole, request.part, request);
  if (!open) return { kind: 'no-such-part' };
  const { part, name, type, contentId } = open.file;
  return {
    kind: 'extracted',
    attachment: { part, name, type, contentId, isInline: false, ...writePart(request, open.chunks) },
  };
}

/** The bytes a request is about: the message's, or those of a message inside it; null when there is none. */
async function wholeSource(request: ParseRequest): Promise<ParseRequest['source'] | null> {
  if (request.inside === undefined) return request.source;
  const inner = await extractPart(request.source, request.inside, request);
  return inner?.bytes ?? null;
}

async function answer(request: ParseRequest): Promise<ParseReply> {
  if (request.job === 'extract') return extractTo(request);
  const source = await wholeSource(request);
  if (source === null) return { kind: 'no-such-part' };
  const message = await parseMessage(source, request);
  return {
    kind: 'parsed',
    message,
    body: request.job === 'show' ? await safeBody(message, request.addresses) : null,
  };
}

/** A failure as the pool tells it: the file system's own, or ours. */
function failure(error: unknown): ParseReply {
  const detail = error instanceof Error ? error.message : String(error);
  const isFile = error instanceof Error && 'syscall' in error;
  return { kind: 'unparsed', reason: isFile ? 'unreadable-file' : 'failed', detail };
}

const port = parentPort;
port?.on('message', (request: ParseRequest) => {
  void answer(request)
    .catch(failure)
    .then((reply) => port.postMessage(reply));
});
