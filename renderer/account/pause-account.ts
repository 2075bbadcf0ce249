import type { Account } from '../../shared/account.ts';
import { poppy } from '../bridge/poppy.ts';
import { showFailure } from '../bridge/toasts.ts';

/** Pauses the checks of a mailbox, or lets them go on and checks at once. */
export async function pauseAccount(account: Account, isPaused: boolean): Promise<void> {
  const { id, isSample: _own, ...choices } = account;
  const updated = await poppy.request('account/update', {
    ...{ accountId: id, choices: { ...choices, isPaused }, allowsNewKey: false },
  });
  if (!updated.ok) showFailure(updated.failure);
  else if (!isPaused) void poppy.request('check/start', { accountId: id });
}
