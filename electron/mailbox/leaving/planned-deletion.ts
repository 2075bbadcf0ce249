import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { LedgerEntry } from '../../store/ledger/ledger.ts';

/**
 * Why a message may leave its server, with what proves it. Every deletion names its ground.
 * - `stored-here`: the account does not keep it there, and a whole and certain copy is here; `storedBytes` is the size
 *   that the ledger keeps for it.
 * - `asked-before`: the ledger has wanted it gone since before this session: a person deleted it here, or an earlier
 *   session could not finish. `isHeldHere` says whether a copy was stored here.
 * - `chosen`: a person chose this message on the server and confirmed it.
 * - `by-rule`: a rule that a person wrote wants it gone unread.
 */
export type DeletionGround =
  | { readonly kind: 'stored-here'; readonly storedBytes: number }
  | { readonly kind: 'asked-before'; readonly isHeldHere: boolean }
  | { readonly kind: 'chosen' }
  | { readonly kind: 'by-rule'; readonly ruleId: string };

/** A message of the open session that is to leave the server. */
export type PlannedDeletion = {
  /** Message number; lives and dies with the session. */
  readonly number: number;
  readonly key: LedgerKey;
  readonly uidl: string;
  /** Size in this session's listing, bytes. */
  readonly sizeBytes: number;
  /** What the log of deletions says of it. */
  readonly from: string;
  readonly subject: string;
  readonly ground: DeletionGround;
};

/** What becomes of the wish to delete where the message did not leave. */
type WishAfterwards = 'stays' | 'ends';

type Custom = {
  /** The session ended before QUIT. */
  readonly brokenOff: WishAfterwards;
  /** The server refused DELE or QUIT. */
  readonly refused: WishAfterwards;
  /** Whether a person finds it in the log of deletions. */
  readonly isLogged: boolean;
  /** Whether that log names refused deletions too. */
  readonly isRefusalLogged: boolean;
};

/**
 * How deletions on each ground are carried on. A chosen one is still planned in the window when the session breaks
 * off, so no later check may carry it out by itself. A rule judges its messages anew at each check, so that none
 * leaves without a line in the log.
 */
export const customs: Readonly<Record<DeletionGround['kind'], Custom>> = {
  'stored-here': { brokenOff: 'stays', refused: 'stays', isLogged: false, isRefusalLogged: false },
  'asked-before': { brokenOff: 'stays', refused: 'stays', isLogged: false, isRefusalLogged: false },
  chosen: { brokenOff: 'ends', refused: 'stays', isLogged: true, isRefusalLogged: true },
  'by-rule': { brokenOff: 'ends', refused: 'ends', isLogged: true, isRefusalLogged: false },
};

/** The ground that a stored copy gives; null where the copy is not whole, not certain or not readable. */
export function storedHere(entry: LedgerEntry): DeletionGround | null {
  if (entry.state !== 'stored' || entry.isDamaged || entry.isDoubtful || entry.isPartial) return null;
  return { kind: 'stored-here', storedBytes: entry.sizeBytes };
}

/** The ground of an entry that was to be deleted before; null where its copy here has come to be damaged. */
export function askedBefore(entry: LedgerEntry): DeletionGround | null {
  if (entry.state !== 'delete-pending' || entry.isDamaged) return null;
  return { kind: 'asked-before', isHeldHere: entry.messageId !== null };
}
