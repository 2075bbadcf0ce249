import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

/** The server's half of one SCRAM exchange, written apart from the engine so that one can prove the other. RFC 5802. */
export class ScramServer {
  readonly #hash: 'sha1' | 'sha256';
  readonly #password: string;
  readonly #binding: { readonly type: string; readonly data: Uint8Array } | null;
  #clientFirst = '';
  #serverFirst = '';

  constructor(
    hash: 'sha1' | 'sha256',
    password: string,
    binding: { readonly type: string; readonly data: Uint8Array } | null = null,
  ) {
    this.#hash = hash;
    this.#password = password;
    this.#binding = binding;
  }

  /** Answers the client's first message. */
  first(message: Uint8Array, iterations = 4096): Buffer {
    this.#clientFirst = Buffer.from(message).toString();
    const nonce = /,r=(.*)$/.exec(this.#clientFirst)?.[1] ?? '';
    this.#serverFirst = `r=${nonce}servernonce,s=${Buffer.from('a salt').toString('base64')},i=${iterations}`;
    return Buffer.from(this.#serverFirst);
  }

  /** Answers the client's last message: with the server's signature, or with e= and what was wrong. */
  final(message: Uint8Array): Buffer {
    const text = Buffer.from(message).toString();
    const [withoutProof = '', proof = ''] = text.split(',p=');
    const header = /^([^,]*,[^,]*,)/.exec(this.#clientFirst)?.[1] ?? '';
    const bare = this.#clientFirst.slice(header.length);
    const wantedHeader = this.#binding === null ? header : `p=${this.#binding.type},,`;
    const bound = Buffer.concat([Buffer.from(wantedHeader), this.#binding?.data ?? Buffer.alloc(0)]);
    if (!withoutProof.startsWith(`c=${bound.toString('base64')},`))
      return Buffer.from('e=channel-bindings-dont-match');
    const [, salt = '', iterations = ''] = /s=(.*),i=(.*)$/.exec(this.#serverFirst) ?? [];
    const salted = pbkdf2Sync(
      this.#password,
      Buffer.from(salt, 'base64'),
      Number(iterations),
      this.#hash === 'sha1' ? 20 : 32,
      this.#hash,
    );
    const everything = `${bare},${this.#serverFirst},${withoutProof}`;
    const clientKey = this.#keyed(salted, 'Client Key');
    const signature = this.#keyed(createHash(this.#hash).update(clientKey).digest(), everything);
    const expected = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
    if (expected.toString('base64') !== proof) return Buffer.from('e=invalid-proof');
    return Buffer.from(`v=${this.#keyed(this.#keyed(salted, 'Server Key'), everything).toString('base64')}`);
  }

  #keyed(key: Uint8Array, text: string): Buffer {
    return createHmac(this.#hash, key).update(text).digest();
  }
}
