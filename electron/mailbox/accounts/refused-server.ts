import type { Account, ServerSettings } from '../../../shared/account.ts';
import { serverProblem } from '../../../shared/account-fields.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { isSameMaildrop } from '../../../shared/same-maildrop.ts';

/** Why a server cannot be used; null when it can. The window makes the same checks while a person types. */
export function unusableServer(server: ServerSettings): Failure | null {
  const problem = serverProblem(server);
  if (problem === null) return null;
  return { kind: 'bad-input', field: problem.field, what: problem.code, canRetry: false };
}

/**
 * The failure that names another account with the same maildrop; null where there is none. Two accounts with one
 * maildrop would lock each other out and store all mail twice. `own` is the account that is being changed.
 */
export function takenMaildrop(
  accounts: readonly Account[],
  server: ServerSettings,
  own: AccountId | null,
): Failure | null {
  const twin = accounts.find((account) => isSameMaildrop(account.server, server));
  if (twin === undefined || twin.id === own) return null;
  return { kind: 'account-exists', name: twin.name, canRetry: false };
}
