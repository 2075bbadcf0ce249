import type { Failure } from '../../../shared/failure.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';

/** What a check has done so far, over all its sessions. */
export type CheckTally = {
  stored: number;
  storedBytes: number;
  deletedOnServer: number;
  /** Ledger keys of what was listed and not fetched. */
  readonly skippedKeys: Set<LedgerKey>;
  onServer: number;
  /** Ledger keys of the messages that the open session made durable, whole and without doubt. */
  readonly wholeKeys: Set<LedgerKey>;
  /** Ledger keys of those whose bytes were not here before. */
  readonly newKeys: Set<LedgerKey>;
  /** Ledger keys of what this check has deleted. Listed again, they may be other messages, or the server keeps them. */
  readonly deletedKeys: Set<LedgerKey>;
  /** Something that went wrong without ending the check. */
  trouble: Failure | null;
};

/** A tally of nothing. */
export function newTally(): CheckTally {
  return {
    stored: 0,
    storedBytes: 0,
    deletedOnServer: 0,
    skippedKeys: new Set(),
    onServer: 0,
    wholeKeys: new Set(),
    newKeys: new Set(),
    deletedKeys: new Set(),
    trouble: null,
  };
}
