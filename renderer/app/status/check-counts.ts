import type { CheckProgress } from '../../../shared/account-state.ts';
import type { TextOf } from '../../i18n/texts.tsx';

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
    // Which server is slow is said of each mailbox by itself.
    isSlow: false,
    bytesPerSecond: sum(({ bytesPerSecond }) => bytesPerSecond),
  };
}

/** What a check is at, in words. A server that has been silent for a while is named. */
export function phaseText({ phase, isSlow }: CheckCounts, host: string, t: TextOf): string {
  return isSlow && phase !== 'waiting' ? t(`status.slow.${phase}`, { host }) : t(`status.phase.${phase}`);
}
