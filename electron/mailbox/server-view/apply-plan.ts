import type { Account } from '../../../shared/model.ts';
import type { ServerDeletion, ServerView } from '../../../shared/server-view.ts';
import type { Pop3Session, QuitOutcome } from '../../pop3/session.ts';
import { ProgressCounter } from '../checking/check-progress.ts';
import { newTally } from '../checking/check-tally.ts';
import { type Download, downloadAll } from '../checking/download.ts';
import type { MaildropTools } from '../maildrop/maildrop-session.ts';
import type { ServerRows } from './server-rows.ts';

/** How far the plan has been carried out. */
export type Applied = NonNullable<ServerView['applied']>;

type ApplyRequest = {
  /** Stores messages that are not here before they are deleted there. */
  readonly keepInBin: boolean;
  /** Asked between the steps: true means RSET instead of QUIT. */
  isTakenBack(): boolean;
  onProgress(applied: Applied): void;
};

/**
 * Downloads, deletes, quits; in that order, so that nothing is deleted before what is wanted of it is durable. Throws
 * the session's or the store's error. The log of what left the server is written with QUIT's own answer.
 */
export async function applyPlan(
  tools: MaildropTools,
  account: Account,
  session: Pop3Session,
  rows: ServerRows,
  request: ApplyRequest,
): Promise<'done' | 'taken-back'> {
  const doomed = rows.planned('delete');
  const wanted = rows.planned('download');
  const rescued = request.keepInBin ? doomed.filter((row) => row.state !== 'stored') : [];
  const downloads: Download[] = [...wanted, ...rescued].map((row) => ({ ...row, isPartial: false }));
  const total = downloads.length + doomed.length;
  const tally = newTally();
  const tell = (done: number, outcome: Applied['outcome']) => request.onProgress({ done, total, outcome });
  tell(0, 'running');
  const progress = new ProgressCounter(account.id, tools.now, ({ done }) => tell(done, 'running'));
  progress.enter('downloading', { count: downloads.length, bytes: 0 });
  const ledger = tools.store.ledger(account.id);
  const heldBefore = new Set(
    rescued.filter((row) => ledger.entry(row.key)?.messageId != null).map(({ key }) => key),
  );
  await downloadAll(tools, account, session, downloads, tally, progress);
  // A copy that was refused, cut off or is doubtful is none to delete the original for.
  const rescuedRows = new Set(rescued);
  const safe = doomed.filter((row) => !rescuedRows.has(row) || tally.wholeKeys.has(row.key));
  const keys = new Map(safe.map((row) => [row.number, row.key]));
  const pending = new Set(ledger.inState('delete-pending').map(({ key }) => key));
  const askedHere = [...keys.values()].filter((key) => !pending.has(key));
  let sent: readonly number[] = [];
  if (!request.isTakenBack()) {
    await ledger.markDeletePending(askedHere);
    ({ sent } = await deleteOrTakeBack(session, ledger, [...keys.keys()], askedHere));
  }
  if (request.isTakenBack()) {
    await ledger.takeBackDeletion(askedHere);
    rows.clearPlan();
    if (session.pendingDeletions.size > 0) await takeBack(session);
    tell(total, 'applied');
    return 'taken-back';
  }
  tell(downloads.length + sent.length, 'running');
  const quit = await session.quit();
  const sentKeys = sent.flatMap((number) => keys.get(number) ?? []);
  const isNewHere = ({ key }: { key: string }) => tally.newKeys.has(key) && !heldBefore.has(key);
  await settle(tools, account, rows, { outcome: quit.outcome, sentKeys, rescued: rescued.filter(isNewHere) });
  tell(total, quit.outcome);
  return 'done';
}

/** Writes down what QUIT's answer makes of the deletions that were sent. */
async function settle(
  tools: MaildropTools,
  account: Account,
  rows: ServerRows,
  quit: {
    readonly outcome: QuitOutcome['outcome'];
    readonly sentKeys: readonly string[];
    /** Those that came here only to be kept for second thoughts. */
    readonly rescued: readonly { readonly key: string }[];
  },
): Promise<void> {
  const { outcome, sentKeys, rescued } = quit;
  const left = new Set(outcome === 'refused' ? [] : sentKeys);
  await putInBin(
    tools,
    account,
    rescued.filter(({ key }) => left.has(key)),
  );
  if (outcome === 'applied') await tools.store.ledger(account.id).markDeleteSent(sentKeys);
  await recordDeletions(tools, account, rows, sentKeys, outcome);
  if (outcome === 'applied') rows.clearPlan();
}

/**
 * Whole copies of what was only on the server are kept for second thoughts, not as new mail; once it has left, for what
 * stays there after all is not fetched again and would be seen nowhere else.
 */
async function putInBin(
  tools: MaildropTools,
  account: Account,
  rescued: readonly { readonly key: string }[],
): Promise<void> {
  const ledger = tools.store.ledger(account.id);
  const ids = rescued.flatMap((row) => ledger.entry(row.key)?.messageId ?? []);
  if (ids.length > 0) await tools.store.marks.moveTo({ kind: 'ids', ids }, 'trash');
}

/**
 * Sends DELE for all of these. A session that breaks off has deleted nothing (RFC 1939 §6); the plan is still in the
 * window for the person to apply or to undo, so that no later check may carry it out by itself.
 */
async function deleteOrTakeBack(
  session: Pop3Session,
  ledger: ReturnType<MaildropTools['store']['ledger']>,
  numbers: readonly number[],
  askedHere: readonly string[],
): Promise<{ readonly sent: readonly number[] }> {
  try {
    return await session.delete(numbers);
  } catch (error) {
    await ledger.takeBackDeletion(askedHere);
    throw error;
  }
}

async function recordDeletions(
  tools: MaildropTools,
  account: Account,
  rows: ServerRows,
  keys: readonly string[],
  outcome: ServerDeletion['outcome'],
): Promise<void> {
  const ledger = tools.store.ledger(account.id);
  const gone = keys.flatMap((key) => {
    const row = rows.get(key);
    return row === undefined ? [] : [{ ...row, wasStoredHere: ledger.entry(key)?.messageId != null }];
  });
  await tools.store.history.recordDeletions(
    ...gone.map(({ uidl, headers, sizeBytes, wasStoredHere }) => ({
      accountId: account.id,
      at: tools.now(),
      uidl,
      from: headers?.from.address ?? '',
      subject: headers?.subject ?? '',
      sizeBytes,
      wasStoredHere,
      outcome,
    })),
  );
}

/** RSET; where that is refused the session ends without QUIT, or a later one would delete what was taken back. */
async function takeBack(session: Pop3Session): Promise<void> {
  try {
    await session.rset();
  } catch (error) {
    session.close();
    throw error;
  }
}
