import { pipelined } from '../connection/pipelining.ts';
import type { SessionTools } from '../connection/session-tools.ts';
import { Pop3SessionError } from '../replies/failure.ts';
import { type Listing, readListing } from './listing.ts';

/**
 * Lists the whole maildrop, and learns whether the server knows UIDL. Where it does not announce UIDL, the command is
 * tried. Throws as `readListing` does.
 */
export async function listOnce(tools: SessionTools, hasAskedUidlOfOne: boolean): Promise<Listing> {
  const { channel, capabilities, quirks, timeouts } = tools;
  const isKnownToWork = capabilities.uidl || quirks.uidl === true;
  const listing = await afterUidlOfOne(tools, hasAskedUidlOfOne, () =>
    pipelined(
      tools,
      'of being understood',
      async (isPipelined) =>
        await readListing(channel, {
          isPipelined,
          uidl: isKnownToWork ? 'yes' : quirks.uidl === false ? 'no' : 'probe',
          timeoutMs: timeouts.replyMs,
          brokeAtUidl: () => {
            // It was only a guess that UIDL might be there; the next session leaves it out.
            if (!isKnownToWork) quirks.uidl = false;
          },
        }),
    ),
  );
  if (listing.hasUidl !== undefined) quirks.uidl = listing.hasUidl;
  for (const words of listing.disagreements) channel.note(words);
  return listing;
}

/**
 * Some servers answer UIDL with a number by a line of words and then all ids. That shows only at the listing, by lines
 * that nobody waits for. It is the fault of that one question, not of pipelining and not of UIDL as such.
 */
async function afterUidlOfOne<Value>(
  { quirks }: SessionTools,
  hasAskedUidlOfOne: boolean,
  work: () => Promise<Value>,
): Promise<Value> {
  const before = { ...quirks };
  try {
    return await work();
  } catch (error) {
    const isMuddle = error instanceof Pop3SessionError && error.failure.kind === 'protocol';
    if (!isMuddle || !hasAskedUidlOfOne) throw error;
    if (before.pipelining === true) quirks.pipelining = true;
    quirks.uidlOfOne = false;
    throw error;
  }
}
