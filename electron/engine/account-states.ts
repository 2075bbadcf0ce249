import type { AccountState } from '../../shared/views.ts';
import type { EngineContext } from './context.ts';

/** Every account with what is going on in it. */
export async function accountStates(
  context: Pick<EngineContext, 'settings' | 'vault' | 'scheduler' | 'store'>,
): Promise<AccountState[]> {
  const { settings, vault, scheduler, store } = context;
  return Promise.all(
    settings.accounts().map(async (account) => {
      const password = await vault.get(account.id);
      const { progress, trouble, nextCheckAt } = scheduler.stateOf(account.id);
      return {
        account,
        hasPassword: password.ok && password.value !== null,
        check: progress,
        lastCheck: store.checks(account.id, 1)[0] ?? null,
        nextCheckAt,
        trouble,
      };
    }),
  );
}
