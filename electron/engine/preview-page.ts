import type { MessageId } from '../../shared/model.ts';
import { buildMessagePage, messagePageHeaders } from '../message/safety/message-page.ts';
import { safeDocument } from '../message/safety/safe-body.ts';
import { textToHtml } from '../message/safety/text-to-html.ts';
import type { MessageShelf } from './message-shelf.ts';

/** What is shown of a text file. Bytes. */
const textLimitBytes = 1_000_000;

/**
 * Puts up a page that shows one attachment, under the same policy as a body: a raster picture or the beginning of a
 * text. Answers its address; null where there is no such part.
 */
export async function putPreview(
  shelf: MessageShelf,
  id: MessageId,
  part: string,
  kind: 'image' | 'text' | 'pdf',
): Promise<string | null> {
  const token = shelf.newToken();
  const body = kind === 'text' ? await textBody(shelf, id, part) : pictureBody(token, part);
  if (body === null) return null;
  const partsSource = `poppy-part://${token}`;
  shelf.putPage(token, {
    messageId: id,
    html: buildMessagePage(body, { kind: kind === 'text' ? 'text' : 'html', theme: 'light', partsSource }),
    headers: messagePageHeaders({ partsSource, framedBy: 'poppy://window' }),
    links: [],
    allowsRemote: false,
  });
  return `poppy-message://${token}/`;
}

async function textBody(shelf: MessageShelf, id: MessageId, part: string): Promise<{ html: string } | null> {
  const bytes = await shelf.partBytes(id, part);
  if (bytes === null) return null;
  return textToHtml(new TextDecoder('utf-8').decode(bytes.subarray(0, textLimitBytes)));
}

function pictureBody(token: string, part: string): { html: string } {
  return {
    html: safeDocument({
      doctype: '<!DOCTYPE html>',
      htmlAttributes: '',
      styles:
        'body{margin:0;display:grid;min-height:100vh;place-items:center}img{max-width:100%;max-height:100vh}',
      bodyAttributes: '',
      content: `<img alt="" src="poppy-part://${token}/part/${encodeURIComponent(part)}">`,
    }),
  };
}
