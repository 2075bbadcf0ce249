import type { Failure } from '../../shared/failure.ts';
import { apopDigest, apopTimestamp } from './authentication/apop.ts';
import {
  chooseMechanisms,
  createMechanism,
  type SaslMechanism,
  type SignInContext,
  type SignInMethod,
} from './authentication/choose-mechanism.ts';
import { type Mechanism, MechanismError } from './authentication/mechanism.ts';
import type { Capabilities } from './capabilities.ts';
import type { Channel, CommandLine } from './channel.ts';
import { challengeLimitBytes, challengeLimitCount, commandLimitBytes } from './limits.ts';
import type { ServerQuirks } from './quirks.ts';
import { refusalFailure, refusesArguments, refusesMechanism } from './refusal.ts';
import { exchange } from './reply.ts';
import type { Status } from './status.ts';
import { redaction } from './transcript.ts';

/** What signing in depends on beside the account. */
export type SignInOptions = {
  readonly channel: Channel;
  readonly capabilities: Capabilities;
  readonly context: Omit<SignInContext, 'apopTimestamp'>;
  /** The greeting as it came; APOP's challenge is in it. */
  readonly greeting: string;
  readonly quirks: ServerQuirks;
  readonly timeoutMs: number;
  readonly trying: (method: SignInMethod) => void;
};

type Turn =
  | { readonly kind: 'challenge'; readonly bytes: Uint8Array }
  | { readonly kind: 'status'; readonly status: Status };

/**
 * Signs in by the strongest way both sides know. Another way is tried only when the server says that it does not know
 * the one before; a refused password or token ends the attempt. Throws Pop3SessionError.
 */
export async function signIn(options: SignInOptions): Promise<SignInMethod> {
  const { channel, capabilities } = options;
  const context = { ...options.context, apopTimestamp: apopTimestamp(options.greeting) };
  const chosen = chooseMechanisms(capabilities, context);
  if (!chosen.ok) throw channel.close(chosen.failure);
  let refused: Status | undefined;
  for (const method of chosen.value) {
    options.trying(method);
    const status = await tryMethod(method, context, options);
    if (status.isOk) return method;
    if (!refusesMechanism(status)) throw channel.close(refusalFailure(status, 'sign-in'));
    refused = status;
  }
  const facts = refused === undefined ? null : refusalFailure(refused, 'sign-in');
  const failure: Failure = { kind: 'mechanism-unavailable', step: 'sign-in', canRetry: false };
  throw channel.close(
    facts?.serverText === undefined ? failure : { ...failure, serverText: facts.serverText },
  );
}

async function tryMethod(
  method: SignInMethod,
  context: SignInContext,
  options: SignInOptions,
): Promise<Status> {
  try {
    if (method === 'USER') return await userAndPass(context, options);
    if (method === 'APOP') return await apop(context, options);
    return await auth(method, context, options);
  } catch (error) {
    if (error instanceof MechanismError) throw options.channel.close(error.failure);
    throw error;
  }
}

/** USER and PASS, one after the other: a name must be accepted before the password is shown. RFC 1939 §7. */
async function userAndPass({ user, credential }: SignInContext, options: SignInOptions): Promise<Status> {
  if (credential.kind !== 'password') throw options.channel.close(unavailable);
  const reply = { step: 'sign-in', timeoutMs: options.timeoutMs } as const;
  const named = await exchange(options.channel, { wire: `USER ${user}`, shown: `USER ${user}` }, reply);
  if (!named.status.isOk) return named.status;
  const line = { wire: `PASS ${credential.password}`, shown: `PASS ${redaction}` };
  return (await exchange(options.channel, line, reply)).status;
}

async function apop(
  { user, credential, apopTimestamp: timestamp }: SignInContext,
  options: SignInOptions,
): Promise<Status> {
  if (credential.kind !== 'password' || timestamp === null) throw options.channel.close(unavailable);
  const line = {
    wire: `APOP ${user} ${apopDigest(timestamp, credential.password)}`,
    shown: `APOP ${user} ${redaction}`,
  };
  return (await exchange(options.channel, line, { step: 'sign-in', timeoutMs: options.timeoutMs })).status;
}

const unavailable: Failure = { kind: 'mechanism-unavailable', step: 'sign-in', canRetry: false };

/** One AUTH exchange, with an initial response where the server can take one. RFC 5034 §4. */
async function auth(method: SaslMechanism, context: SignInContext, options: SignInOptions): Promise<Status> {
  const { capabilities, quirks } = options;
  const mechanism = createMechanism(method, context, capabilities);
  let first: CommandLine | null = null;
  // A server that lists its mechanisms knows initial responses; one that does not may be older than they are.
  if (mechanism.sendsFirst && capabilities.sasl.length > 0 && quirks.initialResponse !== false) {
    const response = Buffer.from(await mechanism.respond(null)).toString('base64');
    const wire = `AUTH ${method} ${response === '' ? '=' : response}`;
    if (wire.length + 2 <= commandLimitBytes) first = { wire, shown: `AUTH ${method} ${redaction}` };
  }
  if (first === null) {
    // The mechanism may have spoken already, for a line that proved too long: it starts afresh.
    const fresh = createMechanism(method, context, capabilities);
    const bare = `AUTH ${method}`;
    return await converse(fresh, await turn(options, { wire: bare, shown: bare }), options);
  }
  const status = await converse(mechanism, await turn(options, first), options);
  if (!refusesArguments(status)) return status;
  quirks.initialResponse = false;
  return await auth(method, context, options);
}

async function converse(mechanism: Mechanism, start: Turn, options: SignInOptions): Promise<Status> {
  let current = start;
  for (let count = 0; current.kind === 'challenge'; count++) {
    if (count === challengeLimitCount)
      throw options.channel.close({ kind: 'protocol', step: 'sign-in', canRetry: false });
    const response = await respond(mechanism, current.bytes, options);
    current = await turn(options, { wire: Buffer.from(response).toString('base64'), shown: redaction });
  }
  if (current.status.isOk) mechanism.verify();
  return current.status;
}

/** The mechanism's answer; if it has none, the exchange is cancelled in due form before the error goes on. */
async function respond(
  mechanism: Mechanism,
  challenge: Uint8Array,
  options: SignInOptions,
): Promise<Uint8Array> {
  try {
    return await mechanism.respond(challenge);
  } catch (error) {
    if (error instanceof MechanismError) await turn(options, { wire: '*', shown: '*' });
    throw error;
  }
}

async function turn({ channel, timeoutMs }: SignInOptions, line: CommandLine): Promise<Turn> {
  return await new Promise((resolve, reject) => {
    channel.send(
      [line],
      [
        {
          step: 'sign-in',
          shape: 'sasl',
          timeoutMs,
          announcedBytes: Number.POSITIVE_INFINITY,
          status: (status) => resolve({ kind: 'status', status }),
          challenge: (text) => {
            if (text.length > challengeLimitBytes)
              reject(
                channel.close({
                  kind: 'too-large',
                  limitBytes: challengeLimitBytes,
                  step: 'sign-in',
                  canRetry: false,
                }),
              );
            else resolve({ kind: 'challenge', bytes: challengeBytes(text) });
          },
          fail: reject,
        },
      ],
    );
  });
}

/** Some servers send LOGIN's prompts as plain words. */
function challengeBytes(text: string): Uint8Array {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : Buffer.from(text, 'latin1');
}
