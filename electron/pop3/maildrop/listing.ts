import type { Uidl } from '../../../shared/ids.ts';
import type { MaildropStamp } from '../../../shared/maildrop-stamp.ts';
import type { Channel } from '../connection/channel.ts';
import { plainCommand } from '../connection/command-line.ts';
import { refusal } from '../connection/exchange.ts';
import type { Expectation } from '../replies/expectation.ts';
import { Pop3SessionError } from '../replies/failure.ts';
import { type Status, statusText } from '../replies/status.ts';
import { listingLimitLines, listingLineLimitBytes, uidlLimitCharacters } from '../wire/limits.ts';
import { type MaildropEntry, MaildropTable } from './maildrop-table.ts';

/*
 * The room `maildrop`: listing, fetching and deleting. Message numbers live and die inside one session.
 * - The maildrop is listed once, before any DELE: some servers renumber.
 * - A listing that was cut short must never pass for a whole one.
 * - A message whose end is not certain is `doubtful`. Whoever deletes looks at that first.
 */

/** What a maildrop holds, as one look at it found. */
export type Listing = {
  readonly entries: readonly MaildropEntry[];
  /** Whether UIDL was answered; undefined when an empty maildrop leaves it open. */
  readonly hasUidl: boolean | undefined;
  /** STAT was answered by two bare numbers, as hardly any other command is; see the fence of `retrieveAll`. */
  readonly hasPlainStat: boolean;
  /** Lets a later session tell that nothing has changed; null where that is not certain. */
  readonly stamp: MaildropStamp | null;
  /** What did not fit together, in words for the log. */
  readonly disagreements: readonly string[];
};

const zero = 0x30;
const nine = 0x39;
const lf = 0x0a;

/** Calls `line` for each line of a LIST or UIDL body with its message number and the bytes that follow; lines may be cut anywhere. */
export class ListingParser {
  readonly #line: (number: number, rest: Buffer, from: number, to: number) => void;
  #partial: Buffer = Buffer.alloc(0);
  #lineCount = 0;
  /** Lines that do not begin with a message number. */
  strangeLines = 0;

  constructor(line: (number: number, bytes: Buffer, from: number, to: number) => void) {
    this.#line = line;
  }

  take(slice: Buffer): void {
    const bytes = this.#partial.length === 0 ? slice : Buffer.concat([this.#partial, slice]);
    let start = 0;
    for (let end = bytes.indexOf(lf, this.#partial.length); end >= 0; end = bytes.indexOf(lf, start)) {
      this.#takeLine(bytes, start, end);
      start = end + 1;
    }
    this.#partial = start === 0 ? bytes : bytes.subarray(start);
    if (this.#partial.length > listingLineLimitBytes) throw tooLarge(listingLineLimitBytes);
  }

  #takeLine(bytes: Buffer, from: number, lineEnd: number): void {
    let to = lineEnd;
    if (to - from > listingLineLimitBytes) throw tooLarge(listingLineLimitBytes);
    if (++this.#lineCount > listingLimitLines) throw tooLarge(listingLimitLines);
    while (to > from && (bytes[to - 1] ?? 0) <= 0x20) to--;
    let at = skipSpace(bytes, from, to);
    if (at === to) return;
    const digits = at;
    let number = 0;
    for (; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte < zero || byte > nine) break;
      number = number * 10 + byte - zero;
    }
    const isNumber = at > digits && at - digits <= 9 && number > 0 && (at === to || (bytes[at] ?? 0) <= 0x20);
    if (isNumber) this.#line(number, bytes, skipSpace(bytes, at, to), to);
    else this.strangeLines++;
  }
}

function skipSpace(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] ?? 0) <= 0x20) at++;
  return at;
}

function tooLarge(limitBytes: number): Pop3SessionError {
  return new Pop3SessionError({ kind: 'too-large', limitBytes, step: 'list', canRetry: false });
}

/** Reads the size of a LIST line; 0 when there is none. */
export function readSize(bytes: Buffer, from: number, to: number): number {
  let size = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < zero || byte > nine) break;
    size = size * 10 + byte - zero;
  }
  return Number.isSafeInteger(size) ? size : 0;
}

/** Reads the id of a UIDL line; null when it is missing or absurdly long. */
export function readUidl(bytes: Buffer, from: number, to: number): Uidl | null {
  if (to <= from || to - from > uidlLimitCharacters) return null;
  return bytes.toString('latin1', from, to) as Uidl;
}

/** Reads the answer to STAT. Null for any other text. RFC 1939 §5. */
export function readStat(
  status: Status,
): { readonly count: number; readonly sizeBytes: number | null } | null {
  const match = status.isOk ? /^\s*(\d{1,9})(?:\s+(\d{1,15}))?/.exec(statusText(status)) : null;
  if (match === null) return null;
  return { count: Number(match[1]), sizeBytes: match[2] === undefined ? null : Number(match[2]) };
}

