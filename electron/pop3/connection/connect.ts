import type { Socket } from 'node:net';
import type { Security } from '../../../shared/account.ts';
import type { Failure, FailureStep } from '../../../shared/failure.ts';
import { Pop3SessionError } from '../replies/failure.ts';
import { refusalFailure } from '../replies/refusal.ts';
import type { Status } from '../replies/status.ts';
import { ConnectError, connectToHost, type Lookup } from './address-race.ts';
import { Channel } from './channel.ts';
import { plainCommand } from './command-line.ts';
import { abortFailure, startDeadline } from './deadline.ts';
import { exchange } from './exchange.ts';
import { networkFailure } from './network-failure.ts';
import type { Pop3Timeouts } from './timeouts.ts';
import { secureSocket, TlsError, type TlsFacts } from './tls.ts';
import type { Transcript } from './transcript.ts';

/** What is known when a step begins. */
export type StepFacts = {
  readonly host: string;
  readonly port: number;
  /** Address connected to, from `encrypt` or `greeting` on. */
  readonly address?: string;
  /** Way of signing in, at `sign-in`. */
  readonly mechanism?: string;
  /** How the connection is encrypted, at the first step that it is. */
  readonly protocol?: string;
  readonly cipher?: string;
};

/** Which server to connect to, and whom to trust there. */
export type ServerAddress = {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  /** PEM certificates trusted beside the system's. */
  readonly extraAuthorities?: readonly string[];
  /** The one public key accepted in spite of its certificate, SHA-256 in lower-case hexadecimal. */
  readonly pinnedKeySha256?: string;
  /** Closes the connection at once, without QUIT, at whatever it is doing. */
  readonly signal?: AbortSignal;
  /** Replaces the system's resolver in tests. */
  readonly lookup?: Lookup;
  /** Connects in place of the system's network: through a proxy, or to a server in memory. */
  readonly dial?: Dial;
};

/** Opens a stream to a host and port. Rejects with a ConnectError or with the signal's reason. */
export type Dial = (host: string, port: number, signal: AbortSignal) => Promise<Socket>;

/** What connecting and greeting need. The account itself is not part of it. */
export type ConnectionOptions = ServerAddress & {
  readonly timeouts: Pop3Timeouts;
  readonly transcript: Transcript;
  readonly secrets: readonly string[];
  readonly onStep: (step: FailureStep, facts: StepFacts) => void;
};

/** A connection that has been greeted. */
export type Greeted = {
  readonly channel: Channel;
  readonly greeting: Status;
  readonly tls: TlsFacts | null;
};

/** Connects and encrypts where TLS comes first, within one deadline, and waits for the greeting, within another. */
export async function connectAndGreet(options: ConnectionOptions): Promise<Greeted> {
  const { host, port, timeouts, onStep } = options;
  const deadline = startDeadline(timeouts.connectMs, options.signal);
  let step: FailureStep = 'look-up';
  try {
    onStep('look-up', { host, port });
    options.transcript.add('note', `connecting to ${host}:${port}`);
    const plain = await (options.dial?.(host, port, deadline.signal) ??
      connectToHost(host, port, deadline.signal, options.lookup));
    options.transcript.add('note', `connected to ${plain.remoteAddress ?? 'nowhere'}`);
    const where = { host, port, address: plain.remoteAddress ?? '' };
    let socket: Socket = plain;
    let facts: TlsFacts | null = null;
    if (options.security === 'tls') {
      step = 'encrypt';
      onStep(step, where);
      ({ socket, facts } = await secureSocket({
        ...tlsOptions(options),
        socket: plain,
        signal: deadline.signal,
      }));
    }
    if (facts !== null) options.transcript.add('note', describeTls(facts));
    step = 'greeting';
    onStep(step, { ...where, ...stepFactsOf(facts) });
    deadline.stop();
    const channel = openChannel(socket, options);
    return { channel, greeting: await greeting(channel, timeouts), tls: facts };
  } catch (error) {
    throw asSessionError(error, step, options);
  } finally {
    deadline.stop();
  }
}

