import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import type { StorageState } from '../../../shared/storage-state.ts';
import type { CommitNumber } from '../index/commits.ts';
import { isErasureDue } from '../index/erasure-due.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { removeAccount, storageState } from './accounts.ts';
import { backUpWhenDue, makeBackup } from './backup.ts';
import { type CompactionOutcome, compactAccount } from './compaction.ts';
import { eraseDeleted, type Purgeable } from './erasure.ts';
import type { Progress } from './recovery.ts';
import { type Verification, verifyStore } from './verify.ts';
import { backUpWhole, type ExtraFile, noteWholeBackup } from './whole-backup.ts';

/** What keeps a store in order, and what a person does with all of it. */
export function upkeep(
  tools: Pick<
    StoreTools,
    | 'folder'
    | 'files'
    | 'sql'
    | 'settings'
    | 'clock'
    | 'accounts'
    | 'folders'
    | 'journals'
    | 'messages'
    | 'segments'
    | 'book'
    | 'revision'
    | 'commits'
  >,
  words: Purgeable,
) {
  const compact = async (accountId: AccountId | null): Promise<CompactionOutcome> => {
    const outcome = { freedBytes: 0, segments: 0 };
    for (const id of accountId === null ? tools.accounts.ids() : [accountId]) {
      const one = await compactAccount(tools, id);
      outcome.freedBytes += one.freedBytes;
      outcome.segments += one.segments;
    }
    await eraseDeleted(tools, words);
    tools.journals.snapshotAll();
    return outcome;
  };
  return {
    /**
     * Leaves dead records of an account, or of all, behind, and erases what index, log and copies hold of deleted
     * messages. Damaged segments and those being written are left alone.
     */
    compact,

    /** The same for all accounts an hour after something was deleted for good; cheap to ask. Answers whether it was done. */
    async compactWhenDue(): Promise<boolean> {
      if (!isErasureDue(tools.settings, tools.clock.now())) return false;
      await compact(null);
      return true;
    },

    /** Re-reads every record and compares the hashes; names what is damaged. */
    verify: (progress: Progress = () => undefined): Promise<Verification> => verifyStore(tools, progress),

    /** Copies marks, ledger and lists into the backup folder now; answers the path. */
    backUp: async (): Promise<string> => makeBackup(tools),

    /** The same, once a day; cheap to ask. Answers whether a copy was made. */
    backUpWhenDue: async (): Promise<boolean> => backUpWhenDue(tools),

    /** Writes the whole store into one tar file that does not exist yet; `extra` are files to go with it (settings). */
    backUpWhole: (
      target: string,
      extra: readonly ExtraFile[] = [],
      progress: Progress = () => undefined,
    ): Promise<Result<{ readonly bytes: number }, Failure>> => backUpWhole(tools, target, extra, progress),

    /** Remembers that a whole backup has come to its place, for the person to know how old the last one is. */
    async noteWholeBackup(): Promise<CommitNumber> {
      noteWholeBackup(tools);
      return tools.commits.next();
    },

    /** Space the mail takes. */
    storageState: (): Promise<StorageState> => storageState(tools),

    /** Removes an account's mail, ledger and history for good. Nothing of it may be being written. */
    async removeAccount(accountId: AccountId): Promise<CommitNumber> {
      await removeAccount(tools, accountId);
      return tools.commits.next();
    },
  };
}
