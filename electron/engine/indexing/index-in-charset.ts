import type { Failure } from '../../../shared/failure.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { parseMessage } from '../../reading/shown-message.ts';
import { attemptWork } from '../../store/attempt.ts';
import type { EngineParts } from '../engine-parts.ts';
import { findingOf } from './finding.ts';

/**
 * Keeps the character set that the person chose for a message (null takes it back) and indexes the message again in
 * it, as the list and the search show its subject, sender and words too. A file has no place in the index.
 */
export async function indexInCharset(
  { store, shelf, changes }: Pick<EngineParts, 'store' | 'shelf' | 'changes'>,
  id: MessageId,
  charset: string | null,
): Promise<Result<null, Failure>> {
  const chosen = await attemptWork(() => shelf.chooseCharset(id, charset));
  if (!chosen.ok) return chosen;
  if (shelf.isFile(id)) return ok(null);
  const { message } = await parseMessage(shelf, id, { job: 'index' });
  const accountId = store.messages.find(id)?.accountId;
  if (message === null || accountId === undefined) return ok(null);
  const written = await attemptWork(() => store.parsed.set(id, findingOf(message)));
  if (!written.ok) return written;
  changes.note([accountId]);
  return ok(null);
}
