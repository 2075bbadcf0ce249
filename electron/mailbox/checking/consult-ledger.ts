import { setImmediate } from 'node:timers/promises';
import type { Account } from '../../../shared/account.ts';
import type { MaildropStamp } from '../../../shared/maildrop-stamp.ts';
import { failureOf } from '../../store/index/store-error.ts';
import type { Ledger } from '../../store/ledger/ledger.ts';
import type { MaildropTools } from '../maildrop/maildrop-session.ts';
import { listsWhole } from '../maildrop/provider-habits.ts';

/** The ledger, and the stamp that can show that the maildrop has nothing new. */
export type Consulted = { readonly ledger: Ledger; readonly mark: MaildropStamp | null };

/** Answers the ledger, and reads it at the first call. Make that call while the server is busy. */
export function consultOnce(tools: MaildropTools, account: Account): () => Promise<Consulted> {
  let consulted: Promise<Consulted> | null = null;
  const consult = async (): Promise<Consulted> => {
    // After one turn of the event loop, the request to the server is on its way.
    await setImmediate();
    const ledger = tools.store.ledger(account.id);
    const mark = listsWhole(account) ? ledger.settledStamp(account.retention) : null;
    if (mark === null) await recallAhead(ledger);
    return { ledger, mark };
  };
  return () => {
    consulted ??= consult();
    return consulted;
  };
}

/** Reads the ledger ahead. If that fails, the comparison fails in the same way and reports it. */
export async function recallAhead(ledger: Ledger): Promise<void> {
  await setImmediate();
  try {
    ledger.recall();
  } catch (error) {
    if (failureOf(error) === null) throw error;
  }
}

/** A number of messages. Listing a smaller maildrop takes about as long as asking whether it has changed. */
const worthStamping = 1000;

/** Lets the next check see with one question whether the maildrop is unchanged. Small maildrops get no stamp. */
export async function keepStamp(account: Account, ledger: Ledger, mark: MaildropStamp | null): Promise<void> {
  if (mark === null || mark.count < worthStamping) return;
  try {
    await ledger.keepStamp(mark, account.retention);
  } catch (error) {
    // If the disk cannot take the stamp, the maildrop is only listed again.
    if (failureOf(error) === null) throw error;
  }
}
