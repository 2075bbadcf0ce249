import { brokenExchange, MechanismError } from './mechanism.ts';

/** What the server says first: the whole nonce, the salt, and how often to hash. RFC 5802 §5.1. */
export type ServerFirst = {
  readonly nonce: string;
  readonly salt: Uint8Array;
  readonly iterations: number;
};

/**
 * Fewer rounds than RFC 7677 §4 asks for would let whoever poses as the server guess the password from one answer.
 */
export const leastIterations = 4096;

/** About four seconds of one core; a server that asks for more only wants to keep us busy. */
export const mostIterations = 4_000_000;

/** Longest salt taken, bytes; real ones have 16 to 64. */
const saltLimitBytes = 1024;

/** Writes a name so that its commas and equal signs do not end the field. RFC 5802 §5.1, saslname. */
export function saslName(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C');
}

/** Reads the server's first message; throws MechanismError unless it continues our nonce and asks for sane work. */
export function parseServerFirst(message: string, clientNonce: string): ServerFirst {
  const [nonceField = '', saltField = '', iterationField = ''] = message.split(',');
  // A message that begins with m= demands an extension, and none is known. RFC 5802 §5.1.
  if (!nonceField.startsWith('r=') || !saltField.startsWith('s=') || !iterationField.startsWith('i='))
    throw brokenExchange('the SCRAM server-first message cannot be read');
  const nonce = nonceField.slice(2);
  if (!nonce.startsWith(clientNonce) || nonce.length === clientNonce.length)
    throw brokenExchange('the server has changed the nonce or added nothing to it');
  if (!/^[\x21-\x2b\x2d-\x7e]+$/.test(nonce)) throw brokenExchange('the server nonce is not printable');
  const salt = decodeBase64(saltField.slice(2));
  if (salt === null || salt.length === 0 || salt.length > saltLimitBytes)
    throw brokenExchange('the SCRAM salt cannot be read');
  return { nonce, salt, iterations: parseIterations(iterationField.slice(2)) };
}

function parseIterations(digits: string): number {
  if (!/^[1-9]\d{0,9}$/.test(digits)) throw brokenExchange('the SCRAM iteration count cannot be read');
  const iterations = Number(digits);
  if (iterations < leastIterations || iterations > mostIterations)
    throw brokenExchange(`a SCRAM iteration count of ${iterations} is out of bounds`);
  return iterations;
}

/** Reads the server's last message and returns its signature; throws what `e=` says went wrong. RFC 5802 §7. */
export function parseServerFinal(message: string): Uint8Array {
  const [field = ''] = message.split(',');
  if (field.startsWith('e=')) throw serverError(field.slice(2));
  const signature = field.startsWith('v=') ? decodeBase64(field.slice(2)) : null;
  if (signature === null) throw brokenExchange('the SCRAM server-final message cannot be read');
  return signature;
}

/** What the words of RFC 5802 §7 mean here; every other word says that the proof, and so the password, was refused. */
const errorKinds: Readonly<Record<string, 'mechanism-unavailable' | 'encryption-failed'>> = {
  'channel-binding-not-supported': 'mechanism-unavailable',
  'unsupported-channel-binding-type': 'mechanism-unavailable',
  'extensions-not-supported': 'mechanism-unavailable',
  // Both mean that somebody sits between the two ends, and so no weaker way of signing in may be proposed.
  'channel-bindings-dont-match': 'encryption-failed',
  'server-does-support-channel-binding': 'encryption-failed',
};

function serverError(word: string): MechanismError {
  return new MechanismError(`the server answered ${JSON.stringify(word.slice(0, 64))}`, {
    kind: errorKinds[word] ?? 'authentication',
    step: 'sign-in',
    canRetry: false,
  });
}

function decodeBase64(text: string): Uint8Array | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  return Buffer.from(text, 'base64');
}
