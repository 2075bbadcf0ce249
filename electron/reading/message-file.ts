import { writeFile } from 'node:fs/promises';
import type { Failure } from '../../shared/failure.ts';
import type { MessageId } from '../../shared/ids.ts';
import type { PrintedBody } from '../../shared/message-view.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { cleanAttachmentName } from '../message/safety/attachment-name.ts';
import { buildMessagePage } from '../message/safety/message-page.ts';
import { printedHead } from './message-row.ts';
import type { MessageShelf } from './message-shelf.ts';
import { textHead, withHead } from './printable-page.ts';
import { replaceFile } from './replace-file.ts';
import { picturePrefixes, withPictures } from './saved-pictures.ts';
import { bodyShown, type ShowTools, sourceText } from './shown-message.ts';

/** One message to be saved as a file: its own bytes, its cleaned page, or its text. */
export type SaveRequest = {
  readonly id: MessageId;
  readonly as: 'eml' | 'html' | 'txt';
  readonly path: string;
  readonly body?: PrintedBody | undefined;
};

type SaveTools = Pick<ShowTools, 'shelf' | 'remotePictures'>;

/** A name for the file of a message, made of its subject and without an ending. */
export function messageFileName(shelf: Pick<MessageShelf, 'summary'>, id: MessageId): string {
  const subject = shelf.summary(id, null)?.subject ?? '';
  return cleanAttachmentName(`${subject.slice(0, 80) || 'message'}.x`).replace(/\.x$/, '');
}

/** Saves one message as a file, in the place of a file that may be there. */
export function saveMessage(
  tools: SaveTools,
  request: SaveRequest,
): Promise<Result<{ readonly path: string }, Failure>> {
  return replaceFile(request.path, async (beside) => {
    const content = await contentAs(tools, request);
    if (content.ok) await writeFile(beside, content.value, { mode: 0o600, flag: 'wx' });
    return content;
  });
}

const notFound: Failure = { kind: 'not-found', canRetry: false };

/** A message in another form. Throws what the file system throws. The HTML is the cleaned page, which loads nothing. */
async function contentAs(
  { shelf, remotePictures }: SaveTools,
  { id, as, body: view }: SaveRequest,
): Promise<Result<Uint8Array | string, Failure>> {
  if (as === 'eml') return shelf.bytes(id);
  const marks = picturePrefixes();
  const isAllowed = remotePictures.areAllowed(id, { allowRemoteOnce: view?.allowRemoteOnce ?? false });
  const addresses = { ...marks, remotePrefix: isAllowed ? marks.remotePrefix : null };
  const reply = await shelf.parse(id, as === 'txt' ? { job: 'read-out' } : { job: 'show', addresses });
  if (reply === null) return failed(notFound);
  const message = reply.kind === 'parsed' ? reply.message : null;
  const head = await printedHead(shelf, id, message);
  if (as === 'txt') {
    const readable = reply.kind === 'parsed' ? reply.readable : await sourceText(shelf, id);
    return ok(textHead(head) + (readable ?? ''));
  }
  const shown = await bodyShown(shelf, id, reply.kind === 'parsed' ? reply.body : null);
  const kind = message?.html == null ? 'text' : 'html';
  const page = buildMessagePage(shown, { kind, theme: 'light', partsSource: '' });
  return ok(await withPictures({ shelf, remotePictures }, id, withHead(head, page), marks));
}
