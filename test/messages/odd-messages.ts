import iconv from 'iconv-lite';
import { base64, lines, type MadeMessage, made } from './made-message.ts';

const html = 'Content-Type: text/html; charset=utf-8';
const plain = 'Content-Type: text/plain; charset=utf-8';

/** A message of several parts, each given as its headers and its body. */
function parts(
  type: string,
  ...all: readonly { readonly head: readonly string[]; readonly body: string }[]
): string {
  const each = all.map(({ head, body }) => lines('--cut', ...head, '', body, ''));
  return lines(
    'Subject: x',
    `Content-Type: multipart/${type}; boundary=cut`,
    '',
    `${each.join('')}--cut--`,
    '',
  );
}

const longWords = 'Привет, это письмо в список рассылки. Ещё немного текста, чтобы строк было несколько.';

/** Messages that were thought up to find out what still read badly; each did, or might have. */
export const oddMessages: readonly MadeMessage[] = [
  made(
    'a fragment of HTML that is labelled plain',
    lines(
      'Subject: x',
      'Content-Type: text/plain; charset=windows-1251',
      '',
      '<div class="a">Добрый день!<br>Высылаю <b>счёт</b>.</div><div>Ольга</div>',
      '',
    ),
    {
      text: null,
      htmlHas: ['Добрый день!', '<b>счёт</b>'],
      preview: 'Добрый день! Высылаю счёт. Ольга',
      warning: 'html-labelled-plain',
    },
    'windows-1251',
  ),
  made(
    'plain text that only speaks of HTML',
    lines('Subject: x', plain, '', 'Write <div> before and </div> after it', ''),
    { text: 'Write <div> before and </div> after it', html: null },
  ),
  made(
    'base64 with a list footer right under it',
    lines(
      'Subject: x',
      plain,
      'Content-Transfer-Encoding: base64',
      '',
      base64(`${longWords}\n`),
      '_______________________________________________',
      'list mailing list',
      'https://example.net/listinfo',
      '',
    ),
    {
      text: `${longWords}\n\n_______________________________________________\nlist mailing list\nhttps://example.net/listinfo`,
    },
  ),
  made(
    'base64 without padding, a footer right under it',
    lines(
      'Subject: x',
      'Content-Type: text/plain',
      'Content-Transfer-Encoding: base64',
      '',
      base64('These are letters enough for a line of base64, and then for some more of it'),
      '-- ',
      'list mailing list',
      '',
    ),
    {
      text: 'These are letters enough for a line of base64, and then for some more of it\n-- \nlist mailing list',
    },
  ),
  made(
    'enriched text with parameters and a bracket that is meant',
    lines(
      'Subject: x',
      'Content-Type: text/enriched',
      '',
      '<bold>Now</bold> is the time',
      'for <<all men',
      '',
      '<fontfamily><param>Times</param>to come</fontfamily>',
      '',
    ),
    { text: 'Now is the time for <all men\nto come' },
  ),
  made(
    'a Macintosh file in two parts, of which the second is the file',
    parts(
      'mixed',
      { head: [plain], body: 'See the drawing.' },
      {
        head: ['Content-Type: multipart/appledouble; boundary=two'],
        body: lines(
          '--two',
          'Content-Type: application/applefile; name="Drawing"',
          'Content-Transfer-Encoding: base64',
          '',
          'AAUWBwACAAA=',
          '--two',
          'Content-Type: image/jpeg; name="Drawing"',
          'Content-Transfer-Encoding: base64',
          '',
          '/9j/4AAQ',
          '--two--',
        ),
      },
    ),
    {
      text: 'See the drawing.',
      files: [{ name: 'Drawing.jpg', content: Buffer.from('/9j/4AAQ', 'base64') }],
    },
  ),
  made(
    'an invitation without a word beside its calendar',
    lines(
      'Subject: x',
      'Content-Type: text/calendar; charset=utf-8; method=REQUEST',
      '',
      'BEGIN:VCALENDAR',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      'SUMMARY:Планёрка',
      'DESCRIPTION:Обсудим план.\\nПриносите идеи.',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ),
    { text: 'Обсудим план.\nПриносите идеи.', preview: 'Обсудим план. Приносите идеи.' },
  ),
  made(
    'a picture between two texts, as one Macintosh program writes it',
    parts(
      'mixed',
      { head: [plain], body: 'Before the picture.' },
      {
        head: ['Content-Type: image/png; name="a.png"', 'Content-Disposition: inline; filename="a.png"'],
        body: 'PNG',
      },
      { head: [plain], body: 'After the picture.' },
    ),
    { textHas: ['Before the picture.', 'After the picture.'], files: [{ name: 'a.png' }] },
  ),
  made(
    'HTML between two footers of different kinds',
    parts(
      'mixed',
      { head: [html], body: '<p>Main words</p>' },
      { head: [plain], body: 'This mail was scanned.' },
      { head: [html], body: '<p>Confidential <i>notice</i></p>' },
    ),
    { htmlHas: ['Main words', 'This mail was scanned.', 'Confidential'], files: [] },
  ),
  made(
    'a file that comes before the body',
    parts(
      'mixed',
      {
        head: [
          'Content-Type: text/plain; name="log.txt"',
          'Content-Disposition: attachment; filename="log.txt"',
        ],
        body: 'log line',
      },
      { head: [html], body: '<p>See the log.</p>' },
    ),
    { text: null, htmlHas: ['See the log.'], files: [{ name: 'log.txt', content: Buffer.from('log line') }] },
  ),
  made(
    'a name of continuations out of order',
    parts(
      'mixed',
      { head: [plain], body: 'x' },
      {
        head: [
          "Content-Disposition: attachment; filename*1*=%E5%F2.doc; filename*0*=windows-1251''%CE%F2%F7",
          'Content-Type: application/msword',
        ],
        body: 'DOC',
      },
    ),
    { files: [{ name: 'Отчет.doc' }] },
  ),
  made(
    'comments wherever RFC 2045 lets them stand',
    lines(
      'Subject: x',
      'Content-Type: text/plain (really); (yes) charset (it is) = (hm) "utf-8" (end)',
      'Content-Transfer-Encoding: (what?) base64',
      '',
      base64('Комментарии повсюду\n'),
      '',
    ),
    { text: 'Комментарии повсюду' },
  ),
  made(
    'everything twice: the first subject counts, and nobody who sent it is hidden',
    lines(
      'From: a@example.net',
      'Subject: first',
      'Subject: second',
      'From: b@example.net',
      plain,
      html,
      '',
      'which',
    ),
    { subject: 'first', from: 'a@example.net, b@example.net', text: 'which' },
  ),
  made(
    'quoted-printable that somebody wrote by hand, with raw letters in it',
    lines(
      'Subject: x',
      plain,
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'сырой =d0=bc=d0=b8=d1=80 5=6 100=%',
      '',
    ),
    { text: 'сырой мир 5=6 100=%' },
  ),
  made(
    'quoted-printable that nothing announces',
    lines('Subject: x', plain, '', '=D0=9F=D1=80=D0=B8=D0=B2=D0=B5=D1=82, =D0=BC=D0=B8=\r\n=D1=80!', ''),
    { text: 'Привет, мир!', warning: 'encoding-wrong' },
  ),
  made(
    'HTML in quoted-printable that nothing announces',
    lines('Subject: x', html, '', '<p style=3D"color:red">A long =', 'line</p>', ''),
    { htmlHas: ['style="color:red"', 'A long line'] },
  ),
  made(
    'plain text with equals signs that encode nothing',
    lines('Subject: x', plain, '', 'a=B0, b=C1 and 2=2; x=', 'y', ''),
    { text: 'a=B0, b=C1 and 2=2; x=\ny' },
  ),
  made(
    'an encoded word whose end was lost',
    lines(
      'Subject: =?utf-8?B?0J/RgNC40LLQtdGC',
      'From: =?utf-8?Q?=D0=90=D0=BD=D0=BD=D0=B0? <a@example.net>',
      '',
      'x',
    ),
    { subject: 'Привет' },
  ),
  made(
    'a body in RTF',
    lines(
      'Subject: x',
      'Content-Type: application/rtf',
      '',
      '{\\rtf1\\ansi Hello {\\b bold} \\u1055?\\par second}',
      '',
    ),
    { text: 'Hello bold П\nsecond' },
  ),
  made(
    'a sender who is only a picture, a subject of joined ones',
    iconv.encode(
      lines(
        'From: =?utf-8?B?8J+Nkg==?= <cherry@example.net>',
        'Subject: =?utf-8?Q?=F0=9F=91=A8=E2=80=8D=F0=9F=91=A9=E2=80=8D=F0=9F=91=A7_family?=',
        '',
        'x',
      ),
      'utf-8',
    ),
    { from: '🍒 <cherry@example.net>', subject: '👨‍👩‍👧 family' },
  ),
];
