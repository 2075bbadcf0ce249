import { deflateSync } from 'node:zlib';
import { base64, lines, type MadeMessage, made } from './made-message.ts';

type Piece = { readonly head: readonly string[]; readonly body: string };

function of(type: string, ...pieces: readonly Piece[]): string[] {
  const each = pieces.flatMap(({ head, body }) => ['--cut', ...head, '', body]);
  return [`Content-Type: multipart/${type}; boundary=cut`, '', ...each, '--cut--', ''];
}
const letter = (habit: string, all: readonly string[], expected: MadeMessage['expected']): MadeMessage =>
  made(habit, lines('Subject: x', ...all), expected);

const plain = 'Content-Type: text/plain; charset=utf-8';
const html = 'Content-Type: text/html; charset=utf-8';
const footer = '____________________\r\nTown list';
const png = { head: ['Content-Type: image/png; name=a.png', 'Content-ID: <a@x>'], body: 'png' };
const file = { name: 'a.png', content: Buffer.from('png') };

const related: MadeMessage[] = [
  letter(
    'a text with an id as the root of multipart/related',
    of('related', { head: [plain, 'Content-ID: <r@x>'], body: 'The letter.' }, png),
    { text: 'The letter.', files: [file] },
  ),
  letter(
    'a text with an id that nothing points to',
    of('related', { head: [html], body: '<p>one</p>' }, { head: [plain, 'Content-ID: <t@x>'], body: 'two' }),
    { htmlHas: ['one', 'two'], files: [] },
  ),
  letter(
    'a text with an id that the HTML points to',
    of(
      'related',
      { head: [html], body: '<iframe src="cid:t@x"></iframe>' },
      { head: [plain, 'Content-ID: <t@x>'], body: 'two' },
    ),
    { htmlHas: ['cid:t@x'], files: [{ content: Buffer.from('two') }] },
  ),
  letter(
    'a root that stands last and is named by start',
    of('related; start="<r@x>"', png, { head: [plain, 'Content-ID: <r@x>'], body: 'The letter.' }),
    { text: 'The letter.', files: [file] },
  ),
];

const words = 'Dear all, the meeting moves to room 12 on Thursday at ten.';
const alternative: MadeMessage[] = [
  letter(
    'an HTML footer appended inside multipart/alternative',
    of(
      'alternative',
      { head: [plain], body: words },
      { head: [html], body: `<p>${words}</p>` },
      { head: [html], body: '<p>Confidential notice</p>' },
    ),
    { textHas: [words, 'Confidential notice'], htmlHas: [words, 'Confidential notice'] },
  ),
  letter(
    'an HTML notice put before the letter inside multipart/alternative',
    of(
      'alternative',
      { head: [html], body: '<p>External sender, beware</p>' },
      { head: [plain], body: words },
      { head: [html], body: `<p>${words}</p>` },
    ),
    { textHas: [words, 'External sender'], htmlHas: [words, 'External sender'] },
  ),
  letter(
    'a plain footer appended inside multipart/alternative',
    of(
      'alternative',
      { head: [plain], body: words },
      { head: [html], body: `<p>${words}</p>` },
      { head: [plain], body: 'Unsubscribe: write to Anna Sand' },
    ),
    { htmlHas: [words, 'Unsubscribe'] },
  ),
  letter(
    'two HTML forms of one letter: the last is shown, once',
    of(
      'alternative',
      { head: [plain], body: words },
      { head: [html], body: `<i>${words}</i>` },
      { head: [html], body: `<b>${words}</b>` },
    ),
    { text: words, htmlHas: [`<b>${words}</b>`] },
  ),
];

