import type { Failure } from '../../../shared/failure.ts';
import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import { Pop3SessionError } from '../replies/failure.ts';
import type { Channel } from './channel.ts';
import type { SessionTools } from './session-tools.ts';

/**
 * Runs work that may have several commands in flight where the server announced PIPELINING, and learns whether it can
 * bear that. RFC 2449 §6.6.
 */
export async function pipelined<Value>(
  { channel, capabilities, quirks, timeouts }: SessionTools,
  work: (isPipelined: boolean) => Promise<Value>,
): Promise<Value> {
  const isPipelined = capabilities.pipelining && quirks.pipelining !== false;
  try {
    const value = await work(isPipelined);
    if (isPipelined) quirks.pipelining = true;
    return value;
  } catch (error) {
    if (isPipelined && error instanceof Pop3SessionError) {
      const { failure } = error;
      // Only where other messages had come promptly is patience so short: then pipelining works.
      const isOneSilent = failure.kind === 'timeout' && failure.timeoutMs === timeouts.patienceMs;
      if (!isOneSilent && wasTheReason(failure.kind, channel, quirks)) quirks.pipelining = false;
    }
    throw error;
  }
}

/** A stall or a muddle with several commands in flight, or a hang-up before pipelining had ever worked. */
function wasTheReason(kind: Failure['kind'], channel: Channel, quirks: ServerQuirks): boolean {
  if (channel.dueAtClose < 2) return false;
  return (
    kind === 'timeout' || kind === 'protocol' || (kind === 'connection-lost' && quirks.pipelining !== true)
  );
}
