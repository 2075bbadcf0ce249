import type { Failure } from '../../../shared/failure.ts';
import type { Channel } from '../connection/channel.ts';
import { plainCommand } from '../connection/command-line.ts';
import { refusal } from '../connection/exchange.ts';
import { windowCommands } from '../wire/limits.ts';

/** What became of the deletions asked for. */
export type DeletionSummary = {
  /** Marked by the server; gone once QUIT has been answered +OK. */
  readonly sent: readonly number[];
  readonly refused: readonly { readonly number: number; readonly failure: Failure }[];
};

type DeletionOptions = {
  readonly isPipelined: boolean;
  readonly timeoutMs: number;
  /** Aborted, it stops before the next window; what was sent is in the summary. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Sends DELE for each message, a window at a time. `pending` holds every message from the moment its command goes out
 * until the server refuses it. So it is right even when the connection breaks in the middle.
 */
export async function deleteAll(
  channel: Channel,
  numbers: readonly number[],
  pending: Set<number>,
  { isPipelined, timeoutMs, signal }: DeletionOptions,
): Promise<DeletionSummary> {
  const wanted = [...new Set(numbers)].filter((number) => !pending.has(number));
  const sent: number[] = [];
  const refused: { number: number; failure: Failure }[] = [];
  const windowSize = isPipelined ? windowCommands : 1;
  for (let from = 0; from < wanted.length; from += windowSize) {
    if (signal?.aborted === true) break;
    const window = wanted.slice(from, from + windowSize);
    await new Promise<void>((resolve, reject) => {
      let left = window.length;
      for (const number of window) pending.add(number);
      channel.send(
        window.map((number) => plainCommand(`DELE ${number}`)),
        window.map((number) => ({
          step: 'delete',
          shape: 'line',
          timeoutMs,
          announcedBytes: Number.POSITIVE_INFINITY,
          status(status) {
            if (status.isOk) sent.push(number);
            else {
              pending.delete(number);
              refused.push({ number, failure: refusal(channel, status, 'delete').failure });
            }
            if (--left === 0) resolve();
          },
          fail: reject,
        })),
      );
    });
  }
  return { sent, refused };
}
