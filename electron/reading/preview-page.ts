import type { Failure, UnreadableWhy } from '../../shared/failure.ts';
import type { MessageId } from '../../shared/ids.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { ParseReply, UnparsedReason } from '../message/parsing/parse-job.ts';
import { buildMessagePage, messagePageHeaders } from '../message/safety/message-page.ts';
import { rasterTypeOf } from '../message/safety/raster-type.ts';
import { safeDocument } from '../message/safety/safe-body.ts';
import { textToHtml } from '../message/safety/text-to-html.ts';
import { findAttachment } from './attachment-files.ts';
import type { MessageShelf } from './message-shelf.ts';
import { previewKind } from './preview-kind.ts';
import type { Page, ShownPages } from './shown-pages.ts';

type PreviewBody = {
  readonly html: string;
  readonly links?: Page['links'];
  readonly pictures?: NonNullable<Page['pictures']>;
};
type PreviewTools = { readonly shelf: MessageShelf; readonly pages: ShownPages };
type Previewed = { readonly shelf: MessageShelf; readonly id: MessageId; readonly part: string };
type PreviewRequest = { readonly id: MessageId; readonly part: string; readonly isDark: boolean };
type PageKind = 'image' | 'text' | 'pdf';

/**
 * Puts up a page that shows one attachment, under the same policy as a body: a raster picture, the beginning of a
 * text, or the first pages of a PDF as pictures. Texts follow the theme. Fails with `not-found` or `unreadable-file`.
 */
export async function putPreview(
  { shelf, pages }: PreviewTools,
  { id, part, isDark }: PreviewRequest,
): Promise<Result<{ readonly url: string; readonly kind: PageKind }, Failure>> {
  const attachment = await findAttachment(shelf, id, part);
  const kind = attachment === undefined ? null : previewKind(attachment);
  if (kind === null || kind === 'message') return failed({ kind: 'not-found', canRetry: false });
  const token = pages.newToken();
  const partsSource = `poppy-part://${token}`;
  const made = await previewBody({ shelf, id, part }, kind, partsSource);
  if (!made.ok) return made;
  const { html, links = [], pictures } = made.value;
  pages.put(token, {
    messageId: id,
    html: buildMessagePage(
      { html },
      { kind: kind === 'text' ? 'text' : 'html', theme: isDark ? 'dark' : 'light', partsSource },
    ),
    headers: messagePageHeaders({ partsSource, framedBy: 'poppy://window' }),
    links,
    allowsRemote: false,
    ...(pictures === undefined ? {} : { pictures }),
  });
  return ok({ url: `poppy-message://${token}/`, kind });
}

async function previewBody(
  previewed: Previewed,
  kind: PageKind,
  partsSource: string,
): Promise<Result<PreviewBody, Failure>> {
  if (kind === 'text') return textBody(previewed);
  return kind === 'pdf' ? pdfBody(previewed, partsSource) : pictureBody(previewed, partsSource);
}

async function textBody({ shelf, id, part }: Previewed): Promise<Result<PreviewBody, Failure>> {
  const reply = await shelf.readText(id, part);
  if (reply.kind === 'unparsed') return failed(unreadable(reply));
  if (reply.kind !== 'text') return failed({ kind: 'not-found', canRetry: false });
  return ok(textToHtml(reply.isCut ? `${reply.text}\n[…]` : reply.text));
}

function unreadable({ reason, detail, why }: Extract<ParseReply, { kind: 'unparsed' }>): Failure {
  const known = why ?? workerTroubles[reason];
  return {
    kind: 'unreadable-file',
    what: detail || reason,
    ...(known === undefined ? {} : { why: known }),
    step: 'open',
    canRetry: false,
  };
}

/** Why a parse worker did not get through a file, as a person is told it. */
const workerTroubles: Partial<Record<UnparsedReason, UnreadableWhy>> = {
  'too-slow': 'too-slow',
  'out-of-memory': 'too-complicated',
  died: 'too-complicated',
};

/** Pages one under another, each with its number and how many pages the document has. */
async function pdfBody(
  { shelf, id, part }: Previewed,
  partsSource: string,
): Promise<Result<PreviewBody, Failure>> {
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

/** Says so where a file calls itself a picture and is none: an empty box tells nobody anything. */
async function pictureBody(
  { shelf, id, part }: Previewed,
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
