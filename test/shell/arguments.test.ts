import { expect, test } from 'vitest';
import { readArguments } from '../../electron/shell/start/arguments.ts';

const nothing = { userDataFolder: null, file: null, isHidden: false };

test.each([
  ['nothing', [], nothing],
  ['the folder of the checkout', ['.'], nothing],
  ['switches of Chromium', ['--no-sandbox', '--lang=ru', '-psn_0_1'], nothing],
  ['a message beside', ['a letter.eml'], { ...nothing, file: '/home/anna/a letter.eml' }],
  ['a message elsewhere', ['/mail/ПИСЬМО.EML'], { ...nothing, file: '/mail/ПИСЬМО.EML' }],
  ['the first of two messages', ['1.eml', '2.eml'], { ...nothing, file: '/home/anna/1.eml' }],
  ['a file of another kind', ['notes.txt', 'eml'], nothing],
  ['a switch that ends like a message', ['--log=x.eml'], nothing],
  ['a folder for data', ['--user-data-dir=data'], { ...nothing, userDataFolder: '/home/anna/data' }],
  ['no window', ['--hidden', '.'], { ...nothing, isHidden: true }],
])('reads %s', (_what, values, expected) => {
  expect(readArguments(values, '/home/anna')).toEqual(expected);
});
