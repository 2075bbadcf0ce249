import type { Failure } from '../../../shared/failure.ts';
import type { MaildropStamp } from '../../../shared/maildrop-stamp.ts';
import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import type { Channel } from '../connection/channel.ts';
import { plainCommand } from '../connection/command-line.ts';
import { collect, type Reply } from '../connection/exchange.ts';
import type { Expectation } from '../replies/expectation.ts';
import { Pop3SessionError } from '../replies/failure.ts';
import { readOneUidl, readStat } from './listing.ts';

type StampOptions = {
  readonly isPipelined: boolean;
  readonly timeoutMs: number;
  readonly quirks: ServerQuirks;
};

/**
 * Asks STAT and the id of the last message, in one round trip where commands may be in flight together, and says
 * whether both are as the stamp has them. A server that gets into a muddle is not asked again (`quirks.uidlOfOne`).
 */
export async function isUnchangedSince(
  channel: Channel,
  stamp: MaildropStamp,
  { isPipelined, timeoutMs, quirks }: StampOptions,
): Promise<boolean> {
  const isCountSame = ({ status }: Reply) => {
    const stat = readStat(status);
    return stat?.count === stamp.count && stat.sizeBytes === stamp.sizeBytes;
  };
  const commands = ['STAT', `UIDL ${stamp.count}`];
  try {
    const replies: Reply[] = [];
    for (const group of isPipelined ? [commands] : commands.map((command) => [command])) {
      replies.push(...(await Promise.all(askTogether(channel, group, timeoutMs))));
      const [stat] = replies;
      if (stat === undefined || !isCountSame(stat)) return false;
    }
    const id = replies[1];
    const uidl = id?.status.isOk === true ? readOneUidl(id.status) : null;
    // The message is there by STAT: a server that does not name its id knows only the whole list.
    if (uidl === null) quirks.uidlOfOne = false;
    if (uidl === stamp.lastUidl) quirks.uidlOfOne = true;
    return uidl === stamp.lastUidl;
  } catch (error) {
    if (error instanceof Pop3SessionError) doubtUidlOfOne(error.failure.kind, quirks);
    throw error;
  }
}

/** Where it has worked before, one connection that is lost is more likely the network's doing; a second is not. */
function doubtUidlOfOne(kind: Failure['kind'], quirks: ServerQuirks): void {
  if (kind === 'connection-lost' && quirks.uidlOfOne === true) quirks.uidlOfOne = undefined;
  else if (['protocol', 'timeout', 'connection-lost'].includes(kind)) quirks.uidlOfOne = false;
}

/** Sends commands at once and gives a promise of each reply. */
function askTogether(channel: Channel, commands: readonly string[], timeoutMs: number): Promise<Reply>[] {
  const replies: Expectation[] = [];
  const promises = commands.map(
    () =>
      new Promise<Reply>((resolve, reject) => {
        replies.push(collect(channel, { step: 'list', timeoutMs }, resolve, reject));
      }),
  );
  channel.send(commands.map(plainCommand), replies);
  return promises;
}
