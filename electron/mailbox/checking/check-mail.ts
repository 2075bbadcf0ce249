import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Account } from '../../../shared/account.ts';
import type { CheckRecord } from '../../../shared/account-state.ts';
import { minuteMs, secondMs } from '../../../shared/durations.ts';
import type { Failure } from '../../../shared/failure.ts';
import { Pop3SessionError } from '../../pop3/replies/failure.ts';
import { failureOf } from '../../store/index/store-error.ts';
import { failureBehind, type MaildropTools } from '../maildrop/maildrop-session.ts';
import { showsWindows } from '../maildrop/provider-habits.ts';
import { Breaks } from './breaks.ts';
import { ProgressCounter } from './check-progress.ts';
import { type CheckRequest, type RunningCheck, runSession } from './check-session.ts';
import { newTally } from './check-tally.ts';
import { askedAboutPassword, rememberedChecks } from './hang-ups.ts';
import { UnfetchedBook } from './unfetched-book.ts';

/*
 * How mail is checked.
 *
 * A check runs one or more sessions (check-session). Each lists the maildrop, compares the listing with the ledger,
 * downloads what is wanted (download, arrivals), and then deletes on the server what is due and proven (the room
 * `leaving`). Nothing is deleted before it is durable here.
 *
 * One message never keeps the others away: a message that breaks sessions is asked for last and alone, and then left to
 * the person (unfetched-book). A server that refuses everything is not asked on (refusal-watch). An expected failure is
 * part of the check's record, and back-off says when the check is repeated.
 */

/** A server that shows its mail in windows (Gmail) is asked again until nothing new comes. This is the limit. */
const mostSessions = 200;
/**
 * A LOGIN-DELAY up to this is waited out between two sessions. A longer one ends the check, and the next check goes on.
 */
const longestWaitMs = minuteMs;

/**
 * One check of one maildrop. Downloads new messages, then deletes on the server as the account's retention and the
 * person's own deletions demand. Nothing is deleted before it is durable here. Expected failures do not reject: the
 * record contains them, and messages that had come by then stay.
 */
export async function checkMail(
  tools: MaildropTools,
  account: Account,
  request: CheckRequest,
): Promise<CheckRecord> {
  const startedAt = tools.now();
  const tally = newTally();
  using progress = new ProgressCounter(account.id, tools.now, request.onProgress);
  let failure: Failure | null = null;
  try {
    using _lock = await tools.locks.acquire(account.id, request.signal);
    const unfetched = new UnfetchedBook(tools, account.id);
    await runSessions({ tools, account, request, tally, progress, unfetched, breaks: new Breaks() });
    failure = tally.trouble ?? unfetched.failure;
  } catch (error) {
    failure = failureBehind(error, account.server, request.signal) ?? mistake(error, request);
  }
  failure = askedAboutPassword(failure, tools.store.history.checks(account.id, rememberedChecks));
  const isStopped = failure?.kind === 'cancelled';
  const { stored, storedBytes, deletedOnServer, skippedKeys, onServer } = tally;
  const record: CheckRecord = {
    accountId: account.id,
    startedAt,
    endedAt: tools.now(),
    stored,
    storedBytes,
    deletedOnServer,
    skipped: skippedKeys.size,
    onServer,
    outcome: isStopped ? 'stopped' : failure === null ? 'done' : 'failed',
    failure: isStopped ? null : failure,
  };
  return remembered(tools, record);
}

/**
 * Keeps the record in the history. If the disk is too full for it, that becomes the check's failure, unless it has one.
 */
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

/** Waits between two sessions of one check. Throws where that would take too long. */
async function waitForLoginDelay({ tools, account, request, progress }: RunningCheck): Promise<void> {
  const waitMs = tools.signIns.waitMs(account);
  if (waitMs > longestWaitMs) {
    const delaySeconds = Math.ceil(waitMs / secondMs);
    throw new Pop3SessionError({ kind: 'login-delay', delaySeconds, step: 'connect', canRetry: true });
  }
  if (waitMs === 0) return;
  progress.enter('waiting');
  await (tools.pause ?? pause)(waitMs, request.signal);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal });
}

async function runSessions(check: RunningCheck): Promise<void> {
  let mayStall = true;
  for (let sessions = 0; sessions < mostSessions; sessions += 1) {
    if (sessions > 0) await waitForLoginDelay(check);
    const storedBefore = check.tally.stored;
    const outcome = await runSession(check, mayStall);
    if (outcome === 'stalled') mayStall = false;
    else if (outcome === 'unfinished') continue;
    else if (!showsWindows(check.account) || check.tally.stored === storedBefore) return;
  }
}
