import type { Failure } from '../../../shared/failure.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import type { DeletionBook } from './deletion-book.ts';
import { customs, type PlannedDeletion } from './planned-deletion.ts';
import { UndoUntilQuit } from './undo-until-quit.ts';

/*
 * The one way out of a server. Every DELE that Poppy sends by itself is sent here: for the retention of a check, for
 * what a person deleted, for a rule, for the plan of the server view and for the command line.
 *
 * What must hold:
 * - Each deletion names its ground (planned-deletion.ts). Only messages that are durable here, or that a person or a
 *   rule of theirs wants gone, have one.
 * - `delete-pending` is written down before the first DELE, so that what a session does not finish is known.
 * - A person can take deletions back until QUIT is written: the ledger first, then RSET. If RSET fails, the session is
 *   closed without QUIT, and the server keeps everything.
 * - QUIT's +OK alone makes a deletion `delete-sent`. Without an answer it stays pending, and the next listing decides.
 */

/** What a session is to delete, and how. */
export type DeletionWork = {
  readonly session: Pick<Pop3Session, 'delete' | 'rset' | 'quit' | 'close' | 'pendingDeletions'>;
  readonly book: DeletionBook;
  /** In any order; they are sent in the order of the listing. */
  readonly deletions: readonly PlannedDeletion[];
  readonly undo?: UndoUntilQuit;
  /** Told when no undo is possible any more, with those that the server has marked; QUIT follows at once. */
  readonly onQuit?: (sent: readonly PlannedDeletion[]) => void;
};

/**
 * What became of it.
 * - `applied`, `refused`, `unknown`: QUIT's answer (RFC 1939 §6); `sent` are those whose DELE was answered +OK.
 * - `taken-back`: nothing was deleted, and the session is still open.
 */
export type DeletionResult =
  | {
      readonly outcome: 'applied' | 'refused' | 'unknown';
      readonly sent: readonly PlannedDeletion[];
      /** Those whose DELE was refused. */
      readonly refused: readonly { readonly deletion: PlannedDeletion; readonly failure: Failure }[];
      /** Why QUIT was refused or not answered. */
      readonly failure?: Failure;
    }
  | { readonly outcome: 'taken-back' };

/** A result of a session that was ended with QUIT. */
export type QuitResult = Exclude<DeletionResult, { outcome: 'taken-back' }>;

/**
 * Deletes on the server and ends the session with QUIT; without deletions it says QUIT only. Throws the session's or
 * the store's error; one of the session's means that nothing was deleted.
 */
export async function deleteOnServer(work: DeletionWork & { readonly undo?: never }): Promise<QuitResult>;
export async function deleteOnServer(work: DeletionWork): Promise<DeletionResult>;
export async function deleteOnServer(work: DeletionWork): Promise<DeletionResult> {
  const { session, book, deletions } = work;
  const undo = work.undo ?? new UndoUntilQuit();
  const fresh = undo.signal.aborted ? [] : await book.writePending(deletions);
  const sent = await sendDeletions(work, fresh, undo.signal);
  if (undo.close()) {
    work.onQuit?.(sent.sent);
    return await settle(book, fresh, { ...(await session.quit()), ...sent });
  }
  try {
    await book.takeBack(fresh);
  } finally {
    await reset(session);
  }
  return { outcome: 'taken-back' };
}

type Sent = Pick<QuitResult, 'sent' | 'refused'>;

/** Sends DELE for all, or for those before the undo. A session that breaks off here has deleted nothing. RFC 1939 §6. */
async function sendDeletions(
  { session, book, deletions }: DeletionWork,
  fresh: readonly PlannedDeletion[],
  signal: AbortSignal,
): Promise<Sent> {
  if (deletions.length === 0) return { sent: [], refused: [] };
  const byNumber = new Map(deletions.map((deletion) => [deletion.number, deletion]));
  const numbers = [...byNumber.keys()].sort((a, b) => a - b);
  try {
    const { sent, refused } = await session.delete(numbers, { signal });
    return {
      sent: sent.flatMap((number) => byNumber.get(number) ?? []),
      refused: refused.flatMap(({ number, failure }) => {
        const deletion = byNumber.get(number);
        return deletion === undefined ? [] : [{ deletion, failure }];
      }),
    };
  } catch (error) {
    await book.takeBack(fresh.filter(({ ground }) => customs[ground.kind].brokenOff === 'ends'));
    throw error;
  }
}

/** Writes down what QUIT's answer makes of the deletions. */
async function settle(
  book: DeletionBook,
  fresh: readonly PlannedDeletion[],
  result: QuitResult,
): Promise<QuitResult> {
  const { outcome, sent } = result;
  if (sent.length === 0 && fresh.length === 0) return result;
  const left = new Set(outcome === 'refused' ? [] : sent);
  await book.log(sent, outcome);
  if (outcome === 'applied') await book.writeSent(sent);
  await book.takeBack(
    fresh.filter((deletion) => !left.has(deletion) && customs[deletion.ground.kind].refused === 'ends'),
  );
  return result;
}

async function reset(session: DeletionWork['session']): Promise<void> {
  if (session.pendingDeletions.size === 0) return;
  try {
    await session.rset();
  } catch (error) {
    session.close();
    throw error;
  }
}
