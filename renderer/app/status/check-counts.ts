import type { CheckProgress } from '../../../shared/account-state.ts';

/** What is known of a check while it runs, or of several taken together. */
export type CheckCounts = Omit<CheckProgress, 'accountId' | 'startedAt'>;

/** Several checks as one: what they fetch is added up, and they are at what the first of them is at, unless one downloads. */
export function together(checks: readonly CheckProgress[]): CheckCounts {
  const sum = (of: (check: CheckProgress) => number) => checks.reduce((all, check) => all + of(check), 0);
  const isDownloading = checks.some(({ phase, total }) => phase === 'downloading' && total > 0);
  return {
    phase: isDownloading ? 'downloading' : (checks[0]?.phase ?? 'waiting'),
    done: sum(({ done }) => done),
    total: sum(({ total }) => total),
    doneBytes: sum(({ doneBytes }) => doneBytes),
    totalBytes: sum(({ totalBytes }) => totalBytes),
    bytesPerSecond: sum(({ bytesPerSecond }) => bytesPerSecond),
  };
}
