import { ok } from '../../../shared/result.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';

/** Getting mail: starting, stopping, and what the last checks brought. */
export function checkCalls({
  settings,
  scheduler,
  downloads,
  store,
}: Pick<EngineParts, 'settings' | 'scheduler' | 'downloads' | 'store'>): Answers<
  'check/start' | 'check/stop' | 'check/history'
> {
  return {
    'check/start': ({ accountId }) => {
      for (const account of settings.accounts())
        if (accountId === null ? account.isPaused !== true : account.id === accountId)
          scheduler.checkNow(account.id);
      return ok(null);
    },
    'check/stop': async ({ accountId }) => {
      const asked = settings.accounts().filter((account) => accountId === null || account.id === accountId);
      await Promise.all(asked.flatMap(({ id }) => [scheduler.stop(id), downloads.stop(id)]));
      return null;
    },
    'check/history': ({ accountId }) => store.history.checks(accountId),
  };
}
