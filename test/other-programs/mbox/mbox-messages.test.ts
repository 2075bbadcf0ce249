import { expect, test } from 'vitest';
import { mboxEntry } from '../../../electron/mailbox/moving/mbox-entry.ts';
import { type ByteSource, memorySource } from '../../../electron/message/bytes/byte-source.ts';
import { messagesOfMbox } from '../../../electron/other-programs/mbox/mbox-messages.ts';

/** Sizes of the pieces that each mbox is read in: whole, and cut after few bytes. */
const pieceSizes = [undefined, 16, 25, 64];

/** The messages of an mbox, which are the same in whatever pieces it is read. */
function read(mbox: string): string[] {
  const source = memorySource(Buffer.from(mbox, 'latin1'));
  const [whole = [], ...others] = pieceSizes.map((pieceBytes) =>
    [...messagesOfMbox(source, pieceBytes === undefined ? {} : { pieceBytes })].map((message) =>
      Buffer.concat([...message.pieces()]).toString('latin1'),
    ),
  );
  expect(others).toEqual(others.map(() => whole));
  return whole;
}
const at = new Date('2026-01-02T03:04:05Z');

test('what is written is read back byte for byte', () => {
  const messages = [
    'Subject: one\r\n\r\nFrom the start\r\n>From quoted\r\n>>From twice\r\n',
    'Subject: two\r\n\r\nbody\r\n\r\n',
    'Subject: no end\r\n\r\nlast line',
    'Subject: mixed\r\n\r\nbare\nFrom lf\r\n',
    'Subject: bytes\r\n\r\n\x00\x80\xff\r\n',
  ];
  const mbox = Buffer.concat(
    messages.map((message) => mboxEntry(Buffer.from(message, 'latin1'), 'a@example.org', at)),
  );
  expect(read(mbox.toString('latin1'))).toEqual(
    messages.map((message) => (message.endsWith('\n') ? message : `${message}\r\n`)),
  );
});

test('the separator names sender and date as other programs expect them', () => {
  expect(mboxEntry(Buffer.from('A: b\r\n\r\nx\r\n'), 'a@example.org', at).toString()).toBe(
    'From a@example.org Fri Jan  2 03:04:05 2026\nA: b\n\nx\n\n',
  );
  expect(mboxEntry(Buffer.from('A: b\r\n\r\n'), 'two words', at).toString().split('\n')[0]).toBe(
    'From MAILER-DAEMON Fri Jan  2 03:04:05 2026',
  );
});

test('a From line without a blank line before it does not cut a message (mboxo)', () => {
  expect(
    read('From a Fri\nSubject: 1\n\nline\nFrom here on\n\nFrom b Fri\nSubject: 2\n\n>From me\n'),
  ).toEqual(['Subject: 1\r\n\r\nline\r\nFrom here on\r\n', 'Subject: 2\r\n\r\nFrom me\r\n']);
});

test('a counted message may hold From lines unquoted (mboxcl2), and a wrong count is not believed', () => {
  const body = 'one\n\nFrom inside\n';
  expect(
    read(
      `From a Fri\nContent-Length: ${body.length}\n\n${body}\nFrom b Fri\nContent-Length: 4000\n\nx\n\nFrom c Fri\nA: b\n\ny\n`,
    ),
  ).toEqual([
    'Content-Length: 17\r\n\r\none\r\n\r\nFrom inside\r\n',
    'Content-Length: 4000\r\n\r\nx\r\n',
    'A: b\r\n\r\ny\r\n',
  ]);
});

test('an empty file, blank lines and a lone separator hold no message', () => {
  expect([read(''), read('\n\n'), read('From a Fri\n')]).toEqual([[], [], []]);
});

test('CRLF separators are read too', () => {
  expect(read('From a Fri\r\nA: 1\r\n\r\nx\r\n\r\nFrom b Fri\r\nA: 2\r\n\r\ny\r\n')).toEqual([
    'A: 1\r\n\r\nx\r\n',
    'A: 2\r\n\r\ny\r\n',
  ]);
});

test('an mbox larger than memory is read a little at a time, and so is a message in it', () => {
  const entry = Buffer.from(`From a Fri\nSubject: small\n\n${'>From a line\n'.repeat(40)}\n`);
  const large = { start: entry.length * 1000, lines: 400_000 };
  const head = Buffer.from('From b Fri\nSubject: large\n\n');
  const line = Buffer.from(
    'a line of a hundred bytes, which is the same again and again until the message is at its end here\n',
  );
  const end = large.start + head.length + large.lines * line.length;
  const reads: number[] = [];
  // Made as it is asked for: small messages, then a large one.
  const source: ByteSource = {
    length: end,
    read(start, to) {
      const bytes = Buffer.alloc(Math.max(0, Math.min(to, end) - start));
      reads.push(bytes.length);
      for (let at = start; at < start + bytes.length; ) {
        const [from, pattern] =
          at < large.start
            ? [at % entry.length, entry]
            : at < large.start + head.length
              ? [at - large.start, head]
              : [(at - large.start - head.length) % line.length, line];
        at += pattern.copy(bytes, at - start, from);
      }
      return bytes;
    },
  };
  let count = 0;
  let sizeBytes = 0;
  let largestPiece = 0;
  for (const message of messagesOfMbox(source)) {
    count += 1;
    sizeBytes = 0;
    for (const piece of message.pieces()) {
      sizeBytes += piece.length;
      largestPiece = Math.max(largestPiece, piece.length);
    }
  }
  expect([count, sizeBytes, largestPiece < 2 ** 21, Math.max(...reads) <= 2 ** 22]).toEqual([
    1001,
    'Subject: large\r\n\r\n'.length + large.lines * (line.length + 1),
    true,
    true,
  ]);
});
