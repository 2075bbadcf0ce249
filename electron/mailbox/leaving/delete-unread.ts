import type { Account } from '../../../shared/model.ts';
import type { QuitOutcome } from '../../pop3/session.ts';
import type { CheckTally } from '../checking/check-tally.ts';
import type { MaildropTools } from '../maildrop/maildrop-session.ts';
import type { UnreadMessage } from '../rules/rules-before-download.ts';

/**
 * Lets a session delete what rules want gone unread, and writes down what left the server: nothing of it is here. What
 * has not surely gone is judged by the rules anew the next time, so that none leaves without a line in that log.
 */
export async function deleteUnread(
  tools: MaildropTools,
  account: Account,
  unread: readonly UnreadMessage[],
  tally: CheckTally,
  finish: () => Promise<QuitOutcome>,
): Promise<QuitOutcome> {
  const ledger = tools.store.ledger(account.id);
  const keys = unread.map(({ key }) => key);
  await ledger.markDeletePending(keys);
  const left = new Set<string>();
  try {
    const quit = await finish();
    if (quit.outcome !== 'refused') for (const key of tally.sentKeys) left.add(key);
    await tools.store.history.recordDeletions(
      ...unread
        .filter(({ key }) => left.has(key))
        .map(({ uidl, from, subject, sizeBytes }) => ({
          ...{ accountId: account.id, at: tools.now(), uidl, from, subject, sizeBytes },
          wasStoredHere: false,
          outcome: quit.outcome,
        })),
    );
    return quit;
  } finally {
    await ledger.takeBackDeletion(keys.filter((key) => !left.has(key)));
  }
}
