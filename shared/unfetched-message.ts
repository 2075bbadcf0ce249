import type { LedgerKey } from './ledger-key.ts';

/**
 * Why a message could not be fetched:
 * - `broke`: the connection broke, or the session fell out of step, while it came
 * - `silent`: the server said nothing more while it came
 * - `refused`: the server refuses it
 * - `no-beginning`: it is over the size limit, and the server cannot send only its beginning
 */
export const unfetchedReasons = ['broke', 'silent', 'refused', 'no-beginning'] as const;

/** One of the reasons above. */
export type UnfetchedReason = (typeof unfetchedReasons)[number];

/**
 * What a person wants done with a message that cannot be fetched:
 * - `again`: ask for it once more
 * - `beginning`: fetch only its beginning
 * - `part`: keep whatever comes of it
 * - `delete`: delete it on the server, once its headers are here
 * - `leave`: leave it there, and speak of it no more
 */
export const unfetchedChoices = ['again', 'beginning', 'part', 'delete', 'leave'] as const;

/** One of the choices above. */
export type UnfetchedChoice = (typeof unfetchedChoices)[number];

/** A message that a server has and that could not be fetched. */
export type UnfetchedMessage = {
  readonly key: LedgerKey;
  /** Size in the listing, bytes. */
  readonly sizeBytes: number;
  readonly reason: UnfetchedReason;
  /** Sessions in which it could not be fetched. */
  readonly sessions: number;
  /** When it was last asked for, milliseconds since the epoch. */
  readonly lastAt: number;
  /** From its headers where they could be had, else empty. */
  readonly subject: string;
  readonly from: string;
  /** What the server said, or empty. */
  readonly serverText: string;
  readonly choice: UnfetchedChoice | null;
};

/** Sessions after which a message that cannot be fetched is named to the person. */
export const namedAfterSessions = 3;

/** Whether a message is named to the person, who has not decided about it yet. */
export function isNamed({ sessions, choice }: UnfetchedMessage): boolean {
  return sessions >= namedAfterSessions && choice === null;
}
