import { describe, expect, test } from 'vitest';
import {
  essenceOf,
  foretell,
  headersLikeness,
  likeness,
  withoutOwnLines,
} from '../../../electron/mailbox/maildrop/essence.ts';

const headers =
  'Date: Thu, 1 Jan 2026 10:00:00 +0000\r\nFrom: bob@example.org\r\nSubject: a\r\nMessage-ID: <1@example.org>\r\n';
const nameless = headers.replace(/Message-ID: .*\r\n/, '');
const trace = 'Received: from old.example by new.example;\r\n\tFri, 2 Jan 2026 10:00:00 +0000\r\n';
const letter = (head: string, body = 'text\r\n') => Buffer.from(`${head}\r\n${body}`);
const stored = letter(headers);

describe('a letter that comes is to a stored one', () => {
  test.each([
    ['the same, byte for byte', letter(headers), 'same'],
    [
      'the same, with lines that servers write into their letters',
      letter(`Status: RO\r\nX-UIDL: abc\r\n${headers}X-Status: A\r\nContent-Length: 6\r\n`),
      'same',
    ],
    ['the same, with such a line folded', letter(`${headers}X-IMAPbase: 1 2\r\n  folded\r\n`), 'same'],
    ['the same, without the end of the last line', letter(headers, 'text'), 'same'],
    [
      'the same, with line ends of LF in the headers',
      Buffer.from(`${headers.replaceAll('\r', '')}\ntext\r\n`),
      'same',
    ],
    ['moved, with a trace on top', letter(trace + headers), 'moved'],
    ['moved, with a trace and lines of the server', letter(`${trace}Status: O\r\n${headers}`), 'moved'],
    ['another, with another body', letter(headers, 'other\r\n'), 'other'],
    ['another, with a body that is longer', letter(headers, 'text\r\nmore\r\n'), 'other'],
    ['another, with another subject', letter(headers.replace('Subject: a', 'Subject: b')), 'other'],
    ['another, without one of the headers', letter(nameless), 'other'],
    ['another, where it has no headers', Buffer.from('\r\ntext\r\n'), 'other'],
  ] as const)('%s', (_words, came, kind) => {
    expect(likeness(came, stored)).toBe(kind);
  });

  test('another, with a trace, where nothing but the body and usual headers name it', () => {
    expect([
      likeness(letter(nameless), letter(nameless)),
      likeness(letter(trace + nameless), letter(nameless)),
    ]).toEqual(['same', 'other']);
  });
});

test('headers from TOP are those of a stored letter whatever lines the server has written', () => {
  const tops = [headers, `Status: O\r\n${headers}`, trace + headers, headers.replace('<1@', '<2@'), ''];
  expect(tops.map((top) => headersLikeness(Buffer.from(`${top}\r\n`), stored))).toEqual([
    'same',
    'same',
    'moved',
    'other',
    'other',
  ]);
});

test('letters that may be the same have one essence, and letters that differ have another', () => {
  const own = essenceOf(stored);
  const alike = [letter(`Status: RO\r\n${headers}`), letter(headers, 'text'), letter(trace + headers)];
  const others = [letter(headers, 'other\r\n'), letter(headers.replace('<1@', '<2@')), letter(nameless)];
  expect([alike, others].map((all) => all.map((one) => essenceOf(one) === own))).toEqual([
    [true, true, true],
    [false, false, false],
  ]);
});

describe('before it is fetched, a letter', () => {
  const top = (head: string) => Buffer.from(`${head}\r\n`);
  test.each([
    ['with the same headers and size is here', headers, stored.length, 'here'],
    ['with a trace, and longer by it, is here', trace + headers, stored.length + trace.length, 'here'],
    ['whose last line end is not counted is here', headers, stored.length - 2, 'here'],
    ['with a trace, and of the old size, is perhaps here', trace + headers, stored.length, 'perhaps'],
    [
      'with other headers beside those that name it is perhaps here',
      `${headers}X-New: 1\r\n`,
      4_000,
      'perhaps',
    ],
    ['with another Message-ID is another', headers.replace('<1@', '<2@'), stored.length, 'other'],
    ['with another date is another', headers.replace('10:00', '11:00'), stored.length, 'other'],
  ] as const)('%s', (_words, head, listedBytes, kind) => {
    expect(foretell(top(head), listedBytes, stored)).toBe(kind);
  });
});

test('lines of the server are left out of headers, with their folded ends, and are counted', () => {
  const own = 'X-UID: 7\r\nX-IMAPbase: 1 2\r\n  folded\r\n';
  const found = withoutOwnLines(Buffer.from(`Subject: a\r\n${own}Status-Report: mine\r\n\r\n`));
  expect([found.headers.toString(), found.ownBytes]).toEqual([
    'Subject: a\r\nStatus-Report: mine\r\n\r\n',
    own.length,
  ]);
});
