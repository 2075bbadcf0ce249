import { open } from 'node:fs/promises';
import type { Failure } from '../../shared/failure.ts';
import type { MessageId } from '../../shared/ids.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { MessageFile } from '../message/bytes/byte-source.ts';
import { shownSourceBytes } from '../message/parsing/parse-job.ts';
import { buildMessagePage, messagePageHeaders } from '../message/safety/message-page.ts';
import { textToHtml } from '../message/safety/text-to-html.ts';
import { isSamePlace, type MessageShelf } from './message-shelf.ts';
import type { ShownPages } from './shown-pages.ts';

/** The beginning of a message as it was received. */
export type SourceBytes = { readonly bytes: Buffer; readonly isCut: boolean };

/**
 * The first bytes of a message, and whether there are more. Fails with `not-found` or `unreadable-file`. A compaction
 * may move the bytes meanwhile: then they are read at their new place.
 */
export async function sourceBytes(
  shelf: Pick<MessageShelf, 'place'>,
  id: MessageId,
): Promise<Result<SourceBytes, Failure>> {
  const place = shelf.place(id);
  if (place === null) return failed({ kind: 'not-found', canRetry: false });
  const source = await bytesAt(place);
  const now = shelf.place(id);
  return source.ok || now === null || isSamePlace(place, now) ? source : bytesAt(now);
}

type SourceTools = { readonly shelf: MessageShelf; readonly pages: ShownPages };

/**
 * Puts up a page with the source of a message, under the same policy as a body: megabytes come by the message scheme
 * and keep nothing else waiting. `isCut` says that the message is longer. Fails as `sourceBytes`.
 */
export async function putSource(
  { shelf, pages }: SourceTools,
  { id, isDark }: { readonly id: MessageId; readonly isDark: boolean },
): Promise<Result<{ readonly url: string; readonly isCut: boolean }, Failure>> {
  const source = await sourceBytes(shelf, id);
  if (!source.ok) return source;
  const { bytes, isCut } = source.value;
  const token = pages.newToken();
  const partsSource = `poppy-part://${token}`;
  const { html, links } = textToHtml(bytes.toString('latin1'));
  pages.put(token, {
    messageId: id,
    html: buildMessagePage({ html }, { kind: 'text', theme: isDark ? 'dark' : 'light', partsSource }),
    headers: messagePageHeaders({ partsSource, framedBy: 'poppy://window' }),
    links,
    allowsRemote: false,
  });
  return ok({ url: `poppy-message://${token}/`, isCut });
}

/** All header lines of a message, decoded; none where it cannot be parsed. Fails with `not-found`. */
export async function messageHeaders(
  shelf: Pick<MessageShelf, 'parse'>,
  id: MessageId,
): Promise<Result<readonly { readonly name: string; readonly value: string }[], Failure>> {
  const reply = await shelf.parse(id, { job: 'read' });
  if (reply === null) return failed({ kind: 'not-found', canRetry: false });
  return ok(reply.kind === 'parsed' ? reply.message.headers : []);
}

async function bytesAt(place: MessageFile): Promise<Result<SourceBytes, Failure>> {
  try {
    await using file = await open(place.path, 'r');
    const bytes = Buffer.alloc(Math.min(place.length, shownSourceBytes));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, place.offset);
    return ok({ bytes: bytes.subarray(0, bytesRead), isCut: place.length > shownSourceBytes });
  } catch (error) {
    return failed({
      kind: 'unreadable-file',
      what: (error as Error).message,
      step: 'open',
      canRetry: true,
    });
  }
}
