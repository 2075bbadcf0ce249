import type { Account } from '../../../shared/account.ts';
import type { CheckProgress } from '../../../shared/account-state.ts';
import { type LedgerKey, noLedgerKey, partsOfLedgerKey } from '../../../shared/ledger-key.ts';
import type { Rule } from '../../../shared/rule.ts';
import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import { summariseHeaders } from '../../message/headers/header-summary.ts';
import type { Transcript } from '../../pop3/connection/transcript.ts';
import { Pop3SessionError } from '../../pop3/replies/failure.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import type { Ledger } from '../../store/ledger/ledger.ts';
import type { Reconciliation } from '../../store/ledger/reconcile.ts';
import { deleteOnServer, type QuitResult } from '../leaving/delete-on-server.ts';
import { ledgerBook } from '../leaving/deletion-book.ts';
import { dueDeletions, type UnreadMessage } from '../leaving/due-deletions.ts';
import type { PlannedDeletion } from '../leaving/planned-deletion.ts';
import { proveDeletions } from '../leaving/prove-deletions.ts';
import { SizeMemory } from '../leaving/size-memory.ts';
import { ProofAllowance, verifyKnown } from '../leaving/verify-copies.ts';
import { fetchHeaders } from '../maildrop/fetch-headers.ts';
import { hashPrefix, type IdentifiedMessage, identify } from '../maildrop/identify.ts';
import { type MaildropTools, openMaildrop, rememberServer } from '../maildrop/maildrop-session.ts';
import { listsWhole, neverDeletes } from '../maildrop/provider-habits.ts';
import type { Breaks } from './breaks.ts';
import type { ProgressCounter } from './check-progress.ts';
import type { CheckTally } from './check-tally.ts';
import { type Consulted, consultOnce, keepStamp, recallAhead } from './consult-ledger.ts';
import { downloadAll } from './download.ts';
import { keptByServer, noteKept } from './kept-by-server.ts';
import { askedAboutMove, holdBack } from './perhaps-here.ts';
import { decideBeforeDownload } from './rules-before-download.ts';
import type { UnfetchedBook } from './unfetched-book.ts';
import { type Download, wantedDownloads } from './wanted-downloads.ts';

/** The request for a check. */
export type CheckRequest = {
  readonly signal: AbortSignal;
  readonly rules: readonly Rule[];
  readonly transcript?: Transcript;
  readonly onProgress: (progress: CheckProgress) => void;
  /** Logs a mistake of ours. Answers the reference under which it can be found. */
  readonly logMistake?: (error: unknown) => string;
};

/** The state of a session of a check, once its maildrop is listed. */
type OpenMaildrop = {
  readonly session: Pop3Session;
  readonly ledger: Ledger;
  readonly sizes: SizeMemory;
  readonly listed: readonly IdentifiedMessage[];
  readonly found: Reconciliation;
  /** Keys with ids that prove little. Their messages were found to be the same as before. */
  readonly verified: ReadonlySet<LedgerKey>;
  /** Keys that the server said it had deleted, and lists again. */
  readonly kept: ReadonlySet<LedgerKey>;
  readonly allowance: ProofAllowance;
};

/** A check that is under way, over all its sessions. */
export type RunningCheck = {
  readonly tools: MaildropTools;
  readonly account: Account;
  readonly request: CheckRequest;
  readonly tally: CheckTally;
  readonly progress: ProgressCounter;
  readonly unfetched: UnfetchedBook;
  readonly breaks: Breaks;
};

/**
 * One session of a check. Answers `stalled` when the server could not bear something; the next session leaves that out.
 * Answers `unfinished` when another session can bring more: the session broke within a message, or such a message is to
 * be asked for alone. A message that broke a session is asked for last from then on. Throws the session's or the
 * store's error.
 */
export async function runSession(
  check: RunningCheck,
  mayStall: boolean,
): Promise<'done' | 'stalled' | 'unfinished'> {
  const { tools, account, request, breaks } = check;
  const consult = consultOnce(tools, account);
  let session: Pop3Session;
  try {
    session = await openSession(check, consult);
  } catch (error) {
    if (!breaks.isOpenedAnew || request.signal.aborted) throw error;
    if (breaks.error === null) return 'done';
    check.unfetched.forgiveLast();
    await check.unfetched.write();
    throw breaks.error;
  }
  await using _session = session;
  const before = { ...session.quirks };
  const stage: Stage = { isFetching: false, isAlone: false };
  // LOGIN-DELAY holds for a further session as well. The next check then does the rest.
  const mayOpenAnew = () => tools.signIns.waitMs(account) === 0;
  try {
    const isFinished = await carryOut(check, session, consult, stage);
    return isFinished || !mayOpenAnew() || !breaks.mayFinish() ? 'done' : 'unfinished';
  } catch (error) {
    if (request.signal.aborted) throw error;
    if (hasFoundOut(before, session.quirks) && mayStall) return 'stalled';
    if (stage.isFetching && mayOpenAnew() && breaks.mayGoOn(error)) return 'unfinished';
    // All other messages have come, and have been deleted where they were due.
    if (stage.isAlone && error instanceof Pop3SessionError) return 'done';
    throw error;
  } finally {
    await rememberServer(tools, account.server, session);
  }
}

