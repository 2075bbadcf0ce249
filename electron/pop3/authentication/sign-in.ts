import type { Failure } from '../../../shared/failure.ts';
import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import type { Channel } from '../connection/channel.ts';
import type { CommandLine } from '../connection/command-line.ts';
import { exchange } from '../connection/exchange.ts';
import { redaction } from '../connection/transcript.ts';
import type { Capabilities } from '../replies/capabilities.ts';
import { Pop3SessionError } from '../replies/failure.ts';
import { refusalFailure, refusesArguments, refusesBinding, refusesMechanism } from '../replies/refusal.ts';
import type { Status } from '../replies/status.ts';
import { challengeLimitBytes, challengeLimitCount, commandLimitBytes } from '../wire/limits.ts';
import { apopDigest, apopTimestamp } from './apop.ts';
import {
  chooseMechanisms,
  createMechanism,
  isBound,
  isScram,
  type SaslMechanism,
  type SignInContext,
  type SignInMethod,
} from './choose-mechanism.ts';
import { type Mechanism, MechanismError } from './mechanism.ts';
import { isWeakerThanBefore, weakerSignIn } from './weaker-sign-in.ts';

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
  /** A person tests the account: see `mayHaveNoSecrets`. */
  readonly isAccountTest: boolean;
  readonly trying: (method: SignInMethod) => void;
};

/** The server's answer within one AUTH exchange. */
type Answer =
  | { readonly kind: 'challenge'; readonly bytes: Uint8Array }
  | { readonly kind: 'status'; readonly status: Status };

/**
 * Signs in by the strongest way both sides know. Another way is tried only when the server says that it does not know
 * the one before; a refused password or token ends the attempt. Two exceptions, inside TLS only: a binding that is
 * refused, and one try of PLAIN in the account's test. Ends before a way that protects less than one that has worked on
 * this server (weaker-sign-in.ts). Throws Pop3SessionError.
 */
export async function signIn(options: SignInOptions): Promise<SignInMethod> {
  const { channel, capabilities, quirks } = options;
  const context = {
    ...options.context,
    ...(quirks.channelBinding === false ? { channelBinding: null } : {}),
    isWithoutScram: quirks.scram === false,
    apopTimestamp: apopTimestamp(options.greeting),
  };
  const chosen = chooseMechanisms(capabilities, context);
  if (!chosen.ok) throw channel.close(chosen.failure);
  let methods = chosen.value;
  let refused: Status | undefined;
  const known = { ...quirks };
  for (let [method] = methods; method !== undefined; [method] = methods) {
    if (isWeakerThanBefore(method, context, known)) throw channel.close(weakerSignIn);
    options.trying(method);
    methods = methods.slice(1);
    const { status, isUnknown } = await tryMethod(method, context, options);
    if (status?.isOk === true) {
      if (isBound(method)) quirks.channelBinding = true;
      if (isScram(method)) quirks.scram = true;
      return method;
    }
    // Learned before the next way is tried: the server may hang up on this one, and the next session goes on from here.
    if (isBound(method) && isUnknown) {
      // What has worked is not forgotten by this: whoever ends the connection here could have refused it.
      if (known.channelBinding !== true) quirks.channelBinding = false;
      methods = methods.filter((other) => !isBound(other));
    }
    if (status !== null && !isUnknown) {
      if (!mayHaveNoSecrets(method, status, methods, options))
        throw channel.close(refusalFailure(status, 'sign-in'));
      quirks.scram = false;
      methods = methods.filter((other) => !isScram(other)).slice(0, 1);
    }
    refused = status ?? refused;
  }
  const facts = refused === undefined ? null : refusalFailure(refused, 'sign-in');
  const failure: Failure = { kind: 'mechanism-unavailable', step: 'sign-in', canRetry: false };
  throw channel.close(
    facts?.serverText === undefined ? failure : { ...failure, serverText: facts.serverText },
  );
}

/** Whether SCRAM was refused in the account's test on a server where it has never worked: no secrets, maybe. */
function mayHaveNoSecrets(
  method: SignInMethod,
  status: Status,
  others: readonly SignInMethod[],
  { context, quirks, isAccountTest }: SignInOptions,
): boolean {
  if (!isAccountTest || !isScram(method) || quirks.scram !== undefined) return false;
  if (context.wanted !== 'auto' || !context.isEncrypted) return false;
  return (
    refusalFailure(status, 'sign-in').kind === 'authentication' && others.some((other) => !isScram(other))
  );
}

/** What the server made of one way of signing in; `isUnknown` when it is the way that was refused, not the person. */
type Attempt = { readonly status: Status | null; readonly isUnknown: boolean };

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
  const answer = await say(options, first);
  const attempt = await converse(mechanism, await notOverlooked(answer, first, options), 1, options);
  if (attempt.status === null || !refusesArguments(attempt.status)) return attempt;
  quirks.initialResponse = false;
  return await auth(method, context, options);
}

/**
 * An empty challenge right after an initial response asks for it: the server has overlooked it. No mechanism here has
 * an empty challenge at that place. RFC 5034 §4.
 */
async function notOverlooked(
  answer: Answer,
  { secret = '' }: CommandLine,
  options: SignInOptions,
): Promise<Answer> {
  if (answer.kind !== 'challenge' || answer.bytes.length > 0 || secret === '') return answer;
  options.quirks.initialResponse = false;
  return await say(options, { wire: secret, shown: redaction, secret });
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
  // but knows another sort of it, such as one older than TLS 1.3. Behind it, only plain words speak of the password.
  const refusesPlus = mechanism.name.endsWith('-PLUS') && (said < 2 || refusesBinding(current.status));
  return { status, isUnknown: isUnknown || refusesPlus };
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
