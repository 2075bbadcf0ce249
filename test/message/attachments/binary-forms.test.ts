import { expect, test } from 'vitest';
import { decompressRtf } from '../../../electron/message/attachments/rtf-decompress.ts';
import { readRtf } from '../../../electron/message/attachments/rtf-text.ts';
import { decodeTnef } from '../../../electron/message/attachments/tnef.ts';
import { smimeContent } from '../../../electron/message/structure/signed-content.ts';
import { embeddedMessages, tnef } from '../../messages/embedded-messages.ts';
import { signedMessages } from '../../messages/signed-messages.ts';
import { numbersFrom } from '../parsing/mutate.ts';

/** Bytes with some of them changed, cut or repeated. */
function broken(bytes: Buffer, number: number): Buffer {
  const random = numbersFrom(number);
  const pick = (count: number): number => Math.floor(random() * count);
  const copy = Buffer.from(bytes);
  for (let change = 0; change <= pick(8); change++)
    copy[pick(copy.length)] = [0, 255, 128, pick(256)][pick(4)] ?? 0;
  return random() < 0.2 ? copy.subarray(0, pick(copy.length)) : copy;
}

const inBase64 = (text: string): Buffer =>
  Buffer.from(text.split('\r\n\r\n')[1]?.split('\r\n--')[0] ?? '', 'base64');
const stream = tnef(
  [
    {
      title: Buffer.from('a.txt'),
      data: Buffer.from('data'),
      properties: [[0x1f, 0x3707, Buffer.from('b.txt\0', 'utf16le')]],
    },
  ],
  [[0x1f, 0x1000, Buffer.from('words\0', 'utf16le')]],
);
const signed = signedMessages.map((message) => inBase64(message.bytes.toString('latin1')));
const texts = embeddedMessages.map((message) => Buffer.concat([Buffer.from('{\\rtf1 '), message.bytes]));

test('decodes broken winmail.dat, signatures and RTF without throwing', () => {
  const read = (number: number): void => {
    decodeTnef(broken(stream, number), (bytes) => bytes.toString('latin1'));
    smimeContent(broken(signed[number % signed.length] ?? stream, number), 1_000_000);
    const rtf = broken(texts[number % texts.length] ?? stream, number);
    if (rtf.length >= 12) rtf.writeUInt32LE(0x75465a4c, 8);
    decompressRtf(rtf);
    readRtf(Buffer.concat([Buffer.from('{\\rtf1 '), rtf]));
  };
  for (let number = 0; number < 2000; number++) expect(() => read(number), `number ${number}`).not.toThrow();
});
