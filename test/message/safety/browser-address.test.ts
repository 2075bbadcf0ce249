import { expect, test } from 'vitest';
import { browserAddress } from '../../../electron/message/safety/browser-address.ts';

test.each([
  // What Chromium escapes beyond the URL Standard.
  ["https://u'x:p'y@a.example/", 'https://u%27x:p%27y@a.example/'],
  ["https://a.example/'?'#'", "https://a.example/'?%27#'"],
  ['https://a.example/^|?^|#^|', 'https://a.example/%5E%7C?^|#^|'],
  ["mailto:o'neil@a.example?subject='", "mailto:o'neil@a.example?subject=%27"],
  // Its versions differ in these.
  ['https://a.example/p%2eq/%2E%2e/r', 'https://a.example/r'],
  ['https://a.example/p%2Eq', 'https://a.example/p.q'],
  ['https://a.example/?é', 'https://a.example/?%C3%A9'],
  // What a browser reads over.
  ['\t//A.example:443\\x\n', 'https://a.example/x'],
])('an address is written as Chromium writes it: %s', (text, written) => {
  expect([browserAddress(text), browserAddress(written)]).toEqual([written, written]);
});

test.each([
  'https://a*b.example/',
  'https://a(b.example/',
  "https://a'b.example/",
  'https://a b.example/',
  'ftp://a.example/',
  'x',
])('what no name of the network can be leads nowhere: %s', (text) => {
  expect(browserAddress(text)).toBe(null);
});
