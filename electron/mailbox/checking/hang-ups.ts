import type { CheckRecord } from '../../../shared/account-state.ts';
import type { Failure, FailureStep } from '../../../shared/failure.ts';

/** Checks in a row whose server hung up at the password, after which the person is asked about it. Once may be the line. */
const askedAfter = 3;
/** Earlier checks that are looked at. */
export const rememberedChecks = 20;

/** A check that came so far has signed in. */
const behindSignIn = new Set<FailureStep | undefined>(['list', 'download', 'delete', 'quit', 'store']);

function isHangUp(failure: Failure | null): boolean {
  if (failure === null || failure.step !== 'sign-in') return false;
  return (
    failure.kind === 'connection-lost' || (failure.kind === 'authentication' && failure.isHangUp === true)
  );
}

/**
 * What a check's failure is told as: some servers hang up instead of refusing a password. `earlier` are the records of
 * the checks before it, the latest first. Checks that never came to the password say nothing.
 */
export function askedAboutPassword(failure: Failure | null, earlier: readonly CheckRecord[]): Failure | null {
  if (failure === null || !isHangUp(failure)) return failure;
  let hangUps = 1;
  for (const record of earlier) {
    if (record.outcome === 'done' || behindSignIn.has(record.failure?.step)) break;
    if (isHangUp(record.failure)) hangUps += 1;
  }
  return hangUps < askedAfter ? failure : { ...failure, kind: 'authentication', isHangUp: true };
}
