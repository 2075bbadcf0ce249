import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { ChannelBinding } from '../connection/channel-binding.ts';
import { brokenExchange, type Mechanism, MechanismError, sendable } from './mechanism.ts';
import { parseServerFinal, parseServerFirst, saslName } from './scram-messages.ts';

/** One SCRAM sign-in. */
export type ScramOptions = {
  readonly hash: 'sha1' | 'sha256';
  readonly user: string;
  readonly password: string;
  /**
   * What the first message says of binding: the data for a -PLUS mechanism; `not-offered` when we could but the
   * server offers no -PLUS (so that it notices if someone removed it on the way); `none` when we cannot or will not.
   */
  readonly binding: ChannelBinding | 'not-offered' | 'none';
  /** Replaces the random nonce, for published examples. */
  readonly nonce?: string;
};

const deriveKey = promisify(pbkdf2);

/** 144 bits: never to come twice, and short enough for the line of an AUTH command. */
const nonceBytes = 18;

/**
 * SCRAM-SHA-1 and SCRAM-SHA-256, with or without channel binding: the password never crosses the wire, and the
 * server must prove that it knows it too. RFC 5802, RFC 7677. The costly hashing runs off this thread.
 */
export function scram(options: ScramOptions): Mechanism {
  const exchange = new ScramExchange(options);
  const suffix = typeof options.binding === 'object' ? '-PLUS' : '';
  let step = 0;
  return {
    name: `SCRAM-${options.hash === 'sha1' ? 'SHA-1' : 'SHA-256'}${suffix}`,
    sendsFirst: true,
    respond(challenge) {
      step += 1;
      // Whatever a server says before the client's first message, it has no meaning.
      if (step === 1) return exchange.clientFirst();
      const message = Buffer.from(challenge ?? []).toString('utf8');
      if (step === 2) return exchange.clientFinal(message);
      if (step === 3) return exchange.acceptServerFinal(message);
      throw brokenExchange('SCRAM has no answer to another challenge');
    },
    verify: () => exchange.requireProof(),
  };
}

/** The three messages of one exchange and what must be remembered between them. */
class ScramExchange {
  readonly #hash: 'sha1' | 'sha256';
  readonly #user: string;
  readonly #password: string;
  readonly #nonce: string;
  readonly #bindingHeader: string;
  readonly #bindingData: Uint8Array;
  #firstBare = '';
  #serverSignature: Uint8Array | null = null;
  #isProved = false;

  constructor({ hash, user, password, binding, nonce }: ScramOptions) {
    sendable('user', user);
    sendable('password', password);
    this.#hash = hash;
    this.#user = user;
    this.#password = password;
    this.#nonce = nonce ?? randomBytes(nonceBytes).toString('base64');
    this.#bindingHeader =
      typeof binding === 'object' ? `p=${binding.type},,` : binding === 'not-offered' ? 'y,,' : 'n,,';
    this.#bindingData = typeof binding === 'object' ? binding.data : new Uint8Array();
  }

  async clientFirst(): Promise<Uint8Array> {
    this.#firstBare = `n=${saslName(await prepared(this.#user))},r=${this.#nonce}`;
    return Buffer.from(this.#bindingHeader + this.#firstBare);
  }

  async clientFinal(serverFirst: string): Promise<Uint8Array> {
    // A server that refuses before its first message says why in the form of its last one.
    if (serverFirst.startsWith('e=')) parseServerFinal(serverFirst);
    const { nonce, salt, iterations } = parseServerFirst(serverFirst, this.#nonce);
    const bound = Buffer.concat([Buffer.from(this.#bindingHeader), this.#bindingData]).toString('base64');
    const withoutProof = `c=${bound},r=${nonce}`;
    const everything = `${this.#firstBare},${serverFirst},${withoutProof}`;
    const length = this.#hash === 'sha1' ? 20 : 32;
    const password = await prepared(this.#password);
    const saltedPassword = await deriveKey(password, salt, iterations, length, this.#hash);
    const clientKey = this.#keyed(saltedPassword, 'Client Key');
    const storedKey = createHash(this.#hash).update(clientKey).digest();
    const clientSignature = this.#keyed(storedKey, everything);
    const proof = clientKey.map((byte, index) => byte ^ (clientSignature[index] ?? 0));
    this.#serverSignature = this.#keyed(this.#keyed(saltedPassword, 'Server Key'), everything);
    return Buffer.from(`${withoutProof},p=${Buffer.from(proof).toString('base64')}`);
  }

  acceptServerFinal(serverFinal: string): Uint8Array {
    const signature = parseServerFinal(serverFinal);
    const expected = this.#serverSignature;
    if (expected === null || signature.length !== expected.length || !timingSafeEqual(signature, expected))
      throw notProved('the server does not know the password it asked for');
    this.#isProved = true;
    return new Uint8Array();
  }

  requireProof(): void {
    if (!this.#isProved) throw notProved('the server let us in without proving that it knows the password');
  }

  #keyed(key: Uint8Array, text: string): Buffer {
    return createHmac(this.#hash, key).update(text).digest();
  }
}

function notProved(message: string): MechanismError {
  return new MechanismError(message, { kind: 'protocol', step: 'sign-in', canRetry: false });
}

/**
 * The name or password as both sides must hash it. RFC 4013. What SASLprep refuses (such as a password that mixes
 * right-to-left letters with digits at its end) goes as it is: servers that skip the preparing then still let it in.
 * Plain ASCII is prepared as it stands; the tables for the rest are loaded when they are needed.
 */
async function prepared(text: string): Promise<string> {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const { default: saslprep } = await import('@mongodb-js/saslprep');
  try {
    // Letters newer than Unicode 3.2, and every emoji, count as unassigned; a query may hold them. RFC 3454 §7.
    return saslprep(text, { allowUnassigned: true });
  } catch {
    return text;
  }
}
