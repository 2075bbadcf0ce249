import type { Uidl } from '../../../shared/ids.ts';
import { plainCommand } from '../connection/command-line.ts';
import { ask, exchange, type Reply, refusal } from '../connection/exchange.ts';
import type { SessionTools } from '../connection/session-tools.ts';
import { refusesCommand } from '../replies/refusal.ts';
import { statusText } from '../replies/status.ts';
import { topLimitBytes } from '../wire/limits.ts';
import { readOneUidl, readStat } from './listing.ts';

/*
 * Commands that ask one thing of the maildrop. Each throws Pop3Refusal when the server refuses it and Pop3SessionError
 * when the session is over.
 */

/** Counts the messages that no DELE has marked. RFC 1939 §5. */
export async function askStat(
  tools: SessionTools,
): Promise<{ readonly count: number; readonly sizeBytes: number }> {
  const { status } = await askAboutListing(tools, 'STAT');
  const stat = readStat(status);
  if (stat === null)
    throw tools.channel.close({
      kind: 'protocol',
      step: 'list',
      canRetry: true,
      serverText: statusText(status),
    });
  return { count: stat.count, sizeBytes: stat.sizeBytes ?? 0 };
}

/** The headers and the first lines of one message; learns whether the server knows TOP. RFC 1939 §7. */
export async function askTop(
  { channel, capabilities, quirks, timeouts }: SessionTools,
  number: number,
  lines: number,
): Promise<Uint8Array> {
  const { status, body } = await exchange(channel, plainCommand(`TOP ${number} ${lines}`), {
    step: 'download',
    timeoutMs: timeouts.firstByteMs,
    bodyLimitBytes: topLimitBytes,
  });
  if (status.isOk) quirks.top = true;
  else if (!capabilities.top && refusesCommand(status)) quirks.top = false;
  if (!status.isOk) throw refusal(channel, status, 'download');
  return body;
}

/** The highest message number fetched so far as the server remembers it; null where LAST is not known. RFC 1225. */
export async function askLast({ channel, quirks, timeouts }: SessionTools): Promise<number | null> {
  const options = { step: 'list', timeoutMs: timeouts.replyMs } as const;
  const { status } = await exchange(channel, plainCommand('LAST'), options);
  const match = status.isOk ? /^\s*(\d{1,9})/.exec(statusText(status)) : null;
  quirks.last = match !== null;
  return match === null ? null : Number(match[1]);
}

/** The id of one message; null when the answer holds none. RFC 1939 §7. */
export async function askUidl(tools: SessionTools, number: number): Promise<Uidl | null> {
  return readOneUidl((await askAboutListing(tools, `UIDL ${number}`)).status);
}

/** The size of one message as the server says it; null when the answer holds none. Bytes. RFC 1939 §5. */
export async function askSize(tools: SessionTools, number: number): Promise<number | null> {
  const { status } = await askAboutListing(tools, `LIST ${number}`);
  const match = /^\s*\d+\s+(\d{1,15})/.exec(statusText(status));
  return match === null ? null : Number(match[1]);
}

async function askAboutListing({ channel, timeouts }: SessionTools, command: string): Promise<Reply> {
  return await ask(channel, plainCommand(command), { step: 'list', timeoutMs: timeouts.replyMs });
}
