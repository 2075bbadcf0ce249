import type { Account } from '../../../shared/account.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { RetrievalSink } from '../../pop3/maildrop/retrieval-sink.ts';
import { Pop3SessionError } from '../../pop3/replies/failure.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import type { CommittedMessage } from '../../store/intake/commit-group.ts';
import type { MessageWriter } from '../../store/intake/message-writer.ts';
import type { SizeMemory } from '../leaving/size-memory.ts';
import type { MaildropTools } from '../maildrop/maildrop-session.ts';
import { Arrivals } from './arrivals.ts';
import type { ProgressCounter } from './check-progress.ts';
import type { CheckTally } from './check-tally.ts';
import { isLimit, RefusalWatch } from './refusal-watch.ts';
import type { UnfetchedBook } from './unfetched-book.ts';
import type { Download } from './wanted-downloads.ts';

/** Lines of the body that come with the headers of a message over the account's limit. */
export const partialLines = 30;

/**
 * Fetches messages into the store: whole ones by RETR, the beginnings of large ones by TOP. Resolves when all of them
 * are durable. Rejects with the session's or the store's error; messages that had ended are durable then too. An
 * aborted signal stops the asking and leaves the session open. Messages that were asked for still come.
 */
export async function downloadAll(fetching: Fetching, downloads: readonly Download[]): Promise<void> {
  const { tools, unfetched } = fetching;
  if (downloads.length === 0) return;
  const doubts = new Doubts(tools.store.marks);
  try {
    await fetchAll({ ...fetching, doubts }, downloads);
  } finally {
    await doubts.written();
    await unfetched.write();
  }
}

/** The tools for fetching messages. */
export type Fetching = {
  readonly tools: MaildropTools;
  readonly account: Account;
  readonly session: Pop3Session;
  readonly tally: CheckTally;
  readonly progress: ProgressCounter;
  readonly unfetched: UnfetchedBook;
  readonly sizes: SizeMemory;
  readonly signal?: AbortSignal;
  /** Whether one silent message is put aside for those that wait behind it. */
  readonly isHurried?: boolean;
  /** Whether each command waits for the answer to the one before. */
  readonly isAlone?: boolean;
};

type DoubtfulFetching = Fetching & { readonly doubts: Doubts };

async function fetchAll(fetching: DoubtfulFetching, downloads: readonly Download[]): Promise<void> {
  const { tools, account, tally, unfetched } = fetching;
  await using writer = tools.store.writer(account.id);
  writer.onCommitted((batch) => {
    unfetched.forget(batch.map(({ ledgerKey }) => ledgerKey));
    for (const message of batch) {
      tally.skippedKeys.delete(message.ledgerKey);
      if (!message.isPartial && !message.isDoubtful) tally.wholeKeys.add(message.ledgerKey);
      if (!message.isNew) continue;
      tally.newKeys.add(message.ledgerKey);
      tally.stored += 1;
      tally.storedBytes += message.sizeBytes;
    }
  });
  const byNumber = new Map(downloads.map((download) => [download.number, download]));
  const arrivals = new Arrivals({ ...fetching, ...tools, writer });
  try {
    await askForAll(fetching, arrivals, writer, byNumber);
  } catch (error) {
    // Messages that had ended by then are judged by what is known so far.
    if (error instanceof Pop3SessionError) await settle(fetching, arrivals, writer);
    throw error;
  }
  await settle(fetching, arrivals, writer);
}

async function askForAll(
  fetching: DoubtfulFetching,
  arrivals: Arrivals,
  writer: MessageWriter,
  byNumber: ReadonlyMap<number, Download>,
): Promise<void> {
  const { session, signal, isHurried = false, isAlone = false } = fetching;
  const downloads = [...byNumber.values()];
  const partial = downloads.filter((download) => download.isPartial);
  const whole = downloads.filter((download) => !download.isPartial);
  if (partial.length > 0) {
    const tops = partial.map(({ number }) => ({ number, lines: partialLines }));
    await asking(fetching, arrivals, writer, byNumber, async (sink, watch) => {
      await session.topMany(until(signal, watch, tops), sink, { isAlone, isHurried });
    });
  }
  if (whole.length > 0)
    await asking(fetching, arrivals, writer, byNumber, async (sink, watch) => {
      await session.retrieve(until(signal, watch, whole), sink, { isAlone, isHurried });
    });
}

/** Waits until all messages are durable. Then judges the sizes again, now that all of them are known. */
async function settle(
  { tools, account, tally }: DoubtfulFetching,
  arrivals: Arrivals,
  writer: MessageWriter,
): Promise<void> {
  await arrivals.ended();
  await writer.flush();
  const { certain, doubted } = await arrivals.settle();
  for (const key of certain) tally.wholeKeys.add(key);
  for (const key of [...doubted, ...arrivals.unproven]) tally.wholeKeys.delete(key);
  // The ids have begun anew. The messages of the other ids must be looked at before they are believed.
  if (arrivals.hasOtherLetters) await tools.store.ledger(account.id).doubtProofsExcept(tally.wholeKeys);
}

