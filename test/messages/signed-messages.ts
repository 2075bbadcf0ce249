import { base64, lines, type MadeMessage, made } from './made-message.ts';

/** An element of DER: its length is told before it. */
function definite(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const length =
    content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** An element of BER whose end is marked, as programs write it that do not know its length yet. */
function indefinite(tag: number, ...contents: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([tag, 0x80]), ...contents, Buffer.from([0, 0])]);
}

const id = (last: number): Buffer =>
  definite(0x06, Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, last]));
const head = [definite(0x02, Buffer.from([1])), definite(0x31)];
const content = Buffer.from(
  lines('Content-Type: text/plain; charset=utf-8', '', 'Привет, это подписано', ''),
);
const sequence = 0x30;
const wrapper = 0xa0;

const der = definite(
  sequence,
  id(2),
  definite(
    wrapper,
    definite(
      sequence,
      ...head,
      definite(sequence, id(1), definite(wrapper, definite(0x04, content))),
      definite(0x31),
    ),
  ),
);
const pieces = [content.subarray(0, 30), content.subarray(30)].map((piece) => definite(0x04, piece));
const ber = indefinite(
  sequence,
  id(2),
  indefinite(
    wrapper,
    indefinite(
      sequence,
      ...head,
      indefinite(sequence, id(1), indefinite(wrapper, indefinite(0x24, ...pieces))),
      definite(0x31),
    ),
  ),
);
const enveloped = definite(sequence, id(3), definite(wrapper, definite(sequence, ...head)));

const message = (bytes: Buffer, type: string): string =>
  lines(
    'Subject: x',
    `Content-Type: application/pkcs7-mime; smime-type=${type}; name=smime.p7m`,
    'Content-Transfer-Encoding: base64',
    '',
    base64(bytes),
    '',
  );

/** Messages whose body lies inside a signature. */
export const signedMessages: readonly MadeMessage[] = [
  made('an opaquely signed message in DER', message(der, 'signed-data'), {
    text: 'Привет, это подписано',
    files: [],
  }),
  made('an opaquely signed message in BER with pieces', message(ber, 'signed-data'), {
    text: 'Привет, это подписано',
    files: [],
  }),
  made('an encrypted S/MIME message is a file', message(enveloped, 'enveloped-data'), {
    text: null,
    files: [{ name: 'smime.p7m', content: enveloped }],
  }),
  made('a signed message that is cut off is a file', message(der.subarray(0, 60), 'signed-data'), {
    text: null,
    files: [{ name: 'smime.p7m', content: der.subarray(0, 60) }],
  }),
];
