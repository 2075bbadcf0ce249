import iconv from 'iconv-lite';
import { base64, lines, type MadeMessage, made, quoted, word } from './made-message.ts';

const russian = 'Добрый день! Высылаю вам договор на подпись, жду ответа до пятницы.';
const russianCharsets = ['koi8-r', 'windows-1251', 'iso-8859-5', 'cp866', 'maccyrillic', 'utf-8'];
/** Our name for a charset that the encoder calls otherwise. */
const ours: Record<string, string> = { cp866: 'ibm866', maccyrillic: 'x-mac-cyrillic' };

const plain = (type: string, body: string, ...more: string[]): string =>
  lines('From: a@example.com', 'Subject: x', type, ...more, '', body, '').replace('\r\n\r\n\r\n', '\r\n\r\n');

const undeclared = russianCharsets.flatMap((charset): MadeMessage[] => [
  made(
    `Russian body in ${charset} that nothing declares`,
    plain('X-Mailer: old', russian),
    { text: russian },
    charset,
  ),
  made(
    `Russian body in ${charset} labelled us-ascii`,
    plain('Content-Type: text/plain; charset=us-ascii', russian),
    { text: russian },
    charset,
  ),
  made(
    `Russian subject and sender in raw ${charset}`,
    lines(
      'From: Мария Кузнецова <maria@example.ru>',
      'Subject: Протокол собрания собственников',
      '',
      'see the subject',
    ),
    { subject: 'Протокол собрания собственников', from: 'Мария Кузнецова <maria@example.ru>' },
    charset,
  ),
  made(
    `Russian subject in raw ${charset} with the body's charset declared`,
    lines('Subject: Счёт', `Content-Type: text/plain; charset=${charset}`, '', 'Счёт на оплату', ''),
    { subject: 'Счёт', text: 'Счёт на оплату' },
    charset,
  ),
  made(
    `Russian base64 body in ${charset} that nothing declares`,
    plain(
      'Content-Type: text/plain',
      base64(iconv.encode(russian, charset)),
      'Content-Transfer-Encoding: base64',
    ),
    { text: russian, charset: ours[charset] ?? charset },
  ),
  made(
    `Russian quoted-printable body in ${charset} labelled iso-8859-1`,
    plain(
      'Content-Type: text/plain; charset=iso-8859-1',
      quoted(iconv.encode(russian, charset)),
      'Content-Transfer-Encoding: quoted-printable',
    ),
    { text: russian },
  ),
  made(
    `Encoded words in ${charset}, base64 and quoted`,
    lines(
      `From: ${word('Пётр Иванов', charset)} <petr@example.ru>`,
      `Subject: ${word('Приглашение на ', charset)}`,
      ` ${word('встречу', charset, 'Q')}`,
      '',
      'x',
    ),
    { subject: 'Приглашение на встречу', from: 'Пётр Иванов <petr@example.ru>' },
  ),
]);

const labels: [string, string, string][] = [
  ['cp1251', 'windows-1251', russian],
  ['win-1251', 'windows-1251', russian],
  ['windows1251', 'windows-1251', russian],
  ['x-cp1251', 'windows-1251', russian],
  ['ansi-1251', 'windows-1251', russian],
  ['koi8', 'koi8-r', russian],
  ['KOI8R', 'koi8-r', russian],
  ['ibm-866', 'cp866', russian],
  ['x-mac-cyrillic', 'maccyrillic', russian],
  ['iso8859-5', 'iso-8859-5', russian],
  ['UTF8', 'utf-8', russian],
  ['utf-8mb4', 'utf-8', russian],
  ['"windows-1251"; format=flowed', 'windows-1251', russian],
  ['x-sjis', 'shift_jis', '会議は金曜日の午後です。'],
  ['ks_c_5601-1987', 'cp949', '회의는 금요일 오후입니다. 똠방각하'],
  ['gb2312', 'gbk', '会议在星期五下午，镕基'],
  ['x-gbk', 'gbk', '会议在星期五下午'],
  ['big5-hkscs', 'big5', '會議在星期五下午'],
  ['x-euc-jp', 'euc-jp', '会議は金曜日の午後です。'],
  ['iso-8859-1', 'windows-1252', 'Prices in € and “quotes” – as Windows sends them'],
  ['latin1', 'windows-1252', 'Grüße aus München'],
  ['iso-8859-15', 'iso-8859-15', 'Déjà vu, 5 €'],
  ['iso-8859-2', 'iso-8859-2', 'Zażółć gęślą jaźń'],
  ['windows-1250', 'windows-1250', 'Příliš žluťoučký kůň'],
  ['iso-8859-7', 'iso-8859-7', 'Καλημέρα σας'],
  ['iso-8859-8-i', 'iso-8859-8', 'שלום לכולם'],
  ['windows-1256', 'windows-1256', 'السلام عليكم'],
  ['iso-8859-9', 'windows-1254', 'Günaydın, şişe'],
  ['tis-620', 'tis620', 'สวัสดีครับ'],
  ['windows-1258', 'windows-1258', 'Xin chào'],
  ['koi8-u', 'koi8-u', 'Привіт, ґанок і їжак'],
  ['windows-1257', 'windows-1257', 'Ąžuolas ir šermukšnis'],
  ['macintosh', 'macroman', 'Café déjà'],
  ['cp850', 'cp850', 'Straße à la carte'],
];
const labelled = labels.map(([label, charset, text]) =>
  made(
    `Body in ${charset} labelled ${label}`,
    plain(`Content-Type: text/plain; charset=${label}`, text),
    { text },
    charset,
  ),
);

