import { lines, type MadeMessage, made } from './made-message.ts';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]);
const head = ['From: a@example.com', 'Subject: x', 'MIME-Version: 1.0'];
const picture = [
  'Content-Type: image/png; name=dot.png',
  'Content-Transfer-Encoding: base64',
  '',
  png.toString('base64'),
];
const file = { name: 'dot.png', type: 'image/png', content: png };
const good = { text: 'hello', files: [file] };
const mixed = (...all: string[]): string =>
  lines(...head, 'Content-Type: multipart/mixed; boundary="b1"', '', ...all, '');

const usual = mixed('--b1', 'Content-Type: text/plain', '', 'hello', '--b1', ...picture, '--b1--');

const delimiters: MadeMessage[] = [
  made('a text and a picture, as it should be', usual, good),
  made('LF line ends', usual.replaceAll('\r\n', '\n'), good),
  made('CR line ends', usual.replaceAll('\r\n', '\r'), good),
  made('CR CR LF line ends', usual.replaceAll('\r\n', '\r\r\n'), { textHas: ['hello'] }),
  made('mixed line ends', usual.replace('\r\nhello\r\n', '\nhello\n'), good),
  made('leading blank lines', `\r\n\r\n${usual}`, { ...good, subject: 'x' }),
  made('an mbox line at the front', `From a@example.com Tue Mar  5 14:07:09 2024\r\n${usual}`, {
    ...good,
    subject: 'x',
  }),
  made('a quoted mbox line at the front', `>From a@example.com Tue Mar  5 14:07:09 2024\r\n${usual}`, {
    ...good,
    subject: 'x',
  }),
  made('a byte order mark at the front', `\ufeff${usual}`, { ...good, subject: 'x' }),
  made('no closing delimiter', usual.replace('--b1--', ''), good),
  made('cut in the middle of the last part', usual.slice(0, usual.indexOf('--b1--') - 2), good),
  made('a boundary that the header does not name', usual.replace(' boundary="b1"', ''), good),
  made('a boundary other than the header names', usual.replace('"b1"', '"other"'), good),
  made('a boundary in other letter case', usual.replace('"b1"', '"B1"'), good),
  made('a boundary with a blank at its end', usual.replace('"b1"', '"b1 "'), good),
  made('a boundary with a comment after it', usual.replace('"b1"', 'b1 (comment)'), good),
  made(
    'a boundary without quotes that needs them',
    usual.replace('"b1"', '=_b1?x').replaceAll('--b1', '--=_b1?x'),
    good,
  ),
  made('a delimiter with blanks after it', usual.replaceAll('--b1\r\n', '--b1  \r\n'), good),
  made(
    'a delimiter glued to the headers of its part',
    mixed('--b1Content-Type: text/plain', '', 'hello', '--b1', ...picture, '--b1--'),
    good,
  ),
  made(
    'a delimiter glued to the text before it',
    mixed('--b1', 'Content-Type: text/plain', '', 'hello--b1', ...picture, '--b1--'),
    good,
  ),
  made('a closing delimiter glued to the data', usual.replace('\r\n--b1--', '--b1--'), good),
  made(
    'the first delimiter is missing',
    mixed('Content-Type: text/plain', '', 'hello', '--b1', ...picture, '--b1--'),
    {
      textHas: ['hello'],
      files: [file],
    },
  ),
  made(
    'a notice before the first part',
    mixed('This is a multi-part message in MIME format.', '--b1', '', 'hello', '--b1', ...picture, '--b1--'),
    good,
  ),
  made('text after the closing delimiter', `${usual}This message was checked.\r\n`, {
    textHas: ['hello', 'This message was checked.'],
    files: [file],
  }),
  made(
    'parts after the closing delimiter',
    mixed('--b1', '', 'hello', '--b1--', '--b1', ...picture, '--b1--'),
    good,
  ),
  made('parts without headers', mixed('--b1', '', 'hello', '--b1', ...picture, '--b1--'), good),
  made(
    'a part without the empty line',
    mixed('--b1', 'hello, this is the text', '--b1', ...picture, '--b1--'),
    { text: 'hello, this is the text', files: [file] },
  ),
  made(
    'one delimiter is the start of another',
    mixed(
      '--b1',
      'Content-Type: multipart/alternative; boundary="b12"',
      '',
      '--b12',
      '',
      'hello',
      '--b12--',
      '--b1',
      ...picture,
      '--b1--',
    ),
    good,
  ),
  made(
    'an inner multipart that is never closed',
    mixed(
      '--b1',
      'Content-Type: multipart/alternative; boundary=b2',
      '',
      '--b2',
      '',
      'hello',
      '--b1',
      ...picture,
      '--b1--',
    ),
    good,
  ),
  made(
    'an inner multipart with the same boundary',
    mixed(
      '--b1',
      'Content-Type: multipart/alternative; boundary="b1"',
      '',
      '--b1',
      '',
      'hello',
      '--b1',
      ...picture,
      '--b1--',
    ),
    good,
  ),
  made('a multipart with no delimiter at all shows its text', mixed('hello'), { text: 'hello' }),
  made('an empty multipart', mixed(''), { text: null, files: [] }),
  made('an empty first part', mixed('--b1', 'Content-Type: text/plain', '', '--b1', ...picture, '--b1--'), {
    files: [file],
  }),
  made(
    'a multipart that is base64 as a whole',
    lines(
      ...head,
      'Content-Type: multipart/mixed; boundary="b1"',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(lines('--b1', '', 'hello', '--b1', ...picture, '--b1--')).toString('base64'),
      '',
    ),
    good,
  ),
  made(
    'a multipart labelled quoted-printable that is not',
    usual.replace(
      'multipart/mixed; boundary="b1"',
      'multipart/mixed; boundary="b1"\r\nContent-Transfer-Encoding: quoted-printable',
    ),
    good,
  ),
];