const headers: MadeMessage[] = [
  letter(
    'several empty lines before Content-Type',
    ['MIME-Version: 1.0', '', '', '', ...of('mixed', { head: [plain], body: 'hello' })],
    { text: 'hello' },
  ),
  letter('several empty lines before a plain text', ['', '', '', 'Content is king: hello', ''], {
    text: 'Content is king: hello',
  }),
  letter(
    'an empty line before the headers of a part',
    [
      'Content-Type: multipart/mixed; boundary=cut',
      '',
      '--cut',
      '',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      base64('Привет'),
      '--cut--',
      '',
    ],
    { text: 'Привет' },
  ),
  letter(
    'parameters on lines that are not indented',
    [
      'Content-Type: multipart/mixed;',
      'boundary="cut"',
      '',
      '--cut',
      plain,
      '',
      'hello',
      '--cut',
      'Content-Type: application/pdf',
      'name="a:b.pdf"',
      '',
      'data',
      '--cut--',
      '',
    ],
    { text: 'hello', files: [{ name: 'a_b.pdf', content: Buffer.from('data') }] },
  ),
  letter('a text of sums after one line of headers', [plain, '', 'x = 5; name=Anna', ''], {
    text: 'x = 5; name=Anna',
  }),
  letter(
    'a boundary that ends in blanks',
    ['Content-Type: multipart/mixed; boundary="cut  "', '', '--cut  ', plain, '', 'hello', '--cut  --', ''],
    { text: 'hello', files: [] },
  ),
  ...[
    'Это сообщение состоит из нескольких частей в формате MIME.',
    'Dies ist eine mehrteilige Nachricht im MIME-Format.',
    'Ceci est un message en plusieurs parties au format MIME.',
    'これは MIME 形式のマルチパートメッセージです。',
  ].map((notice) =>
    letter(
      `the notice ${notice}`,
      of('mixed', { head: [plain], body: 'hello' }).toSpliced(1, 0, '', notice),
      { text: 'hello' },
    ),
  ),
  letter(
    'words before the parts that are no notice',
    of('mixed', { head: [plain], body: 'hello' }).toSpliced(
      1,
      0,
      '',
      'Dear Anna, here is what you asked for.',
    ),
    { textHas: ['Dear Anna', 'hello'] },
  ),
  letter('a multipart whose only part is empty', of('mixed', { head: [plain], body: '' }), {
    text: null,
    html: null,
  }),
  letter(
    'a multipart whose forms are empty',
    of('alternative', { head: [plain], body: '' }, { head: [html], body: '' }),
    { text: null },
  ),
  letter(
    'a flowed text and a footer that is not',
    of('mixed', { head: [`${plain}; format=flowed`], body: 'one \r\nline' }, { head: [plain], body: footer }),
    { text: 'one line\n____________________\nTown list' },
  ),
  letter(
    'two flowed texts of which one drops its blanks',
    of(
      'mixed',
      { head: [`${plain}; format=flowed`], body: 'one \r\nline' },
      { head: [`${plain}; format=flowed; delsp=yes`], body: 'wo \r\nrd' },
    ),
    { text: 'one line\nword' },
  ),
  letter(
    'message/global-delivery-status alone',
    of('report; report-type=delivery-status', {
      head: ['Content-Type: message/global-delivery-status'],
      body: 'Reporting-MTA: dns; a.example\r\n\r\nAction: failed',
    }),
    { textHas: ['Action: failed'] },
  ),
];

/** One element of BER. */
function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const inside = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, 0x82, inside.length >> 8, inside.length & 0xff]), inside]);
}
const identifier = (...last: number[]): Buffer =>
  element(6, Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, ...last]));
const sealed = (type: Buffer, content: Buffer): Buffer =>
  element(
    0x30,
    type,
    element(
      0xa0,
      element(
        0x30,
        element(2, Buffer.from([1])),
        element(0x31),
        element(0x30, identifier(7, 1), element(0xa0, element(4, content))),
      ),
    ),
  );
const inside = Buffer.from(lines(plain, '', 'Встреча в среду', ''));
const signed = sealed(identifier(7, 2), inside);
const compressed = sealed(identifier(9, 16, 1, 9), deflateSync(inside));
const enveloped = sealed(identifier(7, 3), Buffer.from('locked'));
const smime = (name: string, bytes: Buffer): string[] => [
  `Content-Type: application/octet-stream; name="${name}"`,
  'Content-Transfer-Encoding: base64',
  '',
  base64(bytes),
  '',
];