const unknown = ['unknown-8bit', 'x-unknown', 'default', 'foo-1', '', '8bit', '_autodetect_all'].map(
  (label) =>
    made(
      `Russian body under the label "${label}"`,
      plain(`Content-Type: text/plain; charset="${label}"`, russian),
      { text: russian },
      'koi8-r',
    ),
);

const wrong: MadeMessage[] = [
  ['windows-1251', 'koi8-r'],
  ['koi8-r', 'windows-1251'],
  ['koi8-r', 'cp866'],
  ['windows-1251', 'utf-8'],
  ['koi8-r', 'utf-8'],
  ['utf-8', 'koi8-r'],
  ['iso-8859-5', 'windows-1251'],
  ['us-ascii', 'utf-8'],
  ['windows-1252', 'windows-1251'],
].map(([label, charset]) =>
  made(
    `Russian body labelled ${label} that is ${charset}`,
    plain(`Content-Type: text/plain; charset=${label}`, russian),
    { text: russian },
    charset,
  ),
);

const jis = Buffer.concat([
  Buffer.from(
    'Subject: =?iso-2022-jp?B?GyRCMnE1RBsoQg==?=\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n',
  ),
  Buffer.from('\x1b$B2q5D$O6bMKF|\x1b(B OK\r\n', 'latin1'),
]);

const sevenBit: MadeMessage[] = [
  made('ISO-2022-JP in subject and body', jis, {
    subject: '会議',
    text: '会議は金曜日 OK',
    charset: 'iso-2022-jp',
  }),
  made(
    'ISO-2022-JP body that nothing declares',
    Buffer.from('Subject: x\r\n\r\n\x1b$B2q5D$O6bMKF|\x1b(B OK\r\n', 'latin1'),
    { text: '会議は金曜日 OK' },
  ),
  made(
    'ISO-2022-JP with half-width katakana',
    Buffer.from(
      'Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b(I\x43\x3d\x44\x1b(B\r\n',
      'latin1',
    ),
    { text: 'ﾃｽﾄ' },
  ),
  made(
    'ISO-2022-KR with shift-out and shift-in',
    Buffer.from('Content-Type: text/plain; charset=iso-2022-kr\r\n\r\n\x1b$)C\x0eH8@G\x0f OK\r\n', 'latin1'),
    { text: '회의 OK' },
  ),
  made(
    'HZ-GB-2312',
    Buffer.from('Content-Type: text/plain; charset=hz-gb-2312\r\n\r\n~{;aRi~} ok ~~\r\n', 'latin1'),
    { text: '会议 ok ~' },
  ),
  made('UTF-7 body', plain('Content-Type: text/plain; charset=utf-7', '+BB8EQAQ4BDIENQRC- all'), {
    text: 'Привет all',
  }),
  made('UTF-7 in an encoded word', lines('Subject: =?utf-7?Q?+BB8EQAQ4BDIENQRC-?=', '', 'x'), {
    subject: 'Привет',
  }),
];

const wide = (label: string, bytes: Buffer): string =>
  plain(`Content-Type: text/plain; charset=${label}`, base64(bytes), 'Content-Transfer-Encoding: base64');
