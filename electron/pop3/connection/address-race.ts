import { promises as dns, type LookupAddress } from 'node:dns';
import { connect, isIP, type Socket } from 'node:net';

/** Finds every address of a host; may be replaced in tests. */
export type Lookup = (host: string) => Promise<readonly LookupAddress[]>;

/** Head start of each address over the next, milliseconds. RFC 8305 §5. */
const headStartMs = 250;

/** Asks the system's resolver for IPv4 and IPv6 addresses, in its order. */
async function systemLookup(host: string): Promise<readonly LookupAddress[]> {
  const family = isIP(host);
  return family === 0 ? await dns.lookup(host, { all: true, verbatim: true }) : [{ address: host, family }];
}

/** An attempt that failed, with whether it failed before any address was tried. */
export class ConnectError extends Error {
  readonly step: 'look-up' | 'connect';

  constructor(step: 'look-up' | 'connect', cause: unknown) {
    super(`could not ${step}`, { cause });
    this.step = step;
  }
}

/**
 * Connects to whichever address of the host answers first: each gets a head start of 250 ms over the next, and the
 * families take turns (RFC 8305). Throws ConnectError, or the signal's reason. The socket returned has no listener but
 * one for errors, and is paused.
 */
export async function connectToHost(
  host: string,
  port: number,
  signal: AbortSignal,
  lookup: Lookup = systemLookup,
): Promise<Socket> {
  signal.throwIfAborted();
  const bareHost = host.replace(/^\[(.*)\]$/, '$1');
  const addresses = await abortable(lookup(bareHost), signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new ConnectError('look-up', error);
  });
  return await race(takeTurns(addresses), port, signal);
}

/** Waits for a promise that cannot be cancelled, but no longer than the signal allows. */
async function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}

function takeTurns(addresses: readonly LookupAddress[]): LookupAddress[] {
  const first = addresses.filter((address) => address.family === addresses[0]?.family);
  const other = addresses.filter((address) => address.family !== addresses[0]?.family);
  return first
    .flatMap((address, index) => [address, ...other.slice(index, index + 1)])
    .concat(other.slice(first.length));
}

function race(addresses: readonly LookupAddress[], port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const attempts = new Set<Socket>();
    let next = 0;
    let timer: NodeJS.Timeout | undefined;
    let firstError: unknown;
    let isOver = false;

    const finish = (winner: Socket | null, error?: unknown): void => {
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      for (const socket of attempts) if (socket !== winner) socket.destroy();
      if (winner === null) reject(error);
      else resolve(winner);
    };
    const abort = (): void => finish(null, signal.reason);
    const start = (): void => {
      clearTimeout(timer);
      const target = addresses[next++];
      if (target === undefined) {
        if (attempts.size === 0) finish(null, new ConnectError('connect', firstError));
        return;
      }
      const socket = connect({ host: target.address, port, family: target.family, noDelay: true });
      attempts.add(socket);
      socket.once('connect', () => finish(socket.pause()));
      // Stays for the whole life of the socket: an error without a listener would end the program.
      socket.on('error', (error) => {
        firstError ??= error;
        if (!isOver && attempts.delete(socket)) start();
      });
      timer = setTimeout(start, headStartMs);
    };
    signal.addEventListener('abort', abort, { once: true });
    start();
  });
}
