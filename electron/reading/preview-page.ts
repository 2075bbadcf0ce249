import type { Failure, UnreadableWhy } from '../../shared/failure.ts';
import type { MessageId } from '../../shared/model.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { ParseReply, UnparsedReason } from '../message/parsing/parse-job.ts';
import { buildMessagePage, messagePageHeaders } from '../message/safety/message-page.ts';
import { rasterTypeOf } from '../message/safety/raster-type.ts';
import { safeDocument } from '../message/safety/safe-body.ts';
import { textToHtml } from '../message/safety/text-to-html.ts';
import type { MessageShelf, Page } from './message-shelf.ts';

type PreviewBody = { readonly html: string; readonly pictures?: NonNullable<Page['pictures']> };
type Put = { readonly shelf: MessageShelf; readonly id: MessageId; readonly part: string };

/**
 * Puts up a page that shows one attachment, under the same policy as a body: a raster picture, the beginning of a
 * text, or the first pages of a PDF as pictures. Texts follow the theme. Answers its address; fails with `not-found` or `unreadable-file`.
 */
export async function putPreview(
  shelf: MessageShelf,
  id: MessageId,
  part: string,
  kind: 'image' | 'text' | 'pdf',
  isDark: boolean,
): Promise<Result<string, Failure>> {
  const token = shelf.newToken();
  const partsSource = `poppy-part://${token}`;
  const made = await previewBody({ shelf, id, part }, kind, partsSource);
  if (!made.ok) return made;
  const { html, ...pictures } = made.value;
  shelf.putPage(token, {
    messageId: id,
    html: buildMessagePage(
      { html },
      { kind: kind === 'text' ? 'text' : 'html', theme: isDark ? 'dark' : 'light', partsSource },
    ),
    headers: messagePageHeaders({ partsSource, framedBy: 'poppy://window' }),
    links: [],
    allowsRemote: false,
    ...pictures,
  });
  return ok(`poppy-message://${token}/`);
}

async function previewBody(
  put: Put,
  kind: 'image' | 'text' | 'pdf',
  partsSource: string,
): Promise<Result<PreviewBody, Failure>> {
  if (kind === 'text') return textBody(put);
  return kind === 'pdf' ? pdfBody(put, partsSource) : pictureBody(put, partsSource);
}

async function textBody({ shelf, id, part }: Put): Promise<Result<PreviewBody, Failure>> {
  const reply = await shelf.readText(id, part);
  if (reply.kind === 'unparsed') return failed(unreadable(reply));
  if (reply.kind !== 'text') return failed({ kind: 'not-found', canRetry: false });
  return ok(textToHtml(reply.isCut ? `${reply.text}\n[…]` : reply.text));
}

function unreadable({ reason, detail, why }: Extract<ParseReply, { kind: 'unparsed' }>): Failure {
  const known = why ?? threadTroubles[reason];
  return {
    kind: 'unreadable-file',
    what: detail || reason,
    ...(known === undefined ? {} : { why: known }),
    step: 'open',
    canRetry: false,
  };
}

/** What a person needs to know of a thread that did not get through a file. */
const threadTroubles: Partial<Record<UnparsedReason, UnreadableWhy>> = {
  'too-slow': 'too-slow',
  'out-of-memory': 'too-complicated',
  died: 'too-complicated',
};

/** Pages one under another, each numbered; a document that goes on ends with how many pages there are. */
async function pdfBody({ shelf, id, part }: Put, partsSource: string): Promise<Result<PreviewBody, Failure>> {
  const reply = await shelf.drawPdf(id, part);
  if (reply.kind === 'unparsed') return failed(unreadable(reply));
  if (reply.kind !== 'drawn') return failed({ kind: 'not-found', canRetry: false });
  const { pictures, pageCount } = reply;
  const pages = pictures.map((_picture, index) => {
    // Numbers alone: a page of the message scheme has no language of its own.
    const number = `${index + 1} / ${pageCount}`;
    return `<div class="page"><img alt="${number}" src="${partsSource}/picture/${index + 1}"><p aria-hidden="true">${number}</p></div>`;
  });
  return ok({ html: plainPage(pdfStyle, pages.join('')), pictures });
}

const pdfStyle =
  'body{margin:0;background:#e4e4e8;padding:16px}.page{max-width:800px;margin:0 auto 12px}' +
  '.page img{display:block;width:100%;background:#fff;box-shadow:0 1px 4px #0004}' +
  '.page p{margin:6px 0 0;text-align:center;font:12px system-ui,sans-serif;color:#55555c}';

const imageStyle =
  'body{margin:0;display:grid;min-height:100vh;place-items:center}img{max-width:100%;max-height:100vh}';

/** A file that calls itself a picture and is none is said to be so: an empty box tells nobody anything. */
async function pictureBody(
  { shelf, id, part }: Put,
  partsSource: string,
): Promise<Result<PreviewBody, Failure>> {
  const bytes = await shelf.partBytes(id, part);
  if (bytes === null) return failed({ kind: 'not-found', canRetry: false });
  if (rasterTypeOf(bytes.subarray(0, 16)) === null) {
    const what = 'not a picture of a kind that is shown';
    return failed({ kind: 'unreadable-file', what, why: 'not-a-picture', step: 'open', canRetry: false });
  }
  return ok({
    html: plainPage(imageStyle, `<img alt="" src="${partsSource}/picture/1">`),
    pictures: [bytes],
  });
}

function plainPage(styles: string, content: string): string {
  return safeDocument({
    doctype: '<!DOCTYPE html>',
    htmlAttributes: '',
    styles,
    bodyAttributes: '',
    content,
  });
}
