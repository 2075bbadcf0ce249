import type { Account } from '../../../shared/account.ts';
import type { Failure } from '../../../shared/failure.ts';
import { failed, type Result } from '../../../shared/result.ts';
import type { AccountChoices, Settings } from '../../account/settings/settings.ts';
import { attemptWork } from '../../store/attempt.ts';
import type { Store } from '../../store/store.ts';
import { findKeptAccount } from '../moving/kept-account.ts';
import { takenMaildrop, unusableServer } from './refused-server.ts';

/**
 * Adds an account. If its mail was kept when it was removed before, the mail is taken up again with its ledger. So mail
 * that is still on the server is not stored a second time.
 */
export async function addAccount(
  { settings, store }: { readonly settings: Settings; readonly store: Store },
  choices: AccountChoices,
): Promise<Result<Account, Failure>> {
  const { server } = choices;
  const refusal = unusableServer(server) ?? takenMaildrop(settings.accounts(), server, null);
  if (refusal !== null) return failed(refusal);
  const kept = findKeptAccount(store.maildrops.all(), settings.accounts(), choices);
  if (kept === null) return settings.addAccount(choices);
  const ledger = store.ledger(kept.accountId);
  const doubted = await attemptWork(async () => {
    if (kept.trust === 'same') await ledger.doubtProofs();
    if (kept.trust === 'perhaps') await ledger.doubtIds();
    if (kept.trust === 'other') await ledger.forgetAll();
  });
  return doubted.ok ? settings.addAccount(choices, kept.accountId) : doubted;
}
