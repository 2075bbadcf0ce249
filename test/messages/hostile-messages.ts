import { lines, type MadeMessage, made } from './made-message.ts';

const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join('');

/** A multipart in a multipart in a multipart. */
function deep(depth: number): string {
  const open = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
  );
  return `${open.join('')}Content-Type: text/plain\r\n\r\nthe bottom\r\n`;
}

/** Messages built to break a reader, and those that break it by mere size. */
export const hostileMessages: readonly MadeMessage[] = [
  made(
    '5,000 parts',
    `Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n${many(5000, (index) => `--b\r\nContent-Type: image/png; name=${index}.png\r\n\r\nx\r\n`)}--b--\r\n`,
    { textHas: ['hello'] },
  ),
  made('multiparts 1,000 deep', `Subject: x\r\n${deep(1000)}`, { subject: 'x', textHas: ['the bottom'] }),
  made('multiparts 30 deep', `Subject: x\r\n${deep(30)}`, { text: 'the bottom' }),
  made(
    '2 MB of headers before the subject',
    `${many(40_000, (index) => `X-Junk-${index}: ${'y'.repeat(40)}\r\n`)}Subject: x\r\n\r\nhello\r\n`,
    { subject: 'x', text: 'hello' },
  ),
  made('one header of 3 MB', `X-Junk: ${'y'.repeat(3_000_000)}\r\nSubject: x\r\n\r\nhello\r\n`, {
    subject: 'x',
    text: 'hello',
  }),
  made('a subject folded over 20,000 lines', `Subject: x${many(20_000, () => '\r\n y')}\r\n\r\nhello\r\n`, {
    text: 'hello',
  }),
  made(
    '100,000 references',
    `Message-ID: <m@x>\r\nReferences: ${many(100_000, (index) => `<${index}@x>\r\n `)}\r\nSubject: x\r\n\r\nhello\r\n`,
    { subject: 'x', text: 'hello', messageId: 'm@x' },
  ),
  made(
    '20,000 people',
    `To: ${many(20_000, (index) => `p${index}@example.com,\r\n `)}\r\nSubject: x\r\n\r\nhello\r\n`,
    { subject: 'x', text: 'hello' },
  ),
  made('100,000 opening brackets in From', `From: ${'('.repeat(100_000)}\r\nSubject: x\r\n\r\nhello\r\n`, {
    subject: 'x',
    text: 'hello',
  }),
  made('100,000 quotes in From', `From: ${'"'.repeat(100_000)}\r\nSubject: x\r\n\r\nhello\r\n`, {
    subject: 'x',
    text: 'hello',
  }),
  made('50,000 encoded words', `Subject: ${'=?utf-8?B?YQ==?= '.repeat(50_000)}\r\n\r\nhello\r\n`, {
    text: 'hello',
  }),
  made('50,000 half encoded words', `Subject: ${'=?utf-8?B?'.repeat(50_000)}\r\n\r\nhello\r\n`, {
    text: 'hello',
  }),
  made(
    '10,000 parameters',
    `Content-Type: text/plain${many(10_000, (index) => `; a${index}*0*=b`)}\r\nSubject: x\r\n\r\nhello\r\n`,
    { text: 'hello' },
  ),
  made(
    'a megabyte of delimiters',
    `Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nhello\r\n${'--b\r\n'.repeat(200_000)}`,
    { subject: 'x' },
  ),
  made(
    'a megabyte of lines that begin like delimiters',
    `Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n${'--bb\r\n'.repeat(200_000)}--b--`,
    { textHas: ['hello'] },
  ),
  made(
    'no boundary over a megabyte of dashes',
    `Subject: x\r\nContent-Type: multipart/mixed\r\n\r\nhello\r\n${'--\r\n-- x\r\n'.repeat(100_000)}`,
    { textHas: ['hello'] },
  ),
  made(
    'elements nested 100,000 deep',
    `Subject: x\r\nContent-Type: text/html\r\n\r\n${'<b>'.repeat(100_000)}hello`,
    { htmlHas: ['hello'] },
  ),
  made(
    'a megabyte of less-than signs',
    `Subject: x\r\nContent-Type: text/html\r\n\r\nhello ${'<'.repeat(1_000_000)}`,
    { subject: 'x' },
  ),
  made('50,000 begin lines', `Subject: x\r\n\r\nhello\r\n${'begin 644 a\r\n'.repeat(50_000)}`, {
    textHas: ['hello'],
  }),
  made(
    '300,000 folded lines of one blank',
    `Subject: x${many(300_000, () => '\r\n ')}\r\nFrom: a@example.com\r\n\r\nhello`,
    { subject: 'x', text: 'hello' },
  ),
  made(
    '40,000 yEnc marks without an end',
    `Subject: x\r\n\r\nhello\r\n${'=ybegin size=1 name=a\r\n'.repeat(40_000)}`,
    { textHas: ['hello'] },
  ),
  made('30,000 commas in From', `From: ${'a,'.repeat(30_000)}\r\nSubject: x\r\n\r\nhello`, {
    subject: 'x',
    text: 'hello',
  }),
  made('a line of 5 MB', `Subject: x\r\n\r\nhello ${'y'.repeat(5_000_000)}`, { textHas: ['hello'] }),
  made(
    'random bytes',
    Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919 + (index >> 3) * 104_729) & 0xff)),
    {},
  ),
  made('only zero bytes', Buffer.alloc(5000), {}),
  made(
    'names of object members as headers and parameters',
    lines(
      '__proto__: x',
      'constructor: y',
      'Subject: x',
      'Content-Type: text/plain; __proto__=a; constructor=b; charset=utf-8',
      '',
      'hello',
    ),
    { subject: 'x', text: 'hello' },
  ),
  made('a blank run of a megabyte in a header', `Subject: a${' '.repeat(1_000_000)}b\r\n\r\nhello`, {
    text: 'hello',
  }),
  made(
    'a megabyte of blanks in quoted-printable',
    `Subject: x\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nhello${' '.repeat(1_000_000)}end`,
    { textHas: ['hello', 'end'] },
  ),
];
