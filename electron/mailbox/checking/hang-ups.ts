import type { CheckRecord } from '../../../shared/account-state.ts';
import type { Failure, FailureStep } from '../../../shared/failure.ts';

/**
 * After so many checks in a row whose server hung up at the password, the person is asked about it. A single one may be
 * the line's fault.
 */
const askedAfter = 3;
/** How many earlier checks are looked at. */
export const rememberedChecks = 20;

/** Steps after the sign-in. A check that failed at one of them had signed in. */
const behindSignIn = new Set<FailureStep | undefined>(['list', 'download', 'delete', 'quit', 'store']);

function isHangUp(failure: Failure | null): boolean {
  if (failure === null || failure.step !== 'sign-in') return false;
  return (
    failure.kind === 'connection-lost' || (failure.kind === 'authentication' && failure.isHangUp === true)
  );
}

/**
 * The failure to report for a check. Some servers hang up instead of refusing a password. `earlier` are the records of
 * the checks before, the latest first. Checks that did not reach the password say nothing about it.
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
