/** The entry of a parse worker: answers requests one after the other. Whatever a message does, it does here. */
import { createHash } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { Unreadable } from '../attachments/unreadable.ts';
import { asBuffer, openMessageFile } from '../bytes/byte-source.ts';
import { highlightFound } from '../safety/highlight-found.ts';
import type { SafeBody } from '../safety/safe-body.ts';
import { readableText } from '../text/readable-text.ts';
import { cutNetwork } from './cut-network.ts';
import { extractPart, openPart, readTextFile } from './extract-part.ts';
import { forIndex } from './for-index.ts';
import { partFinder } from './inline-parts.ts';
import { parseMessage } from './parse.ts';
import {
  type GivenMessage,
  type GivenRequest,
  type ParseReply,
  type ShownBody,
  shownSourceBytes,
} from './parse-job.ts';
import type { ParsedMessage } from './parsed-message.ts';

/** The longest message whose PDF is drawn; one of a longer message is saved and looked at elsewhere. */
const drawnSourceBytes = 100_000_000;

/** The body that is shown, in the form that was asked for where the message has it, with what was sought marked. */
async function shownBody(
  message: ParsedMessage,
  source: GivenMessage['source'],
  request: GivenRequest & { readonly job: 'show' },
): Promise<ShownBody> {
  const { format = 'auto', find = '' } = request;
  const shows =
    message.isSource || format === 'source'
      ? 'source'
      : format === 'text' || message.html === null
        ? 'text'
        : 'html';
  const { textToHtml } = await import('../safety/text-to-html.ts');
  const body =
    shows === 'source'
      ? textToHtml(sourceText(source))
      : message.html === null
        ? textToHtml(message.text ?? '', { flowed: message.textIsFlowed, delSp: message.textIsDelSp })
        : shows === 'text'
          ? textToHtml(readableText(message))
          : await safeHtml(message, message.html, request);
  const { html, count: found } = highlightFound(body.html, find);
  return { ...body, html, shows, found };
}

/** The first bytes of a message, each as a character. */
function sourceText(source: GivenMessage['source']): string {
  if (source instanceof Uint8Array)
    return asBuffer(source).toString('latin1', 0, Math.min(source.length, shownSourceBytes));
  using file = openMessageFile({ ...source, length: Math.min(source.length, shownSourceBytes) });
  return file.read(0, file.length).toString('latin1');
}

/** The HTML made safe. The cleaner is loaded when first needed. */
async function safeHtml(
  message: ParsedMessage,
  html: string,
  { addresses, isDark = false }: GivenRequest & { readonly job: 'show' },
): Promise<SafeBody> {
  const { sanitiseHtml } = await import('../safety/sanitise-html.ts');
  const { partPrefix, remotePrefix } = addresses;
  return sanitiseHtml(html, {
    ...partFinder(message, (part) => `${partPrefix}${encodeURIComponent(part)}`),
    remoteImages: remotePrefix === null ? 'block' : (url) => `${remotePrefix}${encodeURIComponent(url)}`,
    isDark,
  });
}

/** Writes a part to an open file. */
function writePart(descriptor: number, chunks: Iterable<Buffer>): { sizeBytes: number; sha256: string } {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for (const chunk of chunks) {
    hash.update(chunk);
    for (let at = 0; at < chunk.length; ) at += writeSync(descriptor, chunk, at);
    sizeBytes += chunk.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

async function extractTo(request: GivenRequest & { readonly job: 'extract' }): Promise<ParseReply> {
  const whole = await wholeSource(request);
  if (whole === null) return { kind: 'no-such-part' };
  if (whole instanceof Uint8Array) {
    const found = await extractPart(whole, request.part, request);
    if (!found) return { kind: 'no-such-part' };
    writePart(request.descriptor, [found.bytes]);
    return { kind: 'extracted', attachment: found.attachment };
  }
  using open = openPart(whole, request.part, request);
  if (!open) return { kind: 'no-such-part' };
  const { part, name, type, contentId } = open.file;
  return {
    kind: 'extracted',
    attachment: {
      part,
      name,
      type,
      contentId,
      isInline: false,
      ...writePart(request.descriptor, open.chunks),
    },
  };
}

let pdfRenderer: WebAssembly.Module | null = null;

/** The first pages of a part as pictures. The renderer lies beside the bundles and is loaded when first needed. */
async function drawPdf(request: GivenRequest & { readonly job: 'draw-pdf' }): Promise<ParseReply> {
  if (request.source.length > drawnSourceBytes) throw new Unreadable('too-long', 'it is too large');
  const whole = await wholeSource(request);
  const found = whole && (await extractPart(whole, request.part, request));
  if (!found) return { kind: 'no-such-part' };
  const { renderPdf } = await import('../attachments/render-pdf.ts');
  pdfRenderer ??= new WebAssembly.Module(readFileSync(join(import.meta.dirname, 'pdfium.wasm')));
  return { kind: 'drawn', ...(await renderPdf(found.bytes, pdfRenderer)) };
}

async function readText(request: GivenRequest & { readonly job: 'read-text' }): Promise<ParseReply> {
  const whole = await wholeSource(request);
  const found = whole && readTextFile(whole, request.part, request);
  return found ? { kind: 'text', ...found } : { kind: 'no-such-part' };
}

/** The bytes a request is about: the message's, or those of a message inside it; null when there is none. */
async function wholeSource(request: GivenMessage): Promise<GivenMessage['source'] | null> {
  if (request.inside === undefined) return request.source;
  const inner = await extractPart(request.source, request.inside, request);
  return inner?.bytes ?? null;
}

/** A message like many, so that reading and cleaning have been loaded and have run before somebody waits for them. */
async function warmUp(): Promise<ParseReply> {
  const cell = '<tr><td style="padding:4px;color:#222"><a href="https://example.org/">x</a> y</td></tr>';
  const page = `<style>p{color:#123}</style><p>x</p><table>${cell.repeat(40)}</table>`;
  const source = Buffer.from(`Content-Type: text/html\r\n\r\n${page}\r\n`);
  await answer({ job: 'show', source, addresses: { partPrefix: 'about:', remotePrefix: null } });
  return { kind: 'warm' };
}

async function answer(request: GivenRequest): Promise<ParseReply> {
  if (request.job === 'warm-up') return warmUp();
  if (request.job === 'extract') return extractTo(request);
  if (request.job === 'draw-pdf') return drawPdf(request);
  if (request.job === 'read-text') return readText(request);
  const source = await wholeSource(request);
  if (source === null) return { kind: 'no-such-part' };
  const message = await parseMessage(source, request);
  if (request.job === 'show')
    return { kind: 'parsed', message, body: await shownBody(message, source, request) };
  if (request.job === 'read-out')
    return { kind: 'parsed', message, body: null, readable: readableText(message) };
  return { kind: 'parsed', message: request.job === 'index' ? await forIndex(message) : message, body: null };
}

/** A failure as the pool tells it: the file system's own, or ours. */
function failure(error: unknown): ParseReply {
  const detail = error instanceof Error ? error.message : String(error);
  const isFile = error instanceof Error && 'syscall' in error;
  const why = error instanceof Unreadable ? { why: error.why } : {};
  return { kind: 'unparsed', reason: isFile ? 'unreadable-file' : 'failed', detail, ...why };
}

cutNetwork();
const port = parentPort;
let atWork: Promise<void> = Promise.resolve();
port?.on('message', (request: GivenRequest) => {
  // One after the other, and answers in the order of the requests: whose message has killed the worker is known by it.
  atWork = atWork
    .then(() => answer(request))
    .catch(failure)
    .then((reply) => port.postMessage(reply));
});
