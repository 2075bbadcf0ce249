import type { Failure } from '../../../shared/failure.ts';
import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import { Pop3SessionError } from '../replies/failure.ts';
import type { Channel } from './channel.ts';
import type { SessionTools } from './session-tools.ts';

/** Broken pipelines in a row before they are blamed where they have worked: any line may break or fall silent. */
const mostBrokenPipelines = 3;

/** What work with several commands in flight shows when it comes to its end. */
type Proof = 'of fetching' | 'of being understood';

/**
 * Runs work that may have several commands in flight where the server announced PIPELINING, and learns whether it can
 * bear that. A server that has never shown it is given `pipelineTrialMs` to answer. Only fetched messages make up for
 * pipelines that broke. RFC 2449 §6.6.
 */
export async function pipelined<Value>(
  { channel, capabilities, quirks, timeouts }: SessionTools,
  proof: Proof,
  work: (isPipelined: boolean) => Promise<Value>,
): Promise<Value> {
  const isPipelined = capabilities.pipelining && quirks.pipelining !== false;
  channel.pipelineTrialMs = isPipelined && quirks.pipelining === undefined ? timeouts.pipelineTrialMs : null;
  try {
    const value = await work(isPipelined);
    if (isPipelined) quirks.pipelining = true;
    if (isPipelined && proof === 'of fetching') quirks.brokenPipelines = undefined;
    return value;
  } catch (error) {
    if (isPipelined && error instanceof Pop3SessionError) {
      const { failure } = error;
      // Only where other messages had come promptly is patience so short: then pipelining works.
      const isOneSilent = failure.kind === 'timeout' && failure.timeoutMs === timeouts.patienceMs;
      if (!isOneSilent) blame(failure.kind, channel, quirks);
    }
    throw error;
  } finally {
    channel.pipelineTrialMs = null;
  }
}

/**
 * Blames pipelining for a stall or a muddle with several commands in flight, or for a hang-up before it had ever worked.
 * What has worked is blamed for the third such end in a row.
 */
function blame(kind: Failure['kind'], channel: Channel, quirks: ServerQuirks): void {
  if (channel.dueAtClose < 2) return;
  const hasWorked = quirks.pipelining === true;
  if (kind !== 'timeout' && kind !== 'protocol' && (kind !== 'connection-lost' || hasWorked)) return;
  const broken = (quirks.brokenPipelines ?? 0) + 1;
  if (hasWorked && broken < mostBrokenPipelines) {
    quirks.brokenPipelines = broken;
    return;
  }
  quirks.brokenPipelines = undefined;
  quirks.pipelining = false;
}