/** The progress of a session. */
type Stage = {
  /** Messages are being fetched. */
  isFetching: boolean;
  /** Only messages that broke a session before are left. */
  isAlone: boolean;
};

async function openSession(check: RunningCheck, consult: () => Promise<Consulted>): Promise<Pop3Session> {
  const { tools, account, request, progress } = check;
  progress.enter('connecting');
  let isSigningIn = false;
  return await openMaildrop(tools, account, {
    signal: request.signal,
    ...(request.transcript === undefined ? {} : { transcript: request.transcript }),
    onStep: (step) => {
      if (step === 'sign-in') progress.enter('signing-in');
      isSigningIn ||= step === 'sign-in';
      // The session is signed in. The server now opens the maildrop, which takes long for a large one.
      if (step === 'capabilities' && isSigningIn) consult().catch(() => undefined);
    },
  });
}

/** Whether a session has learned that its server cannot bear something. The next session leaves that out. */
function hasFoundOut(before: ServerQuirks, after: Readonly<ServerQuirks>): boolean {
  return (['pipelining', 'uidlOfOne'] as const).some(
    (name) => before[name] !== false && after[name] === false,
  );
}

/** Answers whether nothing is left for another session. */
async function carryOut(
  check: RunningCheck,
  session: Pop3Session,
  consult: () => Promise<Consulted>,
  stage: Stage,
): Promise<boolean> {
  const { account, tally, progress, unfetched } = check;
  tally.wholeKeys.clear();
  tally.newKeys.clear();
  progress.enter('listing');
  const { ledger, mark } = await consult();
  // The person may have asked for a deletion there while the server answered.
  const isUnchanged = mark !== null && (await session.isUnchangedSince(mark));
  if (isUnchanged && ledger.settledStamp(account.retention) !== null) {
    tally.onServer = mark.count;
    progress.enter('closing');
    await session.quit();
    return true;
  }
  const [identified] = await Promise.all([
    identify(session, () => ledger.listedIds(hashPrefix)),
    ...(mark === null ? [] : [recallAhead(ledger)]),
  ]);
  tally.onServer = identified.length;
  const keptKeys = keptByServer(ledger, identified);
  const sizes = new SizeMemory(ledger);
  const found = (await ledger.reconcile(identified, { isComplete: listsWhole(account), ...sizes.facts }))
    .value;
  const isShared = (uidl: string) => found.sharedIds.has(uidl);
  const listed =
    found.sharedIds.size === 0
      ? identified
      : identified.map((one) => ({ ...one, isTrusted: one.isTrusted && !isShared(one.uidl) }));
  const kept = new Set([...keptKeys].filter((key) => !isShared(partsOfLedgerKey(key).uidl)));
  // The number from an earlier session may mean another message now.
  await ledger.takeBackDeletion(listed.filter(({ isLasting }) => !isLasting).map(({ key }) => key));
  if (listsWhole(account)) unfetched.keepListed(listed);
  const { store } = check.tools;
  const allowance = new ProofAllowance();
  const knowing = { store, ledger, session, sizes, listed, found, allowance };
  const { verified, others, disagreed } = await verifyKnown(knowing);
  const open: OpenMaildrop = { session, ledger, sizes, listed, found, verified, kept, allowance };
  const wanted = wantedDownloads(account, listed, found, others);
  const { free, waiting } = await holdBack(
    { store: check.tools.store, account, session },
    wanted,
    found.isOfOtherServer,
  );
  for (const key of waiting) tally.skippedKeys.add(key);
  tally.trouble ??= askedAboutMove(account, waiting);
  const { together, alone, left } = unfetched.order(free);
  for (const { key } of left) tally.skippedKeys.add(key);
  stage.isFetching = true;
  const unread = await fetchNew(check, open, together, false);
  const { wholeKeys } = tally;
  for (const { key } of together) {
    const isFetched = disagreed.has(key) && !tally.skippedKeys.has(key);
    if (isFetched && ledger.entry(key)?.messageId === disagreed.get(key)) sizes.noteWrongTop();
  }
  await sizes.keep();
  const due = async () =>
    neverDeletes(account)
      ? []
      : await proveDue(
          check,
          open,
          dueDeletions({ ...check.tools, account, listed, found, wholeKeys, unread }).filter(
            ({ key }) => !tally.deletedKeys.has(key) || wholeKeys.has(key),
          ),
        );
  let deletions = await due();
  // Due messages are deleted before any request that may break the line.
  const isAloneNow = alone.length > 0 && deletions.length === 0;
  if (isAloneNow) {
    stage.isAlone = true;
    for (const download of alone) unread.push(...(await fetchAlone(check, open, download)));
    deletions = await due();
  }
  stage.isFetching = false;
  stage.isAlone = false;
  const result = await leave(check, session, deletions, kept);
  tally.trouble ??= await noteKept(ledger, kept);
  const isBelieved = listsWhole(account) && found.suspicion === 'none' && result.outcome === 'applied';
  if (isBelieved && result.sent.length === 0) await keepStamp(account, ledger, session.stamp);
  return alone.length === 0 || isAloneNow;
}

