import iconv from 'iconv-lite';
import { lines, type MadeMessage, made, word } from './made-message.ts';

const withFile = (...headers: string[]): string =>
  lines(
    'Subject: x',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    '',
    'hello',
    '--b',
    ...headers,
    '',
    'data',
    '--b--',
    '',
  );
const named = (habit: string, wanted: string, charset: string, ...headers: string[]): MadeMessage =>
  made(
    habit,
    withFile(...headers),
    { text: 'hello', files: [{ name: wanted, content: Buffer.from('data') }] },
    charset,
  );
const percent = (text: string, charset: string): string =>
  [...iconv.encode(text, charset)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');

const pdf = 'Content-Type: application/pdf';
const disposition = (rest: string): string => `Content-Disposition: attachment; ${rest}`;

const names: MadeMessage[] = [
  named('a plain file name', 'a.pdf', 'utf-8', pdf, disposition('filename=a.pdf')),
  named('a quoted file name with blanks', 'my file.pdf', 'utf-8', pdf, disposition('filename="my file.pdf"')),
  named(
    'a file name with blanks that nobody quoted',
    'my file.pdf',
    'utf-8',
    pdf,
    disposition('filename=my file.pdf'),
  ),
  named('the name only in Content-Type', 'a.pdf', 'utf-8', `${pdf}; name=a.pdf`),
  named(
    'two names: the disposition counts',
    'b.pdf',
    'utf-8',
    `${pdf}; name=a.pdf`,
    disposition('filename=b.pdf'),
  ),
  named(
    'RFC 2231 in UTF-8',
    'Договор.pdf',
    'utf-8',
    pdf,
    disposition(`filename*=utf-8''${percent('Договор.pdf', 'utf-8')}`),
  ),
  named(
    'RFC 2231 in koi8-r',
    'Договор.pdf',
    'utf-8',
    pdf,
    disposition(`filename*=koi8-r'ru'${percent('Договор.pdf', 'koi8-r')}`),
  ),
  named(
    'RFC 2231 in pieces',
    'Договор аренды.pdf',
    'utf-8',
    pdf,
    disposition(
      `filename*0*=utf-8''${percent('Договор ', 'utf-8')};\r\n filename*1*=${percent('аренды', 'utf-8')};\r\n filename*2=.pdf`,
    ),
  ),
  named(
    'RFC 2231 in pieces out of order',
    'Договор аренды.pdf',
    'utf-8',
    pdf,
    disposition(
      `filename*2=.pdf; filename*1*=${percent('аренды', 'utf-8')};\r\n filename*0*=utf-8''${percent('Договор ', 'utf-8')}`,
    ),
  ),
  named(
    'RFC 2231 cut inside a letter',
    'Дом.pdf',
    'utf-8',
    pdf,
    disposition("filename*0*=utf-8''%D0%94%D0; filename*1*=%BE%D0%BC.pdf"),
  ),
  named(
    'plain continuations',
    'a-long-name.pdf',
    'utf-8',
    pdf,
    disposition('filename*0="a-long"; filename*1="-name.pdf"'),
  ),
  named(
    'both forms: the starred counts',
    'Дом.pdf',
    'utf-8',
    pdf,
    disposition('filename="=?utf-8?Q?x.pdf?="; filename*=utf-8\'\'%D0%94%D0%BE%D0%BC.pdf'),
  ),
  named(
    'an RFC 2231 value without its star',
    'Дом.pdf',
    'utf-8',
    pdf,
    disposition('filename="utf-8\'\'%D0%94%D0%BE%D0%BC.pdf"'),
  ),
  named(
    'percent signs without RFC 2231',
    'Дом.pdf',
    'utf-8',
    pdf,
    disposition('filename="%D0%94%D0%BE%D0%BC.pdf"'),
  ),
  named('a percent sign that means itself', '100%.pdf', 'utf-8', pdf, disposition('filename="100%.pdf"')),
  named(
    'an encoded word as name',
    'Договор.pdf',
    'utf-8',
    pdf,
    disposition(`filename="${word('Договор.pdf')}"`),
  ),
  named(
    'an encoded word without quotes',
    'Договор.pdf',
    'utf-8',
    pdf,
    disposition(`filename=${word('Договор.pdf')}`),
  ),
  named(
    'encoded words over two lines',
    'Договор аренды.pdf',
    'utf-8',
    pdf,
    disposition(`filename="${word('Договор ')}\r\n ${word('аренды.pdf')}"`),
  ),
  named(
    'an encoded word in koi8-r, quoted',
    'Договор.pdf',
    'utf-8',
    pdf,
    disposition(`filename="${word('Договор', 'koi8-r', 'Q')}.pdf"`),
  ),
  named(
    'an encoded word in RFC 2231 pieces',
    'Договор.pdf',
    'utf-8',
    pdf,
    disposition(
      `filename*0="${word('Договор.pdf').slice(0, 20)}"; filename*1="${word('Договор.pdf').slice(20)}"`,
    ),
  ),
  named('a raw UTF-8 name', 'Договор.pdf', 'utf-8', pdf, disposition('filename="Договор.pdf"')),
  named(
    'a raw koi8-r name',
    'Договор аренды помещения.pdf',
    'koi8-r',
    pdf,
    disposition('filename="Договор аренды помещения.pdf"'),
  ),
  named(
    'a raw windows-1251 name',
    'Договор аренды помещения.pdf',
    'windows-1251',
    pdf,
    disposition('filename="Договор аренды помещения.pdf"'),
  ),
  named(
    'a raw cp866 name',
    'Договор аренды помещения.pdf',
    'cp866',
    pdf,
    disposition('filename="Договор аренды помещения.pdf"'),
  ),
  named('a quote inside the name', "a'b'c.pdf", 'utf-8', pdf, disposition(`filename="a'b'c.pdf"`)),
  named('a path on Windows', 'a.pdf', 'utf-8', pdf, disposition('filename="C:\\docs\\a.pdf"')),
  named(
    'a path that climbs',
    'passwd',
    'utf-8',
    'Content-Type: text/plain',
    disposition('filename="../../etc/passwd"'),
  ),
  named('a name without an extension', 'report.pdf', 'utf-8', pdf, disposition('filename=report')),
  named('an unfinished quote', 'a.pdf', 'utf-8', pdf, disposition('filename="a.pdf')),
  named('a semicolon in a quoted name', 'a;b.pdf', 'utf-8', pdf, disposition('filename="a;b.pdf"')),
  named('a name in brackets', 'file (1).pdf', 'utf-8', pdf, disposition('filename=file (1).pdf')),
  named(
    'an invisible turn of direction',
    'ccod.exe',
    'utf-8',
    pdf,
    disposition("filename*=utf-8''%E2%80%AEccod.exe"),
  ),
  made('no name at all', withFile(pdf, 'Content-Disposition: attachment'), {
    files: [{ name: 'part-2.pdf', type: 'application/pdf' }],
  }),
  made(
    'a disposition of nonsense with a name',
    withFile(pdf, 'Content-Disposition: whatever; filename=a.pdf'),
    { files: [{ name: 'a.pdf' }] },
  ),
  made('a disposition that is only a name', withFile(pdf, 'Content-Disposition: filename=a.pdf'), {
    files: [{ name: 'a.pdf' }],
  }),
];

const kinds: MadeMessage[] = [
  made(
    'a text as attachment stays out of the body',
    withFile('Content-Type: text/plain', disposition('filename=log.txt')),
    { text: 'hello', files: [{ name: 'log.txt', type: 'text/plain' }] },
  ),
  made(
    'an HTML page as attachment stays out of the body',
    withFile('Content-Type: text/html', disposition('filename=page.html')),
    { text: 'hello', html: null, files: [{ name: 'page.html' }] },
  ),
  made('a card is a file', withFile('Content-Type: text/vcard; name=ann.vcf'), {
    text: 'hello',
    files: [{ name: 'ann.vcf', type: 'text/vcard' }],
  }),
  made('an invitation is a file', withFile('Content-Type: text/calendar; method=REQUEST'), {
    text: 'hello',
    files: [{ name: 'invitation.ics', type: 'text/calendar' }],
  }),
  made(
    'only a file and no text',
    lines('Content-Type: application/pdf; name=a.pdf', 'Content-Transfer-Encoding: base64', '', 'ZGF0YQ=='),
    { text: null, files: [{ name: 'a.pdf', content: Buffer.from('data'), part: '1' }] },
  ),
  made(
    'a picture alone',
    lines('Content-Type: image/png', 'Content-Transfer-Encoding: base64', '', 'ZGF0YQ=='),
    { text: null, files: [{ name: 'part-1.png', content: Buffer.from('data') }] },
  ),
  made(
    'an encrypted message',
    lines(
      'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
      '',
      '--b',
      'Content-Type: application/pgp-encrypted',
      '',
      'Version: 1',
      '--b',
      'Content-Type: application/octet-stream; name=encrypted.asc',
      '',
      'xx',
      '--b--',
      '',
    ),
    { files: [{ type: 'application/pgp-encrypted' }, { name: 'encrypted.asc' }] },
  ),
  made(
    'two files of one name are both there',
    lines(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      `${pdf}; name=a.pdf`,
      '',
      '1',
      '--b',
      `${pdf}; name=a.pdf`,
      '',
      '2',
      '--b--',
      '',
    ),
    {
      files: [
        { name: 'a.pdf', content: Buffer.from('1') },
        { name: 'a.pdf', content: Buffer.from('2') },
      ],
    },
  ),
];

/** Files and what they are called. */
export const attachmentMessages: readonly MadeMessage[] = [...names, ...kinds];
