import type { AccountId } from '../../../shared/model.ts';
import { failed, ok } from '../../../shared/result.ts';
import { downloadRest } from '../../mailbox/checking/download-rest.ts';
import { type Answers, accountOf, type EngineContext, maildropTools } from '../context.ts';

type CheckCalls = {
  readonly answers: Answers<'check/start' | 'check/stop' | 'check/history' | 'message/download-rest'>;
  /** Ends the downloads of an account. */
  leave(accountId: AccountId): Promise<void>;
  close(): Promise<void>;
};

/** Getting mail: starting, stopping, history, and the rest of a message of which only the beginning came. */
export function checkCalls(context: EngineContext): CheckCalls {
  const { settings, scheduler, store } = context;
  const downloads = new Downloads();
  const answers: CheckCalls['answers'] = {
    'check/start': ({ accountId }) => {
      for (const account of settings.accounts())
        if (accountId === null || account.id === accountId) scheduler.checkNow(account.id);
      return ok(null);
    },
    'check/stop': async ({ accountId }) => {
      const asked = settings.accounts().filter((account) => accountId === null || account.id === accountId);
      await Promise.all(asked.flatMap(({ id }) => [scheduler.stop(id), downloads.stop(id)]));
      return null;
    },
    'check/history': ({ accountId }) => store.history.checks(accountId),
    'message/download-rest': async ({ id }) => {
      const message = store.messages.find(id);
      const account = message === null ? undefined : accountOf(context, message.accountId);
      if (account === undefined) return failed({ kind: 'not-found', canRetry: false });
      const done = await downloads.run(account.id, (signal) =>
        downloadRest(maildropTools(context), account, id, {
          signal,
          transcript: context.transcripts.begin(account.id),
        }),
      );
      context.changes.note([account.id]);
      return done;
    },
  };
  return {
    answers,
    leave: (accountId) => downloads.stop(accountId),
    close: () => downloads.stop(null),
  };
}

/** Downloads under way that somebody may want to stop. */
class Downloads {
  readonly #running = new Set<{
    readonly accountId: AccountId;
    readonly controller: AbortController;
    readonly ended: Promise<unknown>;
  }>();

  async run<Value>(accountId: AccountId, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const controller = new AbortController();
    const ended = work(controller.signal);
    const running = { accountId, controller, ended };
    this.#running.add(running);
    try {
      return await ended;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Stops those of one account, or all, and waits for their ends; whoever asked for them hears how they ended. */
  async stop(accountId: AccountId | null): Promise<void> {
    const asked = [...this.#running].filter((one) => accountId === null || one.accountId === accountId);
    for (const { controller } of asked) controller.abort();
    await Promise.allSettled(asked.map(({ ended }) => ended));
  }
}
