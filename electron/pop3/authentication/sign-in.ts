import type { Failure } from '../../../shared/failure.ts';
import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import type { Channel } from '../connection/channel.ts';
import type { CommandLine } from '../connection/command-line.ts';
import { exchange } from '../connection/exchange.ts';
import { redaction } from '../connection/transcript.ts';
import type { Capabilities } from '../replies/capabilities.ts';
import { Pop3SessionError } from '../replies/failure.ts';
import { refusalFailure, refusesArguments, refusesMechanism } from '../replies/refusal.ts';
import type { Status } from '../replies/status.ts';
import { challengeLimitBytes, challengeLimitCount, commandLimitBytes } from '../wire/limits.ts';
import { apopDigest, apopTimestamp } from './apop.ts';
import {
  chooseMechanisms,
  createMechanism,
  type SaslMechanism,
  type SignInContext,
  type SignInMethod,
} from './choose-mechanism.ts';
import { type Mechanism, MechanismError } from './mechanism.ts';

/*
 * The room `authentication`: signing in. A mechanism is a file that turns challenges into answers and knows no channel;
 * choose-mechanism.ts has their order.
 * - CR, LF and NUL in a name, a password or a token are refused before the wire (`sendable`).
 * - A refused password ends the attempt: no second mechanism, no loop.
 */

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

/** The server's answer within one AUTH exchange. */
type Answer =
  | { readonly kind: 'challenge'; readonly bytes: Uint8Array }
  | { readonly kind: 'status'; readonly status: Status };

/**
 * Signs in by the strongest way both sides know. Another way is tried only when the server says that it does not know
 * the one before; a refused password or token ends the attempt. Throws Pop3SessionError.
 */
export async function signIn(options: SignInOptions): Promise<SignInMethod> {
  const { channel, capabilities, quirks } = options;
  const context = {
    ...options.context,
    ...(quirks.channelBinding === false ? { channelBinding: null } : {}),
    apopTimestamp: apopTimestamp(options.greeting),
  };
  const chosen = chooseMechanisms(capabilities, context);
  if (!chosen.ok) throw channel.close(chosen.failure);
  let refused: Status | undefined;
  for (const method of chosen.value) {
    options.trying(method);
    const { status, isUnknown } = await tryMethod(method, context, options);
    if (status?.isOk === true) {
      if (isBound(chosen.value[0])) quirks.channelBinding = isBound(method);
      return method;
    }
    if (status !== null && !isUnknown) throw channel.close(refusalFailure(status, 'sign-in'));
    refused = status ?? refused;
  }
  const facts = refused === undefined ? null : refusalFailure(refused, 'sign-in');
  const failure: Failure = { kind: 'mechanism-unavailable', step: 'sign-in', canRetry: false };
  throw channel.close(
    facts?.serverText === undefined ? failure : { ...failure, serverText: facts.serverText },
  );
}

/** What the server made of one way of signing in; `isUnknown` when it is the way that was refused, not the person. */
type Attempt = { readonly status: Status | null; readonly isUnknown: boolean };

function isBound(method: SignInMethod | undefined): boolean {
  return method?.endsWith('-PLUS') === true;
}

async function tryMethod(
  method: SignInMethod,
  context: SignInContext,
  options: SignInOptions,
): Promise<Attempt> {
  try {
    if (method === 'USER') return judged(await userAndPass(context, options));
    if (method === 'APOP') return judged(await apop(context, options));
    return await auth(method, context, options);
  } catch (error) {
    if (!(error instanceof MechanismError)) throw error;
    if (isBound(method) && error.failure.kind === 'mechanism-unavailable')
      return { status: null, isUnknown: true };
    throw options.channel.close(error.failure);
  }
}

function judged(status: Status): Attempt {
  return { status, isUnknown: refusesMechanism(status) };
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
  const secret = apopDigest(timestamp, credential.password);
  const line = { wire: `APOP ${user} ${secret}`, shown: `APOP ${user} ${redaction}`, secret };
  return (await exchange(options.channel, line, { step: 'sign-in', timeoutMs: options.timeoutMs })).status;
}

const unavailable: Failure = { kind: 'mechanism-unavailable', step: 'sign-in', canRetry: false };

/** One AUTH exchange, with an initial response where the server can take one. RFC 5034 §4. */
async function auth(method: SaslMechanism, context: SignInContext, options: SignInOptions): Promise<Attempt> {
  const { capabilities, quirks } = options;
  const mechanism = createMechanism(method, context, capabilities);
  let first: CommandLine | null = null;
  // A server that lists its mechanisms knows initial responses; one that does not may be older than they are.
  if (mechanism.sendsFirst && capabilities.sasl.length > 0 && quirks.initialResponse !== false) {
    const response = Buffer.from(await mechanism.respond(null)).toString('base64');
    const wire = `AUTH ${method} ${response === '' ? '=' : response}`;
    if (wire.length + 2 <= commandLimitBytes)
      first = { wire, shown: `AUTH ${method} ${redaction}`, secret: response };
  }
  if (first === null) {
    // The mechanism may have spoken already, for a line that proved too long: it starts afresh.
    const fresh = createMechanism(method, context, capabilities);
    const bare = `AUTH ${method}`;
    return await converse(fresh, await say(options, { wire: bare, shown: bare }), 0, options);
  }
  const attempt = await converse(mechanism, await say(options, first), 1, options);
  if (attempt.status === null || !refusesArguments(attempt.status)) return attempt;
  quirks.initialResponse = false;
  return await auth(method, context, options);
}

async function converse(
  mechanism: Mechanism,
  start: Answer,
  saidBefore: number,
  options: SignInOptions,
): Promise<Attempt> {
  let current = start;
  let said = saidBefore;
  for (; current.kind === 'challenge'; said++) {
    if (said === challengeLimitCount)
      throw options.channel.close({ kind: 'protocol', step: 'sign-in', canRetry: false });
    const wire = Buffer.from(await respond(mechanism, current.bytes, options)).toString('base64');
    current = await say(options, { wire, shown: redaction, secret: wire });
  }
  if (current.status.isOk) mechanism.verify();
  const { status, isUnknown } = judged(current.status);
  // SCRAM's proof is its second message. A refusal before it says nothing of the password: the server announces binding,
  // but knows another sort of it, such as one older than TLS 1.3.
  return { status, isUnknown: isUnknown || (mechanism.name.endsWith('-PLUS') && said < 2) };
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
    if (error instanceof MechanismError) await cancel(options);
    throw error;
  }
}

/** Cancels with a lone star. The mechanism's own error is the one to tell, whatever the server answers. RFC 5034 §4. */
async function cancel(options: SignInOptions): Promise<void> {
  try {
    await say(options, { wire: '*', shown: '*' });
  } catch (error) {
    if (!(error instanceof Pop3SessionError)) throw error;
  }
}

async function say({ channel, timeoutMs }: SignInOptions, line: CommandLine): Promise<Answer> {
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