/** Reads the answer to UIDL with a number; null when it holds no id. RFC 1939 §7. */
export function readOneUidl({ bytes }: Status): Uidl | null {
  const match = /^\s*\d+\s+(.*?)\s*$/.exec(Buffer.from(bytes).toString('latin1'));
  const id = Buffer.from(match?.[1] ?? '', 'latin1');
  return readUidl(id, 0, id.length);
}

type Question = { readonly name: string; readonly parser: ListingParser | null };

type ListingOptions = {
  readonly isPipelined: boolean;
  /** `no` leaves UIDL out, `probe` takes a refusal for "has none", `yes` takes it for a failure. */
  readonly uidl: 'yes' | 'probe' | 'no';
  readonly timeoutMs: number;
  /** Told when the connection broke while UIDL was the command to be answered. */
  readonly brokeAtUidl: () => void;
};

/**
 * Asks STAT, LIST and UIDL once and joins their answers; RFC 1939 §5 and §7. Throws Pop3Refusal when LIST is refused,
 * or UIDL where it is known to work: a maildrop without ids would else be taken for all new.
 */
export async function readListing(channel: Channel, options: ListingOptions): Promise<Listing> {
  const table = new MaildropTable();
  const list = new ListingParser((number, bytes, from, to) =>
    table.addSize(number, readSize(bytes, from, to)),
  );
  const uidl = new ListingParser((number, bytes, from, to) => table.addId(number, readUidl(bytes, from, to)));
  const questions: readonly Question[] = [
    { name: 'STAT', parser: null },
    { name: 'LIST', parser: list },
    ...(options.uidl === 'no' ? [] : [{ name: 'UIDL', parser: uidl }]),
  ];
  const [stat, listStatus, uidlStatus] = await askAll(channel, questions, options);
  const counted = stat === undefined ? null : readStat(stat);
  if (listStatus?.isOk === false && counted?.count !== 0) throw refusal(channel, listStatus, 'list');
  const { isEmpty } = table;
  if (uidlStatus?.isOk === false && options.uidl === 'yes' && !isEmpty)
    throw refusal(channel, uidlStatus, 'list');
  const { entries, disagreements } = table.finish(counted?.count ?? Number.NaN, uidlStatus?.isOk === true);
  const strangeLines = list.strangeLines + uidl.strangeLines;
  return {
    entries,
    hasUidl: uidlStatus === undefined ? undefined : uidlStatus.isOk || (isEmpty ? undefined : false),
    stamp: disagreements.length === 0 && strangeLines === 0 ? table.stamp(counted) : null,
    hasPlainStat: stat !== undefined && isPlainStat(stat),
    disagreements:
      strangeLines > 0 ? [...disagreements, `${strangeLines} lines could not be read`] : disagreements,
  };
}

/** Whether a status could only be the answer to STAT (or LIST n): +OK and two bare numbers. RFC 1939 §5. */
export function isPlainStat(status: Status): boolean {
  return status.isOk && /^\d{1,9} \d{1,15}$/.test(statusText(status));
}

/** Sends the commands, all at once where that is allowed, and gives their statuses when the last reply has ended. */
async function askAll(
  channel: Channel,
  questions: readonly Question[],
  options: ListingOptions,
): Promise<Status[]> {
  const statuses: Status[] = [];
  for (const group of options.isPipelined ? [questions] : questions.map((question) => [question]))
    await new Promise<void>((resolve, reject) => {
      const replies = group.map((question, index) => {
        const ended = index === group.length - 1 ? resolve : () => undefined;
        return listingReply(channel, question, options, statuses, ended, reject);
      });
      channel.send(
        group.map(({ name }) => plainCommand(name)),
        replies,
      );
    });
  return statuses;
}

function listingReply(
  channel: Channel,
  { name, parser }: Question,
  options: ListingOptions,
  statuses: Status[],
  ended: () => void,
  fail: (error: unknown) => void,
): Expectation {
  return {
    step: 'list',
    shape: parser === null ? 'line' : 'lines',
    timeoutMs: options.timeoutMs,
    // A listing cut short must never pass for a whole one, so the idle-tail rule is left out.
    announcedBytes: Number.POSITIVE_INFINITY,
    status(status) {
      statuses.push(status);
      if (parser === null || !status.isOk) ended();
    },
    slice(bytes) {
      parser?.take(bytes);
    },
    end(isDoubtful) {
      if (isDoubtful) channel.note(`the reply to ${name} had a line with nothing but a dot`);
      ended();
    },
    fail(error) {
      if (name === 'UIDL' && statuses.length === 2) options.brokeAtUidl();
      fail(error);
    },
  };
}
