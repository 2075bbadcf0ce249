import type { Account } from '../../../shared/account.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { RetrievalSink } from '../../pop3/maildrop/retrieval-sink.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import type { CommittedMessage } from '../../store/intake/commit-group.ts';
import type { MessageWriter } from '../../store/intake/message-writer.ts';
import type { IdentifiedMessage } from '../maildrop/identify.ts';
import type { MaildropTools } from '../maildrop/maildrop-session.ts';
import type { ProgressCounter } from './check-progress.ts';
import type { CheckTally } from './check-tally.ts';

/** A message to fetch, whole or only its beginning. */
export type Download = IdentifiedMessage & { readonly isPartial: boolean };

/** Lines of the body that come with the headers of a message over the account's limit. */
export const partialLines = 30;

/**
 * Fetches messages into the store: the whole ones by RETR, the beginnings of large ones by TOP. Resolves when all of
 * them are durable. Rejects with the session's or the store's error; the messages that had ended are durable then too.
 * An aborted signal stops the asking and leaves the session open; what was asked for still comes.
 */
export async function downloadAll(fetching: Fetching, downloads: readonly Download[]): Promise<void> {
  const { tools, tally } = fetching;
  tally.wholeKeys.clear();
  tally.newKeys.clear();
  if (downloads.length === 0) return;
  const doubts = new Doubts(tools.store.marks);
  try {
    await fetchAll({ ...fetching, doubts }, downloads);
  } finally {
    await doubts.written();
  }
}

/** What messages are fetched with. */
export type Fetching = {
  readonly tools: MaildropTools;
  readonly account: Account;
  readonly session: Pop3Session;
  readonly tally: CheckTally;
  readonly progress: ProgressCounter;
  readonly signal?: AbortSignal;
};

type DoubtfulFetching = Fetching & { readonly doubts: Doubts };

async function fetchAll(fetching: DoubtfulFetching, downloads: readonly Download[]): Promise<void> {
  const { tools, account, session, tally, signal } = fetching;
  await using writer = tools.store.writer(account.id);
  writer.onCommitted((batch) => {
    for (const message of batch) {
      if (!message.isPartial && !message.isDoubtful) tally.wholeKeys.add(message.ledgerKey);
      if (!message.isNew) continue;
      tally.newKeys.add(message.ledgerKey);
      tally.stored += 1;
      tally.storedBytes += message.sizeBytes;
    }
  });
  const byNumber = new Map(downloads.map((download) => [download.number, download]));
  const sink = storingSink(fetching, writer, byNumber);
  const partial = downloads.filter((download) => download.isPartial);
  const whole = downloads.filter((download) => !download.isPartial);
  if (partial.length > 0)
    await session.topMany(
      until(
        signal,
        partial.map(({ number }) => ({ number, lines: partialLines })),
      ),
      sink,
    );
  if (whole.length > 0) await session.retrieve(until(signal, whole), sink);
  await writer.flush();
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

  /** These have got their rows. */
  stored(batch: readonly CommittedMessage[]): void {
    for (const message of batch) this.#idsByKey.set(message.ledgerKey, message.messageId);
    this.#mark(batch.map((message) => message.ledgerKey));
  }

  /** These are in doubt, whether they have their rows yet or not. */
  add(keys: readonly LedgerKey[]): void {
    for (const key of keys) this.#doubted.add(key);
    this.#mark(keys);
  }

  #mark(keys: readonly LedgerKey[]): void {
    const ids = keys.filter((key) => this.#doubted.has(key)).flatMap((key) => this.#idsByKey.get(key) ?? []);
    if (ids.length === 0) return;
    const write = this.#marks.setDoubtful(ids, true);
    // A write that fails is met in `written`.
    write.catch(() => undefined);
    this.#writes.push(write);
  }

  /** Resolves when every mark is in the index. Nothing may be deleted on the server before. */
  async written(): Promise<void> {
    await Promise.all(this.#writes);
  }
}

function* until<Item>(signal: AbortSignal | undefined, items: readonly Item[]): Iterable<Item> {
  for (const item of items) {
    if (signal?.aborted === true) return;
    yield item;
  }
}

function storingSink(
  { tools, account, doubts, tally, progress }: DoubtfulFetching,
  writer: MessageWriter,
  byNumber: ReadonlyMap<number, Download>,
): RetrievalSink {
  writer.onCommitted((batch) => doubts.stored(batch));
  return {
    begin: (number) => {
      const download = byNumber.get(number);
      if (download === undefined) throw new Error(`message ${number} was not asked for`);
      writer.begin({
        uidl: download.uidl,
        occurrence: download.occurrence,
        announcedSizeBytes: download.sizeBytes,
        isPartial: download.isPartial,
      });
    },
    chunk: (bytes) => {
      progress.addBytes(bytes.length);
      return writer.chunk(bytes);
    },
    end: ({ doubtful }) => {
      progress.addMessage();
      return writer.end({ doubtful });
    },
    refused: (number, failure) => {
      // One message that cannot be fetched blocks none of the others; the next check asks for it again.
      tally.skipped += 1;
      const isNamed = tools.refusals.note(account.id, byNumber.get(number)?.key ?? '');
      if (isNamed)
        tally.trouble ??= { ...failure, serverText: `${number}: ${failure.serverText ?? ''}`.trim() };
      progress.addMessage();
    },
    lost: () => writer.abandon(),
    doubt: (numbers) => {
      const keys = numbers.flatMap((number) => byNumber.get(number)?.key ?? []);
      for (const key of keys) tally.wholeKeys.delete(key);
      doubts.add(keys);
    },
  };
}
