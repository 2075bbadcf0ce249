import { expect, test } from 'vitest';
import { decompressRtf } from '../../../electron/message/attachments/rtf-decompress.ts';
import { readRtf } from '../../../electron/message/attachments/rtf-text.ts';

const unpacked = (hex: string): string | undefined =>
  decompressRtf(Buffer.from(hex, 'hex'))?.toString('latin1');

test('unpacks RTF whose words point back to the start words and to themselves', () => {
  expect([
    unpacked(
      '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af320 68656c090020627705b06c647d0a800fa0'.replace(
        ' ',
        '',
      ),
    ),
    unpacked('1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0'),
  ]).toEqual(['{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n', '{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}']);
});

test('takes nothing for RTF that is none', () => {
  expect([
    decompressRtf(Buffer.from('short')),
    unpacked('00'.repeat(40)),
    readRtf(Buffer.from('hello')),
  ]).toEqual([null, undefined, { text: null, html: null }]);
});

test('survives braces 100,000 deep', () => {
  const depth = 100_000;
  expect(readRtf(Buffer.from(`{\\rtf1 a${'{'.repeat(depth)}b${'}'.repeat(depth)}c}`)).text).toContain('ab');
});