/** Asks for a series of messages, and decides what the refusals mean. */
async function asking(
  fetching: DoubtfulFetching,
  arrivals: Arrivals,
  writer: MessageWriter,
  byNumber: ReadonlyMap<number, Download>,
  ask: (sink: RetrievalSink, watch: RefusalWatch) => Promise<void>,
): Promise<void> {
  const { tally, unfetched, account } = fetching;
  const watch = new RefusalWatch();
  const refusals: { readonly download: Download; readonly failure: Failure }[] = [];
  try {
    await ask(storingSink(fetching, arrivals, writer, byNumber, { watch, refusals }), watch);
  } finally {
    for (const { download, failure } of refusals) {
      tally.skippedKeys.add(download.key);
      const isItsOwn = !watch.isStopped && !isLimit(failure);
      if (download.isPartial && !isLimit(failure)) unfetched.hasNoBeginning(download, failure);
      else unfetched.refused(download, failure, isItsOwn);
    }
    const { host, port } = account.server;
    // Each beginning that a server cannot send is named by itself.
    const isOfAll = refusals.some(({ download, failure }) => !download.isPartial || isLimit(failure));
    if (watch.failure !== null && isOfAll) tally.trouble ??= { ...watch.failure, host, port };
  }
}

/** Messages that fell into doubt after their end. They are marked as soon as they are in the index. */
class Doubts {
  readonly #marks: MaildropTools['store']['marks'];
  readonly #idsByKey = new Map<LedgerKey, MessageId>();
  readonly #doubted = new Set<LedgerKey>();
  readonly #writes: Promise<unknown>[] = [];

  constructor(marks: MaildropTools['store']['marks']) {
    this.#marks = marks;
  }

  /** Notes that these have their rows now. */
  stored(batch: readonly CommittedMessage[]): void {
    for (const message of batch) this.#idsByKey.set(message.ledgerKey, message.messageId);
    this.#mark(batch.map((message) => message.ledgerKey));
  }

  /** Notes that these are in doubt, with or without their rows. */
  add(keys: readonly LedgerKey[]): void {
    for (const key of keys) this.#doubted.add(key);
    this.#mark(keys);
  }

  #mark(keys: readonly LedgerKey[]): void {
    const ids = keys.filter((key) => this.#doubted.has(key)).flatMap((key) => this.#idsByKey.get(key) ?? []);
    if (ids.length === 0) return;
    const write = this.#marks.setDoubtful(ids, true);
    // `written` meets a write that failed.
    write.catch(() => undefined);
    this.#writes.push(write);
  }

  /** Resolves when every mark is in the index. Nothing may be deleted on the server before. */
  async written(): Promise<void> {
    await Promise.all(this.#writes);
  }
}

function* until<Item>(
  signal: AbortSignal | undefined,
  watch: RefusalWatch,
  items: readonly Item[],
): Iterable<Item> {
  for (const item of items) {
    if (watch.isOver) watch.stop();
    if (signal?.aborted === true || watch.isOver) return;
    yield item;
  }
}

/** Collects the refusals in a series of messages. */
type Refusals = {
  readonly watch: RefusalWatch;
  readonly refusals: { readonly download: Download; readonly failure: Failure }[];
};

/**
 * A message without an end counts as whole but for the end if this part of its listed size has come. Servers count line
 * ends differently.
 */
const nearlyWhole = 0.9;

function isKept(
  what: ReturnType<UnfetchedBook['keeps']>,
  receivedBytes: number,
  { sizeBytes }: Download,
  isDamagedEnd: boolean,
): boolean {
  if (what === 'nothing' || receivedBytes === 0) return false;
  return what === 'anything' || isDamagedEnd || receivedBytes >= sizeBytes * nearlyWhole;
}

function storingSink(
  { doubts, tally, progress, unfetched }: DoubtfulFetching,
  arrivals: Arrivals,
  writer: MessageWriter,
  byNumber: ReadonlyMap<number, Download>,
  { watch, refusals }: Refusals,
): RetrievalSink {
  let receivedBytes = 0;
  let keptNumber: number | null = null;
  writer.onCommitted((batch) => doubts.stored(batch));
  return {
    begin: (number) => {
      const download = byNumber.get(number);
      if (download === undefined) throw new Error(`message ${number} was not asked for`);
      receivedBytes = 0;
      arrivals.begin(download);
    },
    chunk: (bytes) => {
      progress.addBytes(bytes.length);
      receivedBytes += bytes.length;
      return arrivals.chunk(bytes);
    },
    end: ({ doubtful, saidBytes }) => {
      watch.fetched();
      progress.addMessage();
      return arrivals.end({ doubtful, saidBytes });
    },
    refused: (number, failure) => {
      // One message that cannot be fetched blocks none of the others; the next check asks for it again.
      watch.refused(failure);
      const download = byNumber.get(number);
      if (download !== undefined) refusals.push({ download, failure });
      progress.addMessage();
    },
    lost: (number, { isDamagedEnd }) => {
      const download = byNumber.get(number);
      if (download === undefined || !isKept(unfetched.keeps(download), receivedBytes, download, isDamagedEnd))
        return arrivals.abandon();
      keptNumber = number;
      arrivals.endLater({ doubtful: true, saidBytes: null });
    },
    broken: ({ number, failure }) => {
      const download = byNumber.get(number);
      if (download === undefined || number === keptNumber) return;
      tally.skippedKeys.add(download.key);
      unfetched.broke(download, failure);
    },
    doubt: (numbers) => {
      const keys = numbers.flatMap((number) => byNumber.get(number)?.key ?? []);
      for (const key of keys) tally.wholeKeys.delete(key);
      arrivals.doubt(keys);
      doubts.add(keys);
    },
  };
}
