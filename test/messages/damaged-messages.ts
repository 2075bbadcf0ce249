import { base64, lines, type MadeMessage, made, quoted, someBytes } from './made-message.ts';

const plain = 'Content-Type: text/plain; charset=utf-8';
const coded = 'Content-Transfer-Encoding: base64';
const words = ['один', 'два', 'три', 'четыре', 'пять', 'шесть'].map(
  (number) => `Строка ${number}, и в ней довольно слов, чтобы код её занял больше, чем одну строку.`,
);
const codeLines = base64(words.join('\n')).split('\r\n');

/** A text in base64, given as what makes other lines of its lines. */
function text(change: (all: string[]) => string[], ...head: readonly string[]): string {
  return lines('Subject: x', ...head, '', ...change([...codeLines]), '');
}

const file = someBytes(300);
const fileLines = base64(file).split('\r\n');

/** Messages that something on their way has damaged: a line is cut or lost, or a line end is not what the others are. */
export const damagedMessages: readonly MadeMessage[] = [
  made(
    'base64 with a line that has lost its end',
    text((all) => all.with(2, all[2]?.slice(0, 41) ?? ''), plain, coded),
    { textHas: words.slice(2) },
  ),
  made(
    'base64 with a line that has a character too much',
    text((all) => all.with(0, `x${all[0]}`), plain, coded),
    { textHas: words.slice(1) },
  ),
  made(
    'base64 with a line of words in its middle',
    text((all) => all.toSpliced(4, 0, 'Scanned by the town hall.'), plain, coded),
    { text: `${words.join('\n')}\nScanned by the town hall.` },
  ),
  made(
    'base64 with a sign of equality in its middle',
    text((all) => all.with(2, `${all[2]?.slice(0, 20)}=${all[2]?.slice(21)}`), plain, coded),
    { textHas: words.slice(2) },
  ),
  made(
    'base64 that quoted-printable is declared for',
    text((all) => all, plain, 'Content-Transfer-Encoding: quoted-printable'),
    {
      text: words.join('\n'),
    },
  ),
  made(
    'quoted-printable that base64 is declared for',
    lines('Subject: x', plain, coded, '', quoted(Buffer.from(words.join('\r\n'))), ''),
    { text: words.join('\n') },
  ),
  made(
    'base64 that nothing declares, with a line of words in it',
    text((all) => all.toSpliced(4, 0, 'See below.'), plain),
    { text: `${words.join('\n')}\nSee below.` },
  ),
  made(
    'words with a key in base64 among them',
    lines('Subject: x', plain, '', 'My key, as you asked:', '', ...fileLines, '', 'Ann', ''),
    { text: ['My key, as you asked:', '', ...fileLines, '', 'Ann'].join('\n') },
  ),
  made(
    'a file in base64 with a list footer under it that ends with a code',
    lines(
      'Subject: x',
      'Content-Type: application/octet-stream; name=a.bin',
      coded,
      '',
      ...fileLines,
      '_______________________________________________',
      'list mailing list',
      '-----BEGIN PGP SIGNATURE-----',
      '',
      ...(someBytes(150, 2)
        .toString('base64')
        .match(/.{1,64}/g) ?? []),
      '-----END PGP SIGNATURE-----',
      '',
    ),
    { files: [{ name: 'a.bin', content: file }] },
  ),
  made(
    'headers and delimiters that CR ends where LF ends the other lines',
    [
      'Subject: x\rContent-Type: multipart/mixed; boundary=cut\n',
      '\n',
      '--cut\rContent-Type: text/plain\r\rone\n',
      'two\n',
      '--cut\r\rthree\n',
      '--cut--\n',
    ].join(''),
    { subject: 'x', text: 'one\ntwo\nthree' },
  ),
  made('a CR in the middle of a subject', 'Subject: one\rtwo\r\nFrom: ann@example.com\r\n\r\nbody\r\n', {
    subject: 'one two',
    from: 'ann@example.com',
    text: 'body',
  }),
  made(
    'lines that CR CR LF ends',
    [
      'Subject: x',
      'Content-Type: multipart/mixed; boundary=cut',
      '',
      '--cut',
      plain,
      '',
      'one',
      '--cut--',
      '',
    ].join('\r\r\n'),
    { subject: 'x', text: 'one' },
  ),
  made(
    'words before the parts that speak of MIME',
    lines(
      'Subject: x',
      'Content-Type: multipart/mixed; boundary=cut',
      '',
      'The message you sent came back.',
      'MIME-Version: 1.0',
      '--cut',
      '',
      'below',
      '--cut--',
      '',
    ),
    { textHas: ['The message you sent came back.', 'below'] },
  ),
  made(
    'a plain form that a stray delimiter cuts in two',
    lines(
      'Subject: x',
      'Content-Type: multipart/alternative; boundary=cut',
      '',
      '--cut',
      plain,
      '',
      'one',
      '--cut',
      '',
      'two and more words than before',
      '--cut',
      'Content-Type: text/html',
      '',
      '<p>one</p><p>two and more words than before</p>',
      '--cut--',
      '',
    ),
    { textHas: ['one', 'two and more words than before'], htmlHas: ['<p>one</p>'] },
  ),
];
