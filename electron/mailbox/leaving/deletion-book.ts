import type { AccountId } from '../../../shared/ids.ts';
import type { QuitOutcome } from '../../pop3/session.ts';
import type { MaildropTools } from '../maildrop/maildrop-session.ts';
import { customs, type PlannedDeletion } from './planned-deletion.ts';

/** Where the deletions of a session are written down. Throws what the store throws. */
export type DeletionBook = {
  /** Writes down that these are wanted gone; answers those of which that was not written before. */
  writePending(deletions: readonly PlannedDeletion[]): Promise<readonly PlannedDeletion[]>;
  /** These are not wanted gone any more. */
  takeBack(deletions: readonly PlannedDeletion[]): Promise<void>;
  /** DELE and QUIT were answered +OK for these. */
  writeSent(deletions: readonly PlannedDeletion[]): Promise<void>;
  /** Adds to the log of deletions what a person should find there, with QUIT's own answer. */
  log(deletions: readonly PlannedDeletion[], outcome: QuitOutcome['outcome']): Promise<void>;
};

/** For a session without a store: nothing is written down. */
export const noBook: DeletionBook = {
  writePending: async (deletions) => deletions,
  takeBack: async () => undefined,
  writeSent: async () => undefined,
  log: async () => undefined,
};

/** The account's ledger and its log of deletions. */
export function ledgerBook(tools: Pick<MaildropTools, 'store' | 'now'>, accountId: AccountId): DeletionBook {
  const { store } = tools;
  const ledger = store.ledger(accountId);
  const keysOf = (deletions: readonly PlannedDeletion[]) => deletions.map(({ key }) => key);
  return {
    async writePending(deletions) {
      if (deletions.length === 0) return [];
      // A deletion may rest on what a person did a moment ago. After a power cut that must be known here.
      await store.syncJournals();
      const before = new Set(ledger.inState('delete-pending').map(({ key }) => key));
      const fresh = deletions.filter(({ key }) => !before.has(key));
      const [chosen, others] = [true, false].map((isChosen) =>
        keysOf(deletions.filter((one) => (one.ground.kind === 'chosen') === isChosen)),
      );
      await ledger.setDeletePending(others ?? []);
      await ledger.setDeletePending(chosen ?? [], { areChosen: true });
      return fresh;
    },
    async takeBack(deletions) {
      await ledger.takeBackDeletion(keysOf(deletions));
    },
    async writeSent(deletions) {
      await ledger.setDeleteSent(keysOf(deletions));
    },
    async log(deletions, outcome) {
      const named = deletions.filter(({ ground }) => {
        const { isLogged, isRefusalLogged } = customs[ground.kind];
        return outcome === 'refused' ? isRefusalLogged : isLogged;
      });
      await store.history.recordDeletions(
        ...named.map(({ key, uidl, from, subject, sizeBytes, ground }) => ({
          ...{ accountId, at: tools.now(), uidl, from, subject, sizeBytes, outcome },
          wasStoredHere: ground.kind !== 'by-rule' && ledger.entry(key)?.messageId != null,
        })),
      );
    },
  };
}
