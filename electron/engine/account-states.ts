import type { Account } from '../../shared/account.ts';
import type { AccountState, ServerTerms } from '../../shared/account-state.ts';
import { isNamed } from '../../shared/unfetched-message.ts';
import type { EngineParts } from './engine-parts.ts';

/** Every account with what is going on in it; known at once, whatever the keyring does. */
export function accountStates(
  context: Pick<EngineParts, 'settings' | 'passwords' | 'scheduler' | 'store'>,
): AccountState[] {
  const { settings, passwords, scheduler, store } = context;
  return settings.accounts().map((account) => {
    const { progress, trouble, nextCheckAt } = scheduler.stateOf(account.id);
    return {
      account,
      hasPassword: passwords.has(account.id),
      check: progress,
      lastCheck: store.history.checks(account.id, 1)[0] ?? null,
      nextCheckAt,
      trouble,
      unfetched: store.unfetched.of(account.id).filter(isNamed),
      doubtful: store.doubtful.count(account.id),
      terms: termsOf(store, account),
    };
  });
}

function termsOf({ servers }: EngineParts['store'], { server }: Account): ServerTerms {
  const { loginDelaySeconds = 0, expireDays = null } = servers.quirks(server.host, server.port);
  return { loginDelaySeconds, expireDays };
}
