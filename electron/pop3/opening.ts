import { TLSSocket } from 'node:tls';
import { tlsPort } from '../../shared/ports.ts';
import type { ServerQuirks } from '../../shared/server-quirks.ts';
import type { SignInMethod } from './authentication/choose-mechanism.ts';
import { MechanismError, sendable } from './authentication/mechanism.ts';
import { signIn } from './authentication/sign-in.ts';
import type { Channel } from './connection/channel.ts';
import { channelBinding } from './connection/channel-binding.ts';
import { plainCommand } from './connection/command-line.ts';
import {
  type ConnectionOptions,
  connectAndGreet,
  type Greeted,
  startTls,
  stepFactsOf,
} from './connection/connect.ts';
import { exchange } from './connection/exchange.ts';
import { defaultTimeouts, silenceOnTlsPortMs } from './connection/timeouts.ts';
import { Transcript } from './connection/transcript.ts';
import type { Pop3Options } from './options.ts';
import { type Capabilities, noCapabilities, parseCapabilities } from './replies/capabilities.ts';
import { Pop3SessionError } from './replies/failure.ts';
import { capabilitiesLimitBytes } from './wire/limits.ts';

/** A session that is signed in. */
export type Opened = Greeted & {
  readonly capabilities: Capabilities;
  readonly method: SignInMethod;
};

/** Refuses settings that must not reach the wire, before anything is sent. Throws Pop3SessionError. */
export function checkOptions({
  host,
  port,
  user,
  credential,
  security,
  plaintextConsent,
}: Pop3Options): void {
  try {
    sendable('user', user);
    if (credential.kind === 'password') sendable('password', credential.password);
    else sendable('accessToken', credential.accessToken);
  } catch (error) {
    if (error instanceof MechanismError) throw new Pop3SessionError({ ...error.failure, host, port });
    throw error;
  }
  if (security === 'none' && !plaintextConsent)
    throw new Pop3SessionError({
      kind: 'plaintext-not-allowed',
      step: 'connect',
      canRetry: false,
      host,
      port,
    });
}

/** Asks CAPA; null when the server does not know it. RFC 2449 §5. */
export async function askCapabilities(channel: Channel, timeoutMs: number): Promise<Capabilities | null> {
  const { status, body } = await exchange(channel, plainCommand('CAPA'), {
    step: 'capabilities',
    timeoutMs,
    bodyLimitBytes: capabilitiesLimitBytes,
  });
  return status.isOk ? parseCapabilities(body) : null;
}

/** Fills in what the caller left open. */
function connectionOptions(options: Pop3Options): ConnectionOptions {
  const { credential } = options;
  const secret = credential.kind === 'password' ? credential.password : credential.accessToken;
  return {
    ...options,
    transcript: options.transcript ?? new Transcript(),
    timeouts: {
      ...defaultTimeouts,
      ...(options.port === tlsPort && options.security !== 'tls' ? { silenceMs: silenceOnTlsPortMs } : {}),
      ...options.timeouts,
    },
    secrets: [secret],
    onStep: options.onStep ?? (() => undefined),
  };
}

/** Goes from nothing to a signed-in session, in the order that RFC 1939, 2449 and 2595 give. Throws Pop3SessionError. */
export async function openOnce(options: Pop3Options, quirks: ServerQuirks): Promise<Opened> {
  const connection = connectionOptions(options);
  const greeted = await connectAndGreet(connection);
  try {
    return await introduce(greeted, options, connection, quirks);
  } catch (error) {
    // Whatever went wrong, nothing may stay open behind it.
    greeted.channel.abandon(error);
    throw blamedOnCapabilities(error, greeted.channel, quirks);
  }
}

/**
 * A server that hangs up before any secret was shown may have done so because of CAPA, which it can refuse first: the
 * error then says that it happened there.
 */
function blamedOnCapabilities(error: unknown, channel: Channel, quirks: ServerQuirks): unknown {
  if (!(error instanceof Pop3SessionError) || error.failure.kind !== 'connection-lost') return error;
  if (channel.hasSentSecret || quirks.capa === false) return error;
  return new Pop3SessionError({ ...error.failure, step: 'capabilities' }, { cause: error });
}

/** From the greeting on: CAPA, STLS where it is wanted, UTF8, sign-in, and CAPA again, whose answer may differ now. */
async function introduce(
  greeted: Greeted,
  options: Pop3Options,
  connection: ConnectionOptions,
  quirks: ServerQuirks,
): Promise<Opened> {
  const { channel } = greeted;
  const { host, port, security } = options;
  const { timeouts, onStep } = connection;
  let { tls } = greeted;
  const capa = async (): Promise<Capabilities | null> => {
    if (quirks.capa === false) return null;
    onStep('capabilities', { host, port, ...stepFactsOf(tls) });
    const answer = await askCapabilities(channel, timeouts.capabilitiesMs);
    if (answer !== null) quirks.capa = true;
    return answer;
  };
  let capabilities = (await capa()) ?? noCapabilities;
  if (security === 'starttls') {
    if (capabilities.isKnown && !capabilities.stls)
      throw channel.close({ kind: 'encryption-unavailable', step: 'encrypt', canRetry: false });
    tls = await startTls(channel, connection);
    // Everything said in the clear is forgotten. A server that refused CAPA there may know it under TLS.
    capabilities = (await capa()) ?? noCapabilities;
  }
  if (capabilities.utf8 && quirks.utf8 !== false) {
    const { status } = await exchange(channel, plainCommand('UTF8'), {
      step: 'capabilities',
      timeoutMs: timeouts.replyMs,
    });
    quirks.utf8 = status.isOk;
  }
  const method = await authenticate({ ...greeted, tls }, capabilities, options, connection, quirks);
  const later = capabilities.isKnown ? await capa() : null;
  return { ...greeted, tls, capabilities: later ?? capabilities, method };
}

async function authenticate(
  { channel, greeting, tls }: Greeted,
  capabilities: Capabilities,
  options: Pop3Options,
  { timeouts, onStep }: ConnectionOptions,
  quirks: ServerQuirks,
): Promise<SignInMethod> {
  const { host, port, security, user, credential, mechanism, plaintextConsent } = options;
  return await signIn({
    channel,
    capabilities,
    // A challenge said in the clear counts for nothing under STLS.
    greeting: security === 'starttls' ? '' : Buffer.from(greeting.bytes).toString('latin1'),
    quirks,
    timeoutMs: timeouts.replyMs,
    isAccountTest: options.isAccountTest === true,
    context: {
      user,
      credential,
      wanted: mechanism,
      isEncrypted: tls !== null,
      plaintextConsent,
      channelBinding: channel.socket instanceof TLSSocket ? channelBinding(channel.socket) : null,
      host,
      port,
    },
    trying: (way) => onStep('sign-in', { host, port, mechanism: way }),
  });
}
