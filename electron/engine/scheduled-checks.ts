import { checkMail } from '../mailbox/checking/check-mail.ts';
import type { Arrivals } from './arrivals.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Indexer } from './indexing/indexer.ts';
import type { LogMistake } from './mistake-log.ts';
import { CheckScheduler } from './scheduler.ts';

type CheckTools = Pick<EngineParts, 'settings' | 'store' | 'maildrop' | 'transcripts' | 'emit'> & {
  readonly indexer: Indexer;
  readonly arrivals: Arrivals;
  readonly logMistake: LogMistake;
  tellAccounts(): void;
};

/** The scheduler of the real program: real time, real checks, and everybody told who waits for their end. */
export function scheduledChecks(tools: CheckTools): CheckScheduler {
  const { settings, store, maildrop, transcripts, indexer, arrivals, logMistake, emit } = tools;
  return new CheckScheduler({
    accounts: () => settings.accounts(),
    check: (account, signal, onProgress) =>
      checkMail(maildrop, account, {
        signal,
        onProgress,
        logMistake,
        rules: store.rules.all(),
        transcript: transcripts.begin(account.id),
      }),
    now: Date.now,
    steadyNow: () => performance.now(),
    signInWaitMs: (account) => maildrop.signIns.waitMs(account),
    after: (delayMs, act) => {
      const timer = setTimeout(act, delayMs);
      return () => clearTimeout(timer);
    },
    onProgress: (progress) => emit('check/progress', progress),
    onEnded: (record) => {
      emit('check/ended', record);
      // The rules come first: they may put a message away or want it to come quietly.
      void indexer.arrivalsIndexed(record.accountId).then(() => arrivals.tellArrived(record.accountId));
    },
    onChanged: () => tools.tellAccounts(),
    logMistake,
  });
}
