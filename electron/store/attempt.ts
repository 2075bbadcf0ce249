import type { Failure } from '../../shared/failure.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { failureOf } from './index/store-error.ts';

/** The failure behind an error of the disk or the index; null for anything else, which is a mistake of ours. */
export function expectedFailure(error: unknown): Failure | null {
  const known = failureOf(error);
  if (known !== null) return known;
  if (!(error instanceof Error) || !('syscall' in error)) return null;
  return { kind: 'unreadable-file', what: error.message, step: 'open', canRetry: true };
}

/** The value of a change to the store or the disk, or the failure it ended with. Rejects with mistakes of ours. */
export async function attemptWork<Value>(work: () => Promise<Value>): Promise<Result<Value, Failure>> {
  try {
    return ok(await work());
  } catch (error) {
    return failed(failureOrThrow(error));
  }
}

function failureOrThrow(error: unknown): Failure {
  const failure = expectedFailure(error);
  if (failure === null) throw error;
  return failure;
}
