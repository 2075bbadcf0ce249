import { base64, lines, type MadeMessage, made, quoted, someBytes } from './made-message.ts';

const russian = 'Привет! Это проверка кодировок, ничего важного.';
const text = (encoding: string, body: string): string =>
  lines(
    'Subject: x',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    body,
  );
const coded = base64(russian);

const texts: MadeMessage[] = [
  made('base64', text('base64', coded), { text: russian }),
  made('BASE64 in capitals', text('BASE64', coded), { text: russian }),
  made('base-64', text('base-64', coded), { text: russian }),
  made('base64 with a comment', text('base64 (yes)', coded), { text: russian }),
  made('base64 in one long line', text('base64', Buffer.from(russian).toString('base64')), { text: russian }),
  made(
    'base64 with odd line lengths',
    text('base64', coded.replace(/\s/g, '').replace(/(.{7})/g, '$1\r\n')),
    { text: russian },
  ),
  made('base64 with blanks in the lines', text('base64', coded.replace(/(.{5})/g, '$1 ')), { text: russian }),
  made('base64 without padding', text('base64', coded.replace(/=+$/, '')), { text: russian }),
  made('base64 with an empty line between lines', text('base64', coded.replaceAll('\r\n', '\r\n\r\n')), {
    text: russian,
  }),
  made(
    'base64 with a list footer after it',
    text('base64', `${base64(`${russian}..`)}\r\n\r\n_____\r\nThe list of our town\r\n`),
    { textHas: [russian, 'The list of our town'] },
  ),
  made(
    'padded base64 pieces after one another',
    text('base64', `${base64('one two ')}\r\n${base64('three')}`),
    { text: 'one two three' },
  ),
  made('base64 cut in the middle of a group', text('base64', base64('hello world').slice(0, -2)), {
    textHas: ['hello wor'],
  }),
  made(
    'base64 declared over plain text',
    text('base64', 'This text was never encoded, whatever the header says.'),
    { text: 'This text was never encoded, whatever the header says.' },
  ),
  made(
    'base64 that nothing declares',
    lines('Subject: x', 'Content-Type: text/plain; charset=utf-8', '', base64(russian.repeat(4)), ''),
    { text: russian.repeat(4) },
  ),
  made('quoted-printable', text('quoted-printable', quoted(Buffer.from(russian))), { text: russian }),
  made('quoted printable with a blank', text('quoted printable', quoted(Buffer.from(russian))), {
    text: russian,
  }),
  made(
    'quoted-printable in small letters',
    text('quoted-printable', quoted(Buffer.from(russian)).toLowerCase()),
    { text: russian },
  ),
  made('quoted-printable with a stray equals sign', text('quoted-printable', 'a=b and 2+2=4 and =zz'), {
    text: 'a=b and 2+2=4 and =zz',
  }),
  made(
    'quoted-printable with blanks before the line end',
    text('quoted-printable', 'one  \r\ntwo=20\r\nthree= \r\n four'),
    { text: 'one\ntwo \nthree four' },
  ),
  made('quoted-printable that ends in an equals sign', text('quoted-printable', 'one='), { text: 'one' }),
  made(
    'quoted-printable with raw 8-bit letters',
    text('quoted-printable', 'Привет =D0=B2=D1=81=D0=B5=D0=BC'),
    { text: 'Привет всем' },
  ),
  made('quoted-printable cut inside a letter', text('quoted-printable', '=D0=9F=D1=80=D0'), {
    textHas: ['Пр'],
  }),
  made('an unknown encoding leaves the text alone', text('x-whatever', russian), { text: russian }),
  made('an encoding with a semicolon', text('base64;', coded), { text: russian }),
  made('8bit', text('8bit', russian), { text: russian }),
  made('zero bytes in the text', text('8bit', 'one\0two'), { text: 'onetwo' }),
];

const attached = (encoding: string, body: string | Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      lines(
        'Subject: x',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        '',
        'see file',
        '--b',
        'Content-Type: application/octet-stream; name=data.bin',
        'Content-Disposition: attachment; filename=data.bin',
        `Content-Transfer-Encoding: ${encoding}`,
        '',
        '',
      ),
    ),
    Buffer.from(body as string, 'latin1'),
    Buffer.from('\r\n--b--\r\n'),
  ]);
const sizes = [0, 1, 2, 3, 4, 57, 58, 1000, 65_537, 300_001];
const files: MadeMessage[] = [
  ...sizes.map((size) => {
    const content = someBytes(size, size + 1);
    return made(`a base64 file of ${size} bytes`, attached('base64', base64(content)), {
      text: 'see file',
      files: [{ name: 'data.bin', content }],
    });
  }),
  ...[1, 1000, 400_000].map((size) => {
    const content = someBytes(size, size + 7);
    return made(
      `a quoted-printable file of ${size} bytes`,
      attached(
        'quoted-printable',
        quoted(
          Buffer.from(content.filter((byte) => byte !== 10 && byte !== 13 && byte !== 32 && byte !== 9)),
        ),
      ),
      {
        files: [
          {
            name: 'data.bin',
            content: content.filter(
              (byte) => byte !== 10 && byte !== 13 && byte !== 32 && byte !== 9,
            ) as Buffer,
          },
        ],
      },
    );
  }),
  made(
    'a binary file with line ends and dashes in it',
    attached('binary', Buffer.from('a\r\n\r\n--c\r\n--\n\0\x01\xff', 'latin1')),
    { files: [{ name: 'data.bin', content: Buffer.from('a\r\n\r\n--c\r\n--\n\0\x01\xff', 'latin1') }] },
  ),
  made('a 7bit file keeps its line ends', attached('7bit', 'one\r\ntwo\r\n'), {
    files: [{ content: Buffer.from('one\r\ntwo\r\n') }],
  }),
  made(
    'base64 without padding in a file',
    attached('base64', someBytes(100).toString('base64').replace(/=+$/, '')),
    { files: [{ content: someBytes(100) }] },
  ),
];

/** Transfer encodings, whole and broken. */
export const encodingMessages: readonly MadeMessage[] = [...texts, ...files];
