import type { Account } from '../../../shared/account.ts';
import type { CheckProgress } from '../../../shared/account-state.ts';
import type { Rule } from '../../../shared/rule.ts';
import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import type { Transcript } from '../../pop3/connection/transcript.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import type { Ledger } from '../../store/ledger/ledger.ts';
import type { Reconciliation } from '../../store/ledger/reconcile.ts';
import { deleteOnServer, type QuitResult } from '../leaving/delete-on-server.ts';
import { ledgerBook } from '../leaving/deletion-book.ts';
import { dueDeletions } from '../leaving/due-deletions.ts';
import type { PlannedDeletion } from '../leaving/planned-deletion.ts';
import { type IdentifiedMessage, identify } from '../maildrop/identify.ts';
import { type MaildropTools, openMaildrop, rememberServer } from '../maildrop/maildrop-session.ts';
import { listsWhole, neverDeletes } from '../maildrop/provider-habits.ts';
import type { ProgressCounter } from './check-progress.ts';
import type { CheckTally } from './check-tally.ts';
import { type Consulted, consultOnce, keepStamp, recallAhead } from './consult-ledger.ts';
import { type Download, downloadAll } from './download.ts';
import { decideBeforeDownload } from './rules-before-download.ts';

/** What a check is run with. */
export type CheckRequest = {
  readonly signal: AbortSignal;
  readonly rules: readonly Rule[];
  readonly transcript?: Transcript;
  readonly onProgress: (progress: CheckProgress) => void;
  /** Logs a mistake of ours and gives the reference it can be found under. */
  readonly logMistake?: (error: unknown) => string;
};

/** A check that is under way, over all its sessions. */
export type RunningCheck = {
  readonly tools: MaildropTools;
  readonly account: Account;
  readonly request: CheckRequest;
  readonly tally: CheckTally;
  readonly progress: ProgressCounter;
};

/**
 * One session of a check. Answers `stalled` where it broke off because of something that the server cannot bear and
 * that the next session leaves out. Throws the session's or the store's error.
 */
export async function runSession(check: RunningCheck, mayStall: boolean): Promise<'done' | 'stalled'> {
  const { tools, account, request, progress } = check;
  progress.enter('connecting');
  const consult = consultOnce(tools, account);
  let isSigningIn = false;
  await using session = await openMaildrop(tools, account, {
    signal: request.signal,
    ...(request.transcript === undefined ? {} : { transcript: request.transcript }),
    onStep: (step) => {
      if (step === 'sign-in') progress.enter('signing-in');
      isSigningIn ||= step === 'sign-in';
      // Signed in: with this the server opens the maildrop, which takes it long where that is large.
      if (step === 'capabilities' && isSigningIn) consult().catch(() => undefined);
    },
  });
  const before = { ...session.quirks };
  try {
    await carryOut(check, session, consult);
    return 'done';
  } catch (error) {
    if (hasFoundOut(before, session.quirks) && mayStall && !request.signal.aborted) return 'stalled';
    throw error;
  } finally {
    await rememberServer(tools, account.server, session);
  }
}

/** Whether a session has learned what its server cannot bear and the next one will leave out. */
function hasFoundOut(before: ServerQuirks, after: Readonly<ServerQuirks>): boolean {
  return (['pipelining', 'uidlOfOne'] as const).some(
    (name) => before[name] !== false && after[name] === false,
  );
}

async function carryOut(
  check: RunningCheck,
  session: Pop3Session,
  consult: () => Promise<Consulted>,
): Promise<void> {
  const { account, tally, progress } = check;
  progress.enter('listing');
  const { ledger, mark } = await consult();
  // A person may have wanted something deleted there while the server was asked.
  const isUnchanged = mark !== null && (await session.isUnchangedSince(mark));
  if (isUnchanged && ledger.settledStamp(account.retention) !== null) {
    tally.onServer = mark.count;
    progress.enter('closing');
    await session.quit();
    return;
  }
  const [listed] = await Promise.all([identify(session), ...(mark === null ? [] : [recallAhead(ledger)])]);
  tally.onServer = listed.length;
  const found = (await ledger.reconcile(listed, { isComplete: listsWhole(account) })).value;
  // The number of an earlier session may be another message's by now.
  await ledger.takeBackDeletion(listed.filter(({ isLasting }) => !isLasting).map(({ key }) => key));
  const unread = await fetchNew(check, session, ledger, listed, found);
  const deletions = neverDeletes(account)
    ? []
    : dueDeletions({ ...check.tools, account, listed, found, wholeKeys: tally.wholeKeys, unread });
  const result = await leave(check, session, deletions);
  const isBelieved = listsWhole(account) && found.suspicion === 'none' && result.outcome === 'applied';
  if (isBelieved && result.sent.length === 0) await keepStamp(account, ledger, session.stamp);
}

/** Downloads what is wanted, and answers what rules want gone unread. */
async function fetchNew(
  { tools, account, request, tally, progress }: RunningCheck,
  session: Pop3Session,
  ledger: Ledger,
  listed: readonly IdentifiedMessage[],
  found: Reconciliation,
) {
  const wanted = wantedDownloads(account, listed, found.states, new Set(found.damaged));
  const decided = await decideBeforeDownload(session, account, request.rules, wanted);
  tally.skipped += (await ledger.setSkipped(decided.skip.map((download) => download.key))).value.length;
  const wholeBytes = decided.fetch.reduce((sum, download) => sum + download.sizeBytes, 0);
  progress.enter('downloading', { count: decided.fetch.length, bytes: wholeBytes });
  await downloadAll({ tools, account, session, tally, progress }, decided.fetch);
  return decided.deleteOnServer;
}

/** Deletes what is due, ends the session, and tells the tally what the server made of it. */
async function leave(
  { tools, account, tally, progress }: RunningCheck,
  session: Pop3Session,
  deletions: readonly PlannedDeletion[],
): Promise<QuitResult> {
  if (deletions.length > 0) progress.enter('deleting', { count: deletions.length, bytes: 0 });
  const result = await deleteOnServer({
    ...{ session, deletions, book: ledgerBook(tools, account.id) },
    onQuit: () => progress.enter('closing'),
  });
  const { outcome, sent, refused } = result;
  if (outcome === 'applied') tally.deletedOnServer += sent.length;
  else if (sent.length > 0)
    tally.trouble =
      outcome === 'unknown'
        ? { kind: 'deletion-unknown', step: 'quit', canRetry: true, host: account.server.host }
        : (result.failure ?? { kind: 'server-refused', step: 'quit', canRetry: true });
  tally.trouble ??= refused[0]?.failure ?? null;
  return result;
}

/** Everything not surely held here, newest first: what is new, back, cut off or damaged, or has no lasting identity. */
function wantedDownloads(
  account: Account,
  listed: readonly IdentifiedMessage[],
  states: readonly string[],
  damaged: ReadonlySet<number>,
): Download[] {
  const wanted: Download[] = [];
  for (let index = listed.length - 1; index >= 0; index -= 1) {
    const message = listed[index];
    if (message === undefined) continue;
    if (message.isLasting && states[index] !== 'seen' && !damaged.has(index)) continue;
    const isPartial = account.partialAboveBytes > 0 && message.sizeBytes > account.partialAboveBytes;
    wanted.push({ ...message, isPartial });
  }
  return wanted;
}