/** Downloads the wanted messages. Answers those that rules delete unread. */
async function fetchNew(
  { tools, account, request, tally, progress, unfetched, breaks }: RunningCheck,
  { session, ledger, sizes }: OpenMaildrop,
  wanted: readonly Download[],
  isAlone: boolean,
): Promise<UnreadMessage[]> {
  const decided = await decideBeforeDownload(session, account, request.rules, wanted, unfetched);
  const skipped = await ledger.setSkipped(decided.skip.map((download) => download.key));
  for (const key of skipped.value) tally.skippedKeys.add(key);
  const wholeBytes = decided.fetch.reduce((sum, download) => sum + download.sizeBytes, 0);
  progress.enter('downloading', { count: decided.fetch.length, bytes: wholeBytes });
  await downloadAll(
    { tools, account, session, tally, progress, unfetched, sizes, isAlone, isHurried: breaks.isHurried },
    decided.fetch,
  );
  return [...decided.deleteOnServer];
}

/** Asks for a message that broke a session before. No other request is on its way meanwhile. */
async function fetchAlone(
  check: RunningCheck,
  open: OpenMaildrop,
  download: Download,
): Promise<UnreadMessage[]> {
  const { unfetched } = check;
  const { session, ledger } = open;
  unfetched.asksAlone(download);
  const isToBeDeleted = unfetched.isToBeDeleted(download.key);
  try {
    if (unfetched.wantsHeaders(download) && session.capabilities.top)
      await describe(check, session, download);
    const unread = await fetchNew(check, open, [download], true);
    if (isToBeDeleted && !check.tally.skippedKeys.has(download.key))
      await ledger.setDeletePending([download.key], { areChosen: true });
    return unread;
  } finally {
    await unfetched.write();
  }
}

/** Fetches sender and subject of the message, before the message is named to the person. */
async function describe(
  { unfetched }: RunningCheck,
  session: Pop3Session,
  download: Download,
): Promise<void> {
  await fetchHeaders(
    session,
    [download.number],
    (_number, headers) => {
      const { subject, from } = summariseHeaders(headers);
      unfetched.describe(download, subject, from.name || from.address);
    },
    ({ failure }) => unfetched.broke(download, failure),
  );
}

/** Proves the due deletions. Messages that the session has fetched by then still count as fetched. */
async function proveDue(
  { tools, account, tally, progress, unfetched }: RunningCheck,
  { session, ledger, sizes, listed, found, verified, kept, allowance }: OpenMaildrop,
  due: readonly PlannedDeletion[],
): Promise<PlannedDeletion[]> {
  const { wholeKeys, newKeys } = tally;
  const untrusted = new Set(listed.flatMap(({ key, isTrusted }) => (isTrusted ? [] : [key])));
  const areIdsDoubted = found.resized.some((index) => !wholeKeys.has(listed[index]?.key ?? noLedgerKey));
  return await proveDeletions(
    {
      ...{ store: tools.store, ledger, session, sizes, listed, untrusted, verified, wholeKeys, newKeys },
      ...{ areIdsDoubted, kept, allowance },
      fetchAgain: async (messages) => {
        // One that breaks the line is asked for with the others of its kind, and not for a proof.
        const { together: downloads } = unfetched.order(
          messages.map((message) => ({ ...message, isPartial: false })),
        );
        const now = new Set(downloads.map(({ key }) => key));
        const others = messages.flatMap(({ key }) => (now.has(key) ? [] : [key]));
        if (others.length > 0) await ledger.takeForOthers(others);
        await downloadAll({ tools, account, session, tally, progress, unfetched, sizes }, downloads);
      },
    },
    due,
  );
}

/** Deletes the due messages, ends the session, and notes the server's answer in the tally. */
async function leave(
  { tools, account, tally, progress }: RunningCheck,
  session: Pop3Session,
  deletions: readonly PlannedDeletion[],
  kept: ReadonlySet<LedgerKey>,
): Promise<QuitResult> {
  if (deletions.length > 0) progress.enter('deleting', { count: deletions.length, bytes: 0 });
  const result = await deleteOnServer({
    ...{ session, deletions, book: ledgerBook(tools, account.id) },
    onQuit: () => progress.enter('closing'),
  });
  const { outcome, sent, refused } = result;
  if (outcome === 'applied') {
    // What the server keeps although it was deleted before is not counted as deleted again.
    tally.deletedOnServer += sent.filter(({ key }) => !kept.has(key)).length;
    for (const { key } of sent) tally.deletedKeys.add(key);
  } else if (sent.length > 0)
    tally.trouble =
      outcome === 'unknown'
        ? { kind: 'deletion-unknown', step: 'quit', canRetry: true, host: account.server.host }
        : (result.failure ?? { kind: 'server-refused', step: 'quit', canRetry: true });
  tally.trouble ??= refused[0]?.failure ?? null;
  return result;
}
