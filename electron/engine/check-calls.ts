import { failed, ok } from '../../shared/result.ts';
import { downloadRest } from '../mailbox/download-rest.ts';
import { type Answers, accountOf, type EngineContext, maildropTools } from './context.ts';

/** Getting mail: starting, stopping, history, and the rest of a message of which only the beginning came. */
export function checkCalls(
  context: EngineContext,
): Answers<'check/start' | 'check/stop' | 'check/history' | 'message/download-rest'> {
  const { settings, scheduler, store } = context;
  return {
    'check/start': ({ accountId }) => {
      for (const account of settings.accounts())
        if (accountId === null || account.id === accountId) scheduler.checkNow(account.id);
      return ok(null);
    },
    'check/stop': async ({ accountId }) => {
      const asked = settings.accounts().filter((account) => accountId === null || account.id === accountId);
      await Promise.all(asked.map((account) => scheduler.stop(account.id)));
      return null;
    },
    'check/history': ({ accountId }) => store.checks(accountId),
    'message/download-rest': async ({ id }) => {
      const message = store.message(id);
      const account = message === null ? undefined : accountOf(context, message.accountId);
      if (account === undefined) return failed({ kind: 'not-found', canRetry: false });
      const done = await downloadRest(maildropTools(context), account, id, {
        signal: new AbortController().signal,
        transcript: context.transcripts.begin(account.id),
      });
      context.changes.note([account.id]);
      return done;
    },
  };
}