const others: MadeMessage[] = [
  made('UTF-16 with a mark', wide('utf-16', iconv.encode(russian, 'utf-16')), { text: russian }),
  made('UTF-16LE without a mark', wide('utf-16le', iconv.encode(russian, 'utf-16le')), { text: russian }),
  made('UTF-16BE without a mark', wide('utf-16be', iconv.encode(russian, 'utf-16be')), { text: russian }),
  made('UTF-16 label on plain ASCII', plain('Content-Type: text/plain; charset=utf-16', 'plain words'), {
    text: 'plain words',
  }),
  made('UTF-8 with a byte order mark', plain('Content-Type: text/plain', `\ufeff${russian}`), {
    text: russian,
  }),
  made(
    'UTF-8 cut inside its last character',
    Buffer.concat([
      Buffer.from(plain('Content-Type: text/plain; charset=utf-8', 'Привет, ми')).subarray(0, -2),
      Buffer.from([0xd1]),
    ]),
    { textHas: ['Привет, ми'] },
  ),
  made(
    'UTF-8 with one damaged byte in the middle',
    Buffer.concat([
      Buffer.from(plain('Content-Type: text/plain; charset=utf-8', 'Привет всем')),
      Buffer.from([0xff]),
      Buffer.from(' и каждому отдельно'),
    ]),
    { textHas: ['Привет всем', 'и каждому отдельно'] },
  ),
  made(
    'HTML whose only charset is in its meta tag',
    plain(
      'Content-Type: text/html',
      `<html><head><meta charset="windows-1251"></head><p>${russian}</p></html>`,
    ),
    { htmlHas: [russian], charset: 'windows-1251' },
    'windows-1251',
  ),
  made(
    'HTML with an http-equiv meta in koi8-r',
    plain(
      'Content-Type: text/html',
      '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>Ёж</p>',
    ),
    { htmlHas: ['Ёж'], charset: 'koi8-r' },
    'koi8-r',
  ),
  made(
    'HTML whose meta contradicts the header, and the header is right',
    plain('Content-Type: text/html; charset=koi8-r', `<meta charset=windows-1251><p>${russian}</p>`),
    { htmlHas: [russian] },
    'koi8-r',
  ),
  made(
    'a short undeclared part takes the charset of the part that declares one',
    lines(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Ёж',
      '--b',
      'Content-Type: text/html; charset=koi8-r',
      '',
      `<p>${russian}</p>`,
      '--b--',
    ),
    { textHas: ['Ёж'], htmlHas: [russian] },
    'koi8-r',
  ),
  made(
    'an encoded word cut inside a character, base64',
    lines('Subject: =?utf-8?B?0J/RgNC40LI=?= =?utf-8?B?0LXR?=', ' =?utf-8?B?giDQstGB0LXQvA==?=', '', 'x'),
    { subject: 'Привет всем' },
  ),
  made(
    'an encoded word cut inside a character, quoted',
    lines('Subject: =?utf-8?Q?=D0=9F=D1=80=D0=B8=D0?=', ' =?utf-8?Q?=B2=D0=B5=D1=82?=', '', 'x'),
    { subject: 'Привет' },
  ),
  made(
    'raw 8-bit bytes inside a quoted encoded word',
    lines('Subject: =?koi8-r?Q?Привет_всем?=', '', 'x'),
    { subject: 'Привет всем' },
    'koi8-r',
  ),
  made(
    'an encoded word with the wrong label',
    lines(
      `Subject: =?iso-8859-1?B?${iconv.encode('Приглашение на собрание', 'windows-1251').toString('base64')}?=`,
      '',
      'x',
    ),
    { subject: 'Приглашение на собрание' },
  ),
  made(
    'an encoded word with an unknown label',
    lines(
      `Subject: =?x-unknown?B?${iconv.encode('Приглашение на собрание', 'koi8-r').toString('base64')}?=`,
      '',
      'x',
    ),
    { subject: 'Приглашение на собрание' },
  ),
  made('an emoji in quoted words', lines('Subject: =?UTF-8?Q?=F0=9F=8E=89_Party?=', '', 'x'), {
    subject: '🎉 Party',
  }),
  made(
    'German without a declaration is not taken for Russian',
    plain('X-Mailer: old', 'Schöne Grüße aus München, wir freuen uns auf das Gespräch über die Verträge.'),
    { text: 'Schöne Grüße aus München, wir freuen uns auf das Gespräch über die Verträge.' },
    'windows-1252',
  ),
  made(
    'French without a declaration',
    plain('X-Mailer: old', "L'été dernier, nous avons mangé à la crêperie près de la forêt."),
    { text: "L'été dernier, nous avons mangé à la crêperie près de la forêt." },
    'windows-1252',
  ),
  made(
    'Japanese Shift_JIS without a declaration',
    plain('X-Mailer: old', '会議は金曜日の午後です。よろしくお願いします。'),
    { text: '会議は金曜日の午後です。よろしくお願いします。' },
    'shift_jis',
  ),
  made(
    'Chinese GBK without a declaration',
    plain('X-Mailer: old', '会议在星期五下午举行，请准时参加，谢谢大家的配合。'),
    { text: '会议在星期五下午举行，请准时参加，谢谢大家的配合。' },
    'gbk',
  ),
  made(
    'Korean EUC-KR without a declaration',
    plain('X-Mailer: old', '회의는 금요일 오후에 있습니다. 모두 참석해 주시기 바랍니다.'),
    { text: '회의는 금요일 오후에 있습니다. 모두 참석해 주시기 바랍니다.' },
    'euc-kr',
  ),
  made(
    'short Chinese that passes for UTF-8 by chance, under its own label',
    plain('Content-Type: text/plain; charset=gb2312', '联通'),
    { text: '联通' },
    'gbk',
  ),
  made(
    'Ukrainian in windows-1251 without a declaration',
    plain(
      'X-Mailer: old',
      'Доброго дня! Надсилаємо вам рахунок за електроенергію, її вартість не змінилася.',
    ),
    { text: 'Доброго дня! Надсилаємо вам рахунок за електроенергію, її вартість не змінилася.' },
    'windows-1251',
  ),
];

/** Character sets: declared, undeclared, mislabelled, hidden behind escapes. */
export const charsetMessages: readonly MadeMessage[] = [
  ...undeclared,
  ...labelled,
  ...unknown,
  ...wrong,
  ...sevenBit,
  ...others,
];
