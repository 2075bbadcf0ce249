import { expect, test } from 'vitest';
import { parseMessage } from '../../../electron/message/parsing/parse.ts';

test('six letters in a wrong Cyrillic charset are no Chinese', async () => {
  const inWindows1251 = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
  const head = Buffer.from('From: a@example.org\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\nHere: ');
  const { text } = await parseMessage(Buffer.concat([head, inWindows1251, Buffer.from('\r\n')]));
  expect(text).toMatch(/^Here: \p{Script=Cyrillic}{6}\s*$/u);
});