const headers: MadeMessage[] = [
  made(
    'no empty line before the body',
    lines('Subject: x', 'From: a@example.com', 'This is the body of it.', 'Second line.'),
    {
      subject: 'x',
      textHas: ['This is the body of it.', 'Second line.'],
    },
  ),
  made('an empty line among the headers', usual.replace('MIME-Version', '\r\nMIME-Version'), {
    ...good,
    subject: 'x',
  }),
  made('no headers at all', 'just text\r\nand more\r\n', { subject: '', textHas: ['just text', 'and more'] }),
  made('only headers', lines('Subject: x', 'From: a@example.com'), { subject: 'x', text: null }),
  made('an empty message', '', { subject: '', text: null, files: [] }),
  made('a single dot as body', lines('Subject: x', '', '.', ''), { text: '.' }),
  made('Content-Type: text', lines('Content-Type: text', '', 'hello'), { text: 'hello' }),
  made('Content-Type: html', lines('Content-Type: html', '', '<p>hello</p>'), { htmlHas: ['<p>hello</p>'] }),
  made(
    'Content-Type: text/plain charset without a semicolon',
    lines('Content-Type: text/plain charset=koi8-r', '', 'Ёж'),
    { text: 'Ёж' },
    'koi8-r',
  ),
  made('a Content-Type of nonsense', lines('Content-Type: ;;;', '', 'hello'), { text: 'hello' }),
  made(
    'two Content-Type headers',
    lines('Content-Type: text/plain', 'Content-Type: text/html', '', 'hello'),
    { text: 'hello' },
  ),
  made('Content-Type in capitals', lines('CONTENT-TYPE: TEXT/HTML; CHARSET=UTF-8', '', '<p>hello</p>'), {
    htmlHas: ['<p>hello</p>'],
  }),
  made(
    'HTML sent as text/plain',
    lines('Content-Type: text/plain', '', '<html><body><p>hello</p></body></html>'),
    { htmlHas: ['<p>hello</p>'] },
  ),
  made('a folded Content-Type', usual.replace('mixed; boundary', 'mixed;\r\n\tboundary'), good),
  made(
    'multipart headers without Content-Type',
    lines('Subject: x', '', '--b1', 'Content-Type: text/plain', '', 'hello', '--b1--', ''),
    { text: 'hello' },
  ),
  made('blanks on the empty line', lines('Subject: x', ' ', 'hello'), { subject: 'x', text: 'hello' }),
];

const alternative = (...all: string[]): string =>
  lines(...head, 'Content-Type: multipart/alternative; boundary=b', '', ...all, '');

