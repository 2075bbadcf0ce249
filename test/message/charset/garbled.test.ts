import { expect, test } from 'vitest';
import { parseMessage } from '../../../electron/message/parsing/parse.ts';
import { garbledCharset } from '../../../shared/charset.ts';
import { lines, word } from '../../messages/made-message.ts';

test('mends words between honest ones only where a person says that the text is garbled', async () => {
  const text = 'Привет, Ð¼Ð¸Ñ€, É»';
  const message = Buffer.from(
    lines(`Subject: ${word(text)}`, 'Content-Type: text/plain; charset=utf-8', '', text, ''),
  );
  const asItIs = await parseMessage(message);
  const mended = await parseMessage(message, { charset: garbledCharset });
  expect([asItIs.text, asItIs.subject, mended.text, mended.subject]).toEqual([
    text,
    text,
    'Привет, мир, ɻ',
    'Привет, мир, ɻ',
  ]);
});
