import { randomBytes } from 'node:crypto';
import type { CheckProgress, CheckRecord } from '../../../shared/account-state.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { Account } from '../../../shared/model.ts';
import type { Rule } from '../../../shared/rule.ts';
import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import type { Transcript } from '../../pop3/connection/transcript.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import { failureOf } from '../../store/index/store-error.ts';
import { deleteUnread } from '../leaving/delete-unread.ts';
import { removeFromServer } from '../leaving/remove-from-server.ts';
import {
  failureBehind,
  type MaildropTools,
  openMaildrop,
  rememberServer,
} from '../maildrop/maildrop-session.ts';
import { decideBeforeDownload } from '../rules/rules-before-download.ts';
import { ProgressCounter } from './check-progress.ts';
import { type CheckTally, newTally } from './check-tally.ts';
import {
  type Consulted,
  consultOnce,
  keepMark,
  listsWhole,
  neverDeletes,
  recallAhead,
  showsWindows,
} from './consult-ledger.ts';
import { type Download, downloadAll } from './download.ts';
import { type IdentifiedMessage, identify } from './identify.ts';

/** What a check is run with. */
export type CheckRequest = {
  readonly signal: AbortSignal;
  readonly rules: readonly Rule[];
  readonly transcript?: Transcript;
  readonly onProgress: (progress: CheckProgress) => void;
  /** Logs a mistake of ours and gives the reference it can be found under. */
  readonly logMistake?: (error: unknown) => string;
};

/** A server that shows its mail in windows (Gmail) is asked again until nothing new comes, but not for ever. */
const mostSessions = 200;

/**
 * One check of one maildrop: downloads what is new, then deletes on the server what the account's retention and the
 * person's own deletions ask for. Nothing is deleted before it is durable here. Never rejects for what can be
 * expected to go wrong: the record carries the failure, and what had arrived by then stays.
 */
export async function checkMail(
  tools: MaildropTools,
  account: Account,
  request: CheckRequest,
): Promise<CheckRecord> {
  const startedAt = tools.now();
  const tally = newTally();
  const progress = new ProgressCounter(account.id, tools.now, request.onProgress);
  let failure: Failure | null = null;
  try {
    using _lock = await tools.locks.acquire(account.id, request.signal);
    await runSessions(tools, account, request, tally, progress);
    failure = tally.trouble;
  } catch (error) {
    failure = failureBehind(error, account.server, request.signal) ?? mistake(error, request);
  }
  const isStopped = failure?.kind === 'cancelled';
  const { stored, storedBytes, deletedOnServer, skipped, onServer } = tally;
  const record: CheckRecord = {
    accountId: account.id,
    startedAt,
    endedAt: tools.now(),
    stored,
    storedBytes,
    deletedOnServer,
    skipped,
    onServer,
    outcome: isStopped ? 'stopped' : failure === null ? 'done' : 'failed',
    failure: isStopped ? null : failure,
  };
  return remembered(tools, record);
}

/** Keeps the record in the history. A disk that is too full even for that is the check's failure if it has no other. */
async function remembered(tools: MaildropTools, record: CheckRecord): Promise<CheckRecord> {
  try {
    await tools.store.history.recordCheck(record);
    return record;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return record.outcome === 'done' ? { ...record, outcome: 'failed', failure } : record;
  }
}

function mistake(error: unknown, request: CheckRequest): Failure {
  const reference = request.logMistake?.(error) ?? randomBytes(4).toString('hex');
  return { kind: 'internal', reference, canRetry: true };
}

async function runSessions(
  tools: MaildropTools,
  account: Account,
  request: CheckRequest,
  tally: CheckTally,
  progress: ProgressCounter,
): Promise<void> {
  let mayStall = true;
  for (let sessions = 0; sessions < mostSessions; sessions += 1) {
    const storedBefore = tally.stored;
    const outcome = await runSession(tools, account, request, tally, progress, mayStall);
    if (outcome === 'stalled') mayStall = false;
    else if (!showsWindows(account) || tally.stored === storedBefore) return;
  }
}

async function runSession(
  tools: MaildropTools,
  account: Account,
  request: CheckRequest,
  tally: CheckTally,
  progress: ProgressCounter,
  mayStall: boolean,
): Promise<'done' | 'stalled'> {
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
    await carryOut(tools, account, request, session, consult, tally, progress);
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
  tools: MaildropTools,
  account: Account,
  request: CheckRequest,
  session: Pop3Session,
  consult: () => Promise<Consulted>,
  tally: CheckTally,
  progress: ProgressCounter,
): Promise<void> {
  progress.enter('listing');
  const { ledger, mark } = await consult();
  // A person may have wanted something deleted there while the server was asked.
  const isUnchanged = mark !== null && (await session.isUnchangedSince(mark));
  if (isUnchanged && ledger.settledMark(account.retention) !== null) {
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
  const wanted = wantedDownloads(account, listed, found.states, new Set(found.damaged));
  const decided = await decideBeforeDownload(session, account, request.rules, wanted);
  tally.skipped += (await ledger.markSkipped(decided.skip.map((download) => download.key))).value.length;
  const wholeBytes = decided.fetch.reduce((sum, download) => sum + download.sizeBytes, 0);
  progress.enter('downloading', { count: decided.fetch.length, bytes: wholeBytes });
  await downloadAll(tools, account, session, decided.fetch, tally, progress);
  const quit = await deleteUnread(tools, account, decided.deleteOnServer, tally, async () => {
    if (!neverDeletes(account))
      await removeFromServer({ tools, account, session, listed, found, tally, progress });
    progress.enter('closing');
    return session.quit();
  });
  const isBelieved = listsWhole(account) && found.suspicion === 'none' && quit.outcome === 'applied';
  if (isBelieved && tally.sentKeys.length === 0) await keepMark(account, ledger, session.stamp);
  if (quit.outcome === 'applied') {
    await ledger.markDeleteSent(tally.sentKeys);
    tally.deletedOnServer += tally.sentKeys.length;
  } else if (tally.sentKeys.length > 0) {
    tally.trouble =
      quit.outcome === 'unknown'
        ? { kind: 'deletion-unknown', step: 'quit', canRetry: true, host: account.server.host }
        : (quit.failure ?? { kind: 'server-refused', step: 'quit', canRetry: true });
  }
  tally.sentKeys = [];
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