const choices: MadeMessage[] = [
  made(
    'text and HTML',
    alternative('--b', '', 'hello', '--b', 'Content-Type: text/html', '', '<p>hi</p>', '--b--'),
    { text: 'hello', htmlHas: ['<p>hi</p>'], files: [] },
  ),
  made(
    'HTML before text',
    alternative('--b', 'Content-Type: text/html', '', '<p>hi</p>', '--b', '', 'hello', '--b--'),
    { text: 'hello', htmlHas: ['<p>hi</p>'] },
  ),
  made(
    'an empty HTML form',
    alternative('--b', '', 'hello', '--b', 'Content-Type: text/html', '', '', '--b--'),
    { text: 'hello', html: null },
  ),
  made(
    'an empty text form',
    alternative('--b', '', '', '--b', 'Content-Type: text/html', '', '<p>hi</p>', '--b--'),
    { htmlHas: ['<p>hi</p>'], preview: 'hi' },
  ),
  made(
    'an AMP form is not shown',
    alternative(
      '--b',
      '',
      'hello',
      '--b',
      'Content-Type: text/x-amp-html',
      '',
      '<html amp>',
      '--b',
      'Content-Type: text/html',
      '',
      '<p>hi</p>',
      '--b--',
    ),
    { text: 'hello', htmlHas: ['<p>hi</p>'], files: [] },
  ),
  made('two texts after one another', mixed('--b1', '', 'one', '--b1', '', 'two', '--b1--'), {
    textHas: ['one', 'two'],
    files: [],
  }),
  made(
    'HTML after text in a mixed message',
    mixed('--b1', '', 'one', '--b1', 'Content-Type: text/html', '', '<p>two</p>', '--b1--'),
    { textHas: ['one', 'two'], htmlHas: ['one', '<p>two</p>'] },
  ),
  made(
    'a picture between two texts',
    mixed('--b1', '', 'one', '--b1', ...picture, '--b1', '', 'two', '--b1--'),
    { textHas: ['one', 'two'], files: [file] },
  ),
  made(
    'a related picture',
    lines(
      ...head,
      'Content-Type: multipart/related; boundary=b',
      '',
      '--b',
      'Content-Type: text/html',
      '',
      '<img src="cid:p1">',
      '--b',
      'Content-ID: <p1>',
      ...picture,
      '--b--',
      '',
    ),
    { htmlHas: ['cid:p1'], files: [file] },
  ),
  made(
    'related inside alternative',
    alternative(
      '--b',
      '',
      'hello',
      '--b',
      'Content-Type: multipart/related; boundary=r',
      '',
      '--r',
      'Content-Type: text/html',
      '',
      '<img src="cid:p1">',
      '--r',
      'Content-ID: <p1>',
      ...picture,
      '--r--',
      '--b--',
    ),
    { text: 'hello', htmlHas: ['cid:p1'], files: [file] },
  ),
  made(
    'mixed inside alternative',
    alternative(
      '--b',
      '',
      'hello',
      '--b',
      'Content-Type: multipart/mixed; boundary=m',
      '',
      '--m',
      'Content-Type: text/html',
      '',
      '<p>one</p>',
      '--m',
      ...picture,
      '--m',
      'Content-Type: text/html',
      '',
      '<p>two</p>',
      '--m--',
      '--b--',
    ),
    { text: 'hello', htmlHas: ['<p>one</p>', '<p>two</p>'], files: [file] },
  ),
  made(
    'a text labelled as attachment is the whole message',
    lines('Content-Disposition: attachment; filename=a.txt', '', 'hello'),
    { text: 'hello', files: [{ name: 'a.txt' }] },
  ),
  made(
    'a signed message',
    lines(
      ...head,
      'Content-Type: multipart/signed; boundary=b; protocol="application/pgp-signature"',
      '',
      '--b',
      '',
      'hello',
      '--b',
      'Content-Type: application/pgp-signature; name=signature.asc',
      '',
      'xx',
      '--b--',
      '',
    ),
    { text: 'hello', files: [{ name: 'signature.asc' }] },
  ),
  made(
    'a report of a failed delivery',
    lines(
      ...head,
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      '',
      'Not delivered.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      'Action: failed',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'Subject: lost',
      '',
      'inner',
      '--b--',
      '',
    ),
    {
      textHas: ['Not delivered.'],
      files: [{ type: 'message/delivery-status' }, { name: 'lost.eml', type: 'message/rfc822' }],
    },
  ),
  made('flowed text', lines('Content-Type: text/plain; format=flowed; delsp=yes', '', 'one ', 'two'), {
    text: 'one \ntwo',
  }),
  made('text/enriched alone', lines('Content-Type: text/enriched', '', '<bold>hello</bold> you'), {
    text: 'hello you',
  }),
];

/** Structure: delimiters, headers and the choice of the body. */
export const structureMessages: readonly MadeMessage[] = [...delimiters, ...headers, ...choices];