const protectedOnes: MadeMessage[] = [
  letter('a signed message as application/octet-stream', smime('smime.p7m', signed), {
    text: 'Встреча в среду',
    protection: 'signed',
  }),
  letter('a signed message in a file called .p7s', smime('smime.p7s', signed), {
    text: 'Встреча в среду',
    protection: 'signed',
  }),
  letter('a compressed message as application/octet-stream', smime('smime.p7z', compressed), {
    text: 'Встреча в среду',
    protection: null,
  }),
  letter('a locked message as application/octet-stream', smime('smime.p7m', enveloped), {
    text: null,
    protection: 'encrypted',
    files: [{ name: 'smime.p7m' }],
  }),
  letter('a file called .p7m that is none', smime('smime.p7m', Buffer.from('hello')), {
    protection: null,
    files: [{ content: Buffer.from('hello') }],
  }),
  made(
    'a subject that is hidden in a signed message',
    lines(
      'Subject: ...',
      ...of(
        'signed; protocol="application/pgp-signature"',
        { head: [`${plain}; protected-headers="v1"`, 'Subject: =?utf-8?Q?=D0=94=D0=B0?='], body: 'hello' },
        { head: ['Content-Type: application/pgp-signature'], body: 'x' },
      ),
    ),
    { subject: 'Да', text: 'hello', protection: 'signed' },
  ),
  made(
    'a signed message that is wrapped whole',
    lines(
      'Subject: ...',
      ...of(
        'signed; protocol="application/pkcs7-signature"',
        {
          head: ['Content-Type: message/rfc822; forwarded=no'],
          body: lines('Subject: Real', plain, '', 'hello'),
        },
        { head: ['Content-Type: application/pkcs7-signature'], body: 'x' },
      ),
    ),
    { subject: 'Real', text: 'hello', protection: 'signed' },
  ),
  made(
    'a forwarded message in a signed one',
    lines(
      'Subject: Fwd',
      ...of(
        'signed; protocol="application/pkcs7-signature"',
        {
          head: ['Content-Type: message/rfc822; forwarded=yes'],
          body: lines('Subject: Real', plain, '', 'hello'),
        },
        { head: ['Content-Type: application/pkcs7-signature'], body: 'x' },
      ),
    ),
    { subject: 'Fwd', text: null, files: [{ name: 'Real.eml' }, {}] },
  ),
  letter(
    'a text that is signed in the clear',
    [
      plain,
      '',
      '-----BEGIN PGP SIGNED MESSAGE-----',
      'Hash: SHA512',
      '',
      'Agenda',
      '- ------',
      '',
      '-----BEGIN PGP SIGNATURE-----',
      '',
      'iQIz',
      '=abcd',
      '-----END PGP SIGNATURE-----',
      'footer',
      '',
    ],
    { text: 'Agenda\n------\n\nfooter', protection: 'signed' },
  ),
  letter(
    'a text that only speaks of the armour',
    [plain, '', 'Put -----BEGIN PGP SIGNED MESSAGE----- before it.', ''],
    {
      text: 'Put -----BEGIN PGP SIGNED MESSAGE----- before it.',
      protection: null,
    },
  ),
  letter(
    'armour in HTML alone',
    [html, '', '<p>-----BEGIN PGP MESSAGE-----<br><br>hQEM<br>-----END PGP MESSAGE-----</p>', ''],
    { protection: 'encrypted' },
  ),
  letter(
    'one locked file without a word beside it',
    [
      'Content-Type: application/octet-stream; name="letter.asc"',
      '',
      '-----BEGIN PGP MESSAGE-----',
      '',
      'hQEM',
      '',
    ],
    { protection: 'encrypted' },
  ),
  letter(
    'a public key without a word beside it',
    [
      'Content-Type: application/octet-stream; name="key.asc"',
      '',
      '-----BEGIN PGP PUBLIC KEY BLOCK-----',
      '',
    ],
    { protection: null },
  ),
];

