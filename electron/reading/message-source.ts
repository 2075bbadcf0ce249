import { open } from 'node:fs/promises';
import type { Failure } from '../../shared/failure.ts';
import type { MessageId } from '../../shared/ids.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { MessageFile } from '../message/bytes/byte-source.ts';
import { shownSourceBytes } from '../message/parsing/parse-job.ts';
import { isSamePlace, type MessageShelf } from './message-shelf.ts';

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

/** The source of a message with its header fields apart, for the source view. */
export async function messageSource(shelf: MessageShelf, id: MessageId) {
  const source = await sourceBytes(shelf, id);
  if (!source.ok) return source;
  const reply = await shelf.parse(id, { job: 'read' });
  return ok({
    headers: reply?.kind === 'parsed' ? reply.message.headers : [],
    source: source.value.bytes.toString('latin1'),
    isCut: source.value.isCut,
  });
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
