import type { Account } from './account.ts';
import type { Failure } from './failure.ts';
import type { AccountId } from './ids.ts';
import type { UnfetchedMessage } from './unfetched-message.ts';

/* What is going on in each account: its password, its checks, its trouble. */

/** Where passwords are kept: in the system's keyring, or in memory until the program ends. Never in a file. */
export type VaultStatus = 'keyring' | 'memory-only';

/** An account with what is going on in it. */
export type AccountState = {
  readonly account: Account;
  readonly hasPassword: boolean;
  readonly check: CheckProgress | null;
  readonly lastCheck: CheckRecord | null;
  /** When the next check is due, milliseconds since the epoch. */
  readonly nextCheckAt: number | null;
  /** Trouble that waits for the person; a card on the account, not a dialog. */
  readonly trouble: Failure | null;
  /** Messages that could not be fetched in several sessions, about which the person has not decided. */
  readonly unfetched: readonly UnfetchedMessage[];
  /** Messages here that may not be whole, and of which the person has not seen the notice. Their originals stay. */
  readonly doubtful: number;
  readonly terms: ServerTerms;
};

/** What a server says of itself in CAPA, and a person may want to know. RFC 2449 §6.5, §6.7. */
export type ServerTerms = {
  /** Least seconds between two sign-ins; 0 where it names none. */
  readonly loginDelaySeconds: number;
  /** Days for which it keeps mail; null where it names none. */
  readonly expireDays: number | null;
};

/** Whether Poppy only has to wait: the mailbox is busy and is tried again after a while. The person need do nothing. */
export function isWaiting({ trouble }: AccountState): boolean {
  return trouble?.kind === 'mailbox-busy' || trouble?.kind === 'login-delay';
}

/** A running check. */
export type CheckProgress = {
  readonly accountId: AccountId;
  readonly phase:
    | 'waiting'
    | 'connecting'
    | 'signing-in'
    | 'listing'
    | 'downloading'
    | 'deleting'
    | 'closing';
  /** Message m of n; both 0 until the listing is there. */
  readonly done: number;
  readonly total: number;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
  readonly startedAt: number;
  /** The server has answered nothing for some seconds: it is what the check waits for. */
  readonly isSlow: boolean;
};

/** One finished check, as the history keeps it. */
export type CheckRecord = {
  readonly accountId: AccountId;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly stored: number;
  readonly storedBytes: number;
  readonly deletedOnServer: number;
  readonly skipped: number;
  readonly onServer: number;
  readonly outcome: 'done' | 'stopped' | 'failed';
  readonly failure: Failure | null;
};