const base = 'Content-Transfer-Encoding: base64';
const sums = [
  '97cfbe87531abe0c6bac7b21d616cb422faaa158a9f2ae7e8685c79eb85fc65e',
  '0467255695084cc12ffe0c55105907f74a9c189314b9fe87b878eb6fee787b99',
];
const alphabet = 'abcdefghijklmnopqrstuvwxyz';
const torn = ['YWJj', '', 'ZG', '', 'V', '', 'mZ2hpamtsbW', '', '5vcHFyc3R1dnd4', '', 'eXo='];
const codes: MadeMessage[] = [
  letter('lines of checksums', [plain, '', ...sums, ''], { text: sums.join('\n') }),
  letter('lines of digits', [plain, '', '12345678'.repeat(8), '87654321'.repeat(8), ''], {
    text: `${'12345678'.repeat(8)}\n${'87654321'.repeat(8)}`,
  }),
  letter(
    'lines of a key',
    [
      plain,
      '',
      'mQENBFzqY2sBCADLr0vZJ8t1m3Pq9wXkR5uN7dTfHs2aLbVcYgEiOoKjWxMzQnSr',
      'Zt6yUvBpCqDwErFsGtHuIvJwKxLyMzNaObPcQdReSfTgUhViWjXkYlZm0n1o2p3q',
      '',
    ],
    {
      textHas: ['mQENBFzqY2sBCADLr0vZJ8t1m3Pq9wXkR5uN7dTfHs2aLbVcYgEiOoKjWxMzQnSr'],
    },
  ),
  letter('base64 that nothing declares', [plain, '', base64(`${words} `.repeat(4)), ''], {
    text: `${words} `.repeat(4).trim(),
  }),
  letter('base64 with empty lines in it', [plain, base, '', ...torn, ''], { text: alphabet }),
  letter(
    'a file in base64 with empty lines in it',
    ['Content-Type: application/octet-stream; name=a.bin', base, '', ...torn, ''],
    {
      files: [{ content: Buffer.from(alphabet) }],
    },
  ),
  letter('base64 with empty lines between whole groups', [plain, base, '', 'YWJj', '', 'ZGVm', '', ''], {
    text: 'abcdef',
  }),
  letter(
    'short base64 above the footer of a list',
    [plain, base, '', base64('Yes, see you at noon.\n'), '', '_______________', 'Garden mailing list', ''],
    {
      textHas: ['Yes, see you at noon.', 'Garden mailing list'],
    },
  ),
  letter(
    'short base64 with strange signs in it',
    [plain, base, '', '!WWVzLCBz*ZWUgeW91IGF0IG5vb24uCg==', ''],
    { textHas: ['see you at noon.'] },
  ),
  letter('one short line of base64 in Russian', [plain, base, '', base64('Да, жду'), ''], {
    text: 'Да, жду',
  }),
  letter('one short word that was never encoded', [plain, base, '', 'Hello there, Anna!', ''], {
    text: 'Hello there, Anna!',
  }),
  letter('colours of a page in a plain text', [plain, '', 'R=FF G=A0 B=C0 A=80', ''], {
    text: 'R=FF G=A0 B=C0 A=80',
  }),
  letter(
    'an address with codes in a plain text',
    [plain, '', 'see http://a.example/?q=E0&r=E1&s=E2&t=E3', ''],
    { text: 'see http://a.example/?q=E0&r=E1&s=E2&t=E3' },
  ),
  letter(
    'quoted-printable that nothing declares',
    [plain, '', '=CF=F0=E8=E2=E5=F2, =EA=E0=EA =E4=E5=EB=E0?', ''],
    { text: 'Привет, как дела?' },
  ),
];

/** Shapes of messages that gateways, lists and programs give them. */
export const shapeMessages: readonly MadeMessage[] = [
  ...related,
  ...alternative,
  ...headers,
  ...protectedOnes,
  ...codes,
];
