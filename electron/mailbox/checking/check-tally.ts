import type { Failure } from '../../../shared/failure.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';

/** The results of a check so far, over all its sessions. */
export type CheckTally = {
  stored: number;
  storedBytes: number;
  deletedOnServer: number;
  /** Ledger keys of messages that were listed and not fetched. */
  readonly skippedKeys: Set<LedgerKey>;
  onServer: number;
  /** Ledger keys of the messages that the open session made durable, whole and without doubt. */
  readonly wholeKeys: Set<LedgerKey>;
  /** Ledger keys of messages whose bytes were not here before. */
  readonly newKeys: Set<LedgerKey>;
  /**
   * Ledger keys of messages that this check has deleted. If one is listed again, it may be another message, or the
   * server keeps it.
   */
  readonly deletedKeys: Set<LedgerKey>;
  /** A failure that did not end the check. */
  trouble: Failure | null;
};

/** A tally at the start of a check. */
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