function tlsOptions({ host, extraAuthorities, pinnedKeySha256 }: ConnectionOptions) {
  return {
    // An IPv6 address may be written as in a URL.
    host: host.replace(/^\[(.*)\]$/, '$1'),
    ...(extraAuthorities === undefined ? {} : { extraAuthorities }),
    ...(pinnedKeySha256 === undefined ? {} : { pinnedKeySha256 }),
  };
}

/** The facts of a step about the encryption it runs over. */
export function stepFactsOf(facts: TlsFacts | null): Pick<StepFacts, 'protocol' | 'cipher'> {
  return facts === null ? {} : { protocol: facts.protocol, cipher: facts.cipher };
}

function describeTls({ protocol, cipher }: TlsFacts): string {
  return `encrypted with ${protocol}, ${cipher}`;
}

function openChannel(socket: Socket, options: ConnectionOptions): Channel {
  return new Channel({
    socket,
    endpoint: { host: options.host, port: options.port },
    timeouts: options.timeouts,
    transcript: options.transcript,
    signal: options.signal,
    secrets: options.secrets,
  });
}

/** The greeting must be whole when twice the silence allowed has passed, however it trickles. */
async function greeting(channel: Channel, timeouts: Pop3Timeouts): Promise<Status> {
  const deadline = startDeadline(timeouts.silenceMs * 2, undefined);
  const stop = (): void => {
    channel.close(abortFailure(deadline.signal, 'greeting'));
  };
  deadline.signal.addEventListener('abort', stop, { once: true });
  try {
    const status = await new Promise<Status>((resolve, reject) => {
      channel.expectGreeting({
        step: 'greeting',
        shape: 'line',
        timeoutMs: timeouts.silenceMs,
        announcedBytes: Number.POSITIVE_INFINITY,
        status: resolve,
        fail: reject,
      });
    });
    if (!status.isOk) throw channel.close(refusalFailure(status, 'greeting'));
    return status;
  } finally {
    deadline.stop();
  }
}

/** STLS: after it, whatever was said before counts for nothing. RFC 2595 §4. Throws Pop3SessionError. */
export async function startTls(channel: Channel, options: ConnectionOptions): Promise<TlsFacts> {
  const { timeouts } = options;
  options.onStep('encrypt', { host: options.host, port: options.port });
  const { status } = await exchange(channel, plainCommand('STLS'), {
    step: 'encrypt',
    timeoutMs: timeouts.replyMs,
  });
  if (!status.isOk)
    throw channel.close({
      ...refusalFailure(status, 'encrypt'),
      kind: 'encryption-unavailable',
      canRetry: false,
    });
  const deadline = startDeadline(timeouts.connectMs, options.signal);
  try {
    let found: TlsFacts | undefined;
    await channel.upgrade(async (socket) => {
      const secured = await secureSocket({
        ...tlsOptions(options),
        socket,
        isUpgrade: true,
        signal: deadline.signal,
      }).catch((error: unknown) => {
        throw asSessionError(error, 'encrypt', options);
      });
      found = secured.facts;
      return secured.socket;
    });
    if (found === undefined) throw new Error('encrypted without facts');
    channel.note(describeTls(found));
    return found;
  } finally {
    deadline.stop();
  }
}

/** Puts whatever ended the attempt into the session's one kind of error. */
function asSessionError(
  error: unknown,
  step: FailureStep,
  { host, port, timeouts }: ConnectionOptions,
): Pop3SessionError {
  if (error instanceof Pop3SessionError) return error;
  const wrap = (failure: Failure, cause: unknown) =>
    new Pop3SessionError({ ...failure, host, port }, { cause });
  if (error instanceof TlsError) return wrap(error.failure, error);
  if (error instanceof ConnectError)
    return wrap(networkFailure(error.cause, error.step, timeouts.connectMs), error.cause);
  // The deadline's reason is its length, a cancelled caller's is null.
  if (typeof error === 'number')
    return wrap({ kind: 'timeout', timeoutMs: error, step, canRetry: true }, undefined);
  if (error === null) return wrap({ kind: 'cancelled', step, canRetry: true }, undefined);
  return wrap(networkFailure(error, step, timeouts.connectMs), error);
}
