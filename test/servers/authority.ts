import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/**
 * A test authority and the server certificates it signs, made with `node:crypto` and a page of DER, so that a test
 * needs no program beside Node and can choose any validity. RFC 5280 §4.
 */

/** What a test server shows: a chain in PEM, its private key in PEM, and the SHA-256 of its public key. */
export type ServerCertificate = {
  readonly certificate: string;
  readonly key: string;
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal. */
  readonly keySha256: string;
};

/** The sorts of certificates a test can ask for; all but the last two are signed by the test authority. */
export type CertificateKind =
  | 'good'
  | 'good-rsa'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-name'
  | 'self-signed'
  | 'untrusted';

type Issuer = { readonly name: string; readonly keys: KeyPair; readonly pem: string };
type KeyPair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

const dayMs = 86_400_000;
const ecdsaWithSha256 = '1.2.840.10045.4.3.2';
const rsaWithSha256 = '1.2.840.113549.1.1.11';

function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const { length } = body;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), body]);
  if (length < 256) return Buffer.concat([Buffer.from([tag, 0x81, length]), body]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), body]);
}

const sequence = (...contents: Uint8Array[]): Buffer => der(0x30, ...contents);
const octets = (content: Uint8Array): Buffer => der(0x04, content);
const bits = (content: Uint8Array): Buffer => der(0x03, Buffer.from([0]), content);
const boolean = (value: boolean): Buffer => der(0x01, Buffer.from([value ? 0xff : 0]));

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const digits = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      digits.unshift((left & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return der(0x06, Buffer.from(bytes));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(der(0x31, sequence(objectId('2.5.4.3'), der(0x0c, Buffer.from(commonName)))));
}

function time(moment: number): Buffer {
  const text = new Date(moment).toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(0x17, Buffer.from(text.slice(2)));
}

function alternativeNames(names: readonly string[]): Buffer {
  const entries = names.map((name) =>
    name.includes(':')
      ? der(0x87, addressBytes(name))
      : /^[\d.]+$/.test(name)
        ? der(0x87, Buffer.from(name.split('.').map(Number)))
        : der(0x82, Buffer.from(name)),
  );
  return sequence(objectId('2.5.29.17'), octets(sequence(...entries)));
}

/** The 16 bytes of an IPv6 address, which may have one `::`. */
function addressBytes(address: string): Buffer {
  const [head = '', tail = ''] = address.split('::').map((half) =>
    half
      .split(':')
      .filter((group) => group !== '')
      .map((group) => group.padStart(4, '0'))
      .join(''),
  );
  return Buffer.from(head + tail.padStart(32 - head.length, '0'), 'hex');
}

function pem(label: string, content: Uint8Array): string {
  const lines =
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

type Request = {
  readonly subject: string;
  readonly keys: KeyPair;
  readonly issuer: { readonly name: string; readonly keys: KeyPair };
  readonly from: number;
  readonly to: number;
  /** DNS names and IPv4 addresses; none for an authority. */
  readonly names: readonly string[];
};

function issue({ subject, keys, issuer, from, to, names }: Request): string {
  const isRsa = issuer.keys.privateKey.asymmetricKeyType === 'rsa';
  const algorithm = isRsa
    ? sequence(objectId(rsaWithSha256), der(0x05))
    : sequence(objectId(ecdsaWithSha256));
  const constraints = sequence(
    objectId('2.5.29.19'),
    boolean(true),
    octets(names.length === 0 ? sequence(boolean(true)) : sequence()),
  );
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    distinguishedName(issuer.name),
    sequence(time(from), time(to)),
    distinguishedName(subject),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(constraints, ...(names.length === 0 ? [] : [alternativeNames(names)]))),
  );
  return pem(
    'CERTIFICATE',
    sequence(signed, algorithm, bits(sign('sha256', signed, issuer.keys.privateKey))),
  );
}

function ecdsaKeys(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}

function makeAuthority(name: string): Issuer {
  const keys = ecdsaKeys();
  const [from, to] = [Date.now() - dayMs, Date.now() + 30 * dayMs];
  return { name, keys, pem: issue({ subject: name, keys, issuer: { name, keys }, from, to, names: [] }) };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const authority = once(() => makeAuthority('Poppy Test Authority'));
const stranger = once(() => makeAuthority('Somebody Else'));
const localNames = ['localhost', '127.0.0.1', '127.0.0.2'];
const made = new Map<CertificateKind, ServerCertificate>();

/** The PEM of the authority that signs the good certificates; the same for the whole run of a test file. */
export function authorityPem(): string {
  return authority().pem;
}

/** A certificate for `localhost`, 127.0.0.1 and 127.0.0.2 (`names` overrides), of the wanted sort. */
export function serverCertificate(kind: CertificateKind = 'good', names = localNames): ServerCertificate {
  const known = names === localNames ? made.get(kind) : undefined;
  if (known !== undefined) return known;
  const keys = kind === 'good-rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : ecdsaKeys();
  const subject = kind === 'wrong-name' ? 'elsewhere.example' : (names[0] ?? 'localhost');
  const signer = kind === 'untrusted' ? stranger() : authority();
  const now = Date.now();
  const certificate = issue({
    subject,
    keys,
    issuer: kind === 'self-signed' ? { name: subject, keys } : signer,
    from: now + (kind === 'not-yet-valid' ? 2 : -10) * dayMs,
    to: now + (kind === 'expired' ? -2 : 20) * dayMs,
    names: kind === 'wrong-name' ? ['elsewhere.example', '127.0.0.9'] : names,
  });
  const result: ServerCertificate = {
    certificate: kind === 'self-signed' ? certificate : certificate + signer.pem,
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    keySha256: createHash('sha256')
      .update(keys.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
  };
  if (names === localNames) made.set(kind, result);
  return result;
}
