import type { Failure } from '../../shared/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import { attemptWork } from '../store/attempt.ts';
import type { CommitNumber, Committed } from '../store/index/commits.ts';
import type { EngineParts } from './engine-parts.ts';

/** Changes stored mail and tells that lists are out of date, also where the change failed half-way. */
export async function notedChange<Value>(
  { changes }: Pick<EngineParts, 'changes'>,
  change: () => Promise<Committed<Value>>,
): Promise<Result<Value, Failure>> {
  const changed = await attemptWork(change);
  changes.note();
  return changed.ok ? ok(changed.value.value) : changed;
}

/** Saves a small list beside the mail. Its caller answers with what holds; the status line says why a change does not. */
export async function savedList(
  { emit }: Pick<EngineParts, 'emit'>,
  save: () => Promise<CommitNumber>,
): Promise<void> {
  const saved = await attemptWork(save);
  if (!saved.ok) emit('failure/raised', { failure: saved.failure });
}
