import type { Security } from '../../shared/account.ts';
import type { Failure } from '../../shared/failure.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { apopTimestamp } from './authentication/apop.ts';
import type { Lookup } from './connection/address-race.ts';
import { plainCommand } from './connection/command-line.ts';
import { type ConnectionOptions, connectAndGreet, type Dial, startTls } from './connection/connect.ts';
import { exchange } from './connection/exchange.ts';
import { defaultTimeouts } from './connection/timeouts.ts';
import type { TlsFacts } from './connection/tls.ts';
import { Transcript } from './connection/transcript.ts';
import { askCapabilities } from './opening.ts';
import { type Capabilities, noCapabilities } from './replies/capabilities.ts';
import { Pop3SessionError } from './replies/failure.ts';
import { statusText } from './replies/status.ts';

/** Which server to look at. */
export type ProbeOptions = {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly signal?: AbortSignal;
  /** Longest time for the whole look, milliseconds. */
  readonly deadlineMs: number;
  readonly extraAuthorities?: readonly string[];
  readonly pinnedKeySha256?: string;
  readonly lookup?: Lookup;
  /** Connects in place of the system's network, as `ServerAddress` has it. */
  readonly dial?: Dial;
};

/** What a server tells before anybody has signed in. */
export type ProbeFacts = {
  /** Cleaned words of the greeting. */
  readonly greeting: string;
  /** From the latest CAPA, under TLS where there is any; `isKnown` is false without CAPA. */
  readonly capabilities: Capabilities;
  /** Null without encryption. */
  readonly tls: TlsFacts | null;
  /** Whether the greeting has a challenge for APOP. */
  readonly hasApop: boolean;
};

/**
 * Looks whether a POP3 server is there and what it can do: greeting, CAPA, STLS when asked for, QUIT. Sends no name
 * and no password. Fails with `encryption-unavailable` when STARTTLS is asked for and not offered.
 */
export async function probePop3(options: ProbeOptions): Promise<Result<ProbeFacts, Failure>> {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), options.deadlineMs);
  const cancel = (): void => timer.abort();
  options.signal?.addEventListener('abort', cancel);
  if (options.signal?.aborted === true) cancel();
  try {
    return ok(await look({ ...options, signal: timer.signal }));
  } catch (error) {
    if (!(error instanceof Pop3SessionError)) throw error;
    const { failure } = error;
    if (failure.kind !== 'cancelled' || options.signal?.aborted === true) return failed(failure);
    // Cut off by the deadline, not by the person.
    return failed({ ...failure, kind: 'timeout', timeoutMs: options.deadlineMs });
  } finally {
    clearTimeout(timeout);
    options.signal?.removeEventListener('abort', cancel);
  }
}

async function look(options: ProbeOptions): Promise<ProbeFacts> {
  const wait = options.deadlineMs;
  const connection: ConnectionOptions = {
    ...options,
    timeouts: { ...defaultTimeouts, connectMs: wait, capabilitiesMs: wait, replyMs: wait },
    secrets: [],
    transcript: new Transcript(),
    onStep: () => undefined,
  };
  const greeted = await connectAndGreet(connection);
  const { channel } = greeted;
  try {
    let capabilities = await askCapabilities(channel, wait);
    let { tls } = greeted;
    if (options.security === 'starttls') {
      if (capabilities !== null && !capabilities.stls)
        throw channel.close({ kind: 'encryption-unavailable', step: 'encrypt', canRetry: false });
      tls = await startTls(channel, connection);
      capabilities = await askCapabilities(channel, wait);
    }
    await farewell(channel, wait);
    return {
      greeting: statusText(greeted.greeting),
      capabilities: capabilities ?? noCapabilities,
      tls,
      hasApop: apopTimestamp(Buffer.from(greeted.greeting.bytes).toString('latin1')) !== null,
    };
  } finally {
    channel.finish();
  }
}

/** Whatever the server makes of QUIT, the look was a success. */
async function farewell(channel: Parameters<typeof exchange>[0], timeoutMs: number): Promise<void> {
  try {
    await exchange(channel, plainCommand('QUIT'), { step: 'quit', timeoutMs });
  } catch (error) {
    if (!(error instanceof Pop3SessionError)) throw error;
  }
}
