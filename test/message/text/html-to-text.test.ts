import { expect, test } from 'vitest';
import { htmlToText } from '../../../electron/message/text/html-to-text.ts';

test('words of neighbouring cells are words of their own', () => {
  const table =
    '<table><tr><th>Left</th><td>Right</td></tr><tr><td>be<b>low</b></td><td>end</td></tr></table>';
  expect(htmlToText(table).trim().split(/\s+/)).toEqual(['Left', 'Right', 'below', 'end']);
});
