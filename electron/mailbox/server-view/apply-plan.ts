import type { Account } from '../../../shared/account.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { ServerView } from '../../../shared/server-view.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import { ProgressCounter } from '../checking/check-progress.ts';
import { type CheckTally, newTally } from '../checking/check-tally.ts';
import { downloadAll } from '../checking/download.ts';
import { UnfetchedBook } from '../checking/unfetched-book.ts';
import type { Download } from '../checking/wanted-downloads.ts';
import { type DeletionResult, deleteOnServer } from '../leaving/delete-on-server.ts';
import { ledgerBook } from '../leaving/deletion-book.ts';
import type { PlannedDeletion } from '../leaving/planned-deletion.ts';
import { SizeMemory } from '../leaving/size-memory.ts';
import type { UndoUntilQuit } from '../leaving/undo-until-quit.ts';
import type { MaildropTools } from '../maildrop/maildrop-session.ts';
import type { PlannedRow, ServerRows } from './server-rows.ts';

/** How far the plan has been carried out. */
export type Applied = NonNullable<ServerView['applied']>;

type ApplyRequest = {
  readonly tools: MaildropTools;
  readonly account: Account;
  readonly session: Pop3Session;
  readonly rows: ServerRows;
  /** Stores messages that are not here before they are deleted there. */
  readonly keepInBin: boolean;
  readonly undo: UndoUntilQuit;
  onProgress(applied: Applied): void;
};

/**
 * Downloads, deletes, quits; in that order, so that nothing is deleted before what is wanted of it is durable. Answers
 * `taken-back` where the session is still open and nothing was deleted. Throws the session's or the store's error.
 */
export async function applyPlan(request: ApplyRequest): Promise<DeletionResult['outcome']> {
  const { tools, account, session, rows, keepInBin, undo } = request;
  const doomed = rows.planned('delete');
  const rescued = keepInBin ? doomed.filter((row) => row.state !== 'stored') : [];
  const downloads = [...rows.planned('download'), ...rescued].map((row) => ({ ...row, isPartial: false }));
  const total = downloads.length + doomed.length;
  const tell = (done: number, outcome: Applied['outcome']) => request.onProgress({ done, total, outcome });
  const ledger = tools.store.ledger(account.id);
  const heldBefore = new Set(
    rescued.filter((row) => ledger.entry(row.key)?.messageId != null).map(({ key }) => key),
  );
  const tally = await download(request, downloads, (done) => tell(done, 'running'));
  // The original stays where its copy was refused, cut off or is doubtful.
  const rescuedRows = new Set(rescued);
  const safe = doomed.filter((row) => !rescuedRows.has(row) || tally.wholeKeys.has(row.key));
  const result = await deleteOnServer({
    ...{ session, undo, deletions: safe.map(chosen), book: ledgerBook(tools, account.id) },
    onQuit: (sent) => tell(downloads.length + sent.length, sent.length === 0 ? 'running' : 'asked'),
  });
  if (result.outcome === 'applied' || result.outcome === 'unknown') {
    const isNewHere = ({ key }: PlannedDeletion) => tally.newKeys.has(key) && !heldBefore.has(key);
    await putInBin(tools, account, result.sent.filter(isNewHere));
  }
  if (result.outcome === 'applied' || result.outcome === 'taken-back') rows.clearPlan();
  tell(total, result.outcome);
  return result.outcome;
}

async function download(
  { tools, account, session, undo }: ApplyRequest,
  downloads: readonly Download[],
  tell: (done: number) => void,
): Promise<CheckTally> {
  const tally = newTally();
  tell(0);
  const progress = new ProgressCounter(account.id, tools.now, ({ done }) => tell(done));
  progress.enter('downloading', { count: downloads.length, bytes: 0 });
  const unfetched = new UnfetchedBook(tools, account.id);
  const sizes = new SizeMemory(tools.store.ledger(account.id));
  const { signal } = undo;
  await downloadAll({ tools, account, session, tally, progress, unfetched, sizes, signal }, downloads);
  return tally;
}

function chosen({ number, key, uidl, sizeBytes, headers }: PlannedRow): PlannedDeletion {
  const from = headers?.from.address ?? '';
  const subject = headers?.subject ?? '';
  return { number, key, uidl, sizeBytes, from, subject, ground: { kind: 'chosen' } };
}

/**
 * Moves whole copies of what was only on the server to the Trash: they are kept for second thoughts and are no new
 * mail. This waits until the original has left, because what stays there is not fetched again.
 */
async function putInBin(
  tools: MaildropTools,
  account: Account,
  rescued: readonly { readonly key: LedgerKey }[],
): Promise<void> {
  const ledger = tools.store.ledger(account.id);
  const ids = rescued.flatMap(({ key }) => ledger.entry(key)?.messageId ?? []);
  if (ids.length > 0) await tools.store.marks.moveTo({ kind: 'ids', ids }, 'trash');
}
