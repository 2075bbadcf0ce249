import iconv from 'iconv-lite';
import { lines, type MadeMessage, made } from './made-message.ts';

/** Short letters in Western languages: those of thirteen, and a few that are easily taken for another one. */
const western = [
  'Perché non è più così? Verrà lunedì.',
  'El niño comió aquí, ¿no? Mañana llegará la señora.',
  'Olá, você está bem? Não sei se há reunião.',
  'Où est le café ? Je l’ai déjà payé, très bientôt.',
  'Grüße aus Köln, schöne Straße!',
  'Beste collega, één patiënt uit België.',
  'Blåbærgrød på lørdag, måske også søndag.',
  'Kjære venn, når kommer du på møtet?',
  'Räksmörgås på lördag, hälsningar från Malmö.',
  'Hyvää päivää, tässä on lasku.',
  'Þetta er íslenska, góðan daginn.',
  'Això és català, gràcies per l’atenció.',
  'Tá mé go maith, go raibh maith agat, a Sheán Ó Dúill.',
  'The résumé of Zoë is at the café.',
  'Attività e libertà: però lì c’è già caffè.',
];
const central = [
  'Příliš žluťoučký kůň úpěl ďábelské ódy.',
  'Dobrý deň, ďakujem, môžete prísť zajtra?',
  'Zażółć gęślą jaźń. Dziękuję, Paweł.',
  'Árvíztűrő tükörfúrógép. Köszönöm a levelét.',
  'Mulţumesc, bună ziua, vă rog să-mi trimiteţi factura.',
  'Dobar dan, hvala što ste došli, možete li doći sutra?',
];
const baltic = [
  'Ačiū už laišką, iki pasimatymo šeštadienį.',
  'Labdien, paldies par vēstuli, jūsu rēķins ir šeit.',
  'Tere päevast, õpetaja, kas kõik on šokolaad?',
];
const turkish = ['Teşekkür ederim, görüşürüz.', 'İyi günler, nasılsınız? Toplantı yarın sabah.'];
const vietnamese = ['Tiếng Việt, cảm ơn bạn đã gửi thư.', 'Hẹn gặp lại ngày mai ở Hà Nội.'];

/** Bytes of a text; the tones of Vietnamese are letters of their own in windows-1258. */
function encoded(text: string, charset: string): Buffer {
  if (charset !== 'windows-1258') return iconv.encode(text, charset);
  const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;
  const spelt = [...text].map((letter) => {
    const apart = letter.normalize('NFD');
    return apart.replace(tones, '').normalize('NFC') + (apart.match(tones) ?? []).join('');
  });
  return iconv.encode(spelt.join(''), charset);
}

const written: readonly (readonly [string, readonly string[]])[] = [
  ['windows-1252', western],
  ['windows-1250', central],
  ['iso-8859-2', central],
  ['windows-1257', baltic],
  ['windows-1254', turkish],
  ['windows-1258', vietnamese],
];

function letter(habit: string, head: string, body: Buffer, text: string): MadeMessage {
  const front = Buffer.from(lines('Subject: x', head, 'Content-Transfer-Encoding: 8bit', '', ''));
  return made(habit, Buffer.concat([front, body]), { text });
}

const shortLetters = written.flatMap(([charset, texts]) =>
  texts.flatMap((text) =>
    [null, 'us-ascii', 'utf-8', 'koi8-r', 'windows-1251', charset].map((label) =>
      letter(
        `“${text}” in ${charset} ${label === null ? 'that nothing declares' : `called ${label}`}`,
        label === null ? 'Content-Type: text/plain' : `Content-Type: text/plain; charset=${label}`,
        encoded(text, charset),
        text,
      ),
    ),
  ),
);

/** Letters whose label names another charset of Latin letters, in which they are no words. */
const mislabelled: readonly (readonly [string, string, string])[] = [
  ['Příliš žluťoučký kůň úpěl ďábelské ódy.', 'windows-1250', 'iso-8859-1'],
  ['Příliš žluťoučký kůň úpěl ďábelské ódy.', 'iso-8859-2', 'windows-1250'],
  ['Zażółć gęślą jaźń. Dziękuję, Paweł.', 'iso-8859-2', 'windows-1252'],
  ['Teşekkür ederim, görüşürüz.', 'windows-1254', 'iso-8859-1'],
  ['Labdien, paldies par vēstuli, jūsu rēķins ir šeit.', 'windows-1257', 'iso-8859-1'],
  ['Perché non è più così? Verrà lunedì.', 'windows-1252', 'iso-8859-2'],
  ['Hyvää päivää, tässä on lasku.', 'windows-1252', 'gb2312'],
  ['Perché non è più così? Verrà lunedì.', 'windows-1252', 'big5'],
];
/** Few letters that are odd in their charset, and are what their label says. */
const believed: readonly (readonly [string, string])[] = [
  ['ŽŪĒĪ', 'windows-1257'],
  ['ŁÓDŹ', 'iso-8859-2'],
  ['ÄÖÜ', 'iso-8859-1'],
  ['ÆØÅ', 'windows-1252'],
  ['ÇAĞRI', 'windows-1254'],
  ['Grüße an Jiří Novák aus Brno', 'windows-1250'],
  ['Warm greetings to Łukasz and Grażyna', 'iso-8859-2'],
  ['PDFфайл готов, пишите на e-mailы', 'windows-1251'],
  ['Нет', 'windows-1251'],
];

const ukrainian = 'Привіт! Її вартість не змінилася. Ґанок і їжак чекають.';
const japanese = '会議は金曜日の午後です。';
const escaped = iconv.encode(japanese, 'euc-jp').map((byte) => byte & 0x7f);
const iso2022 = (call: string): Buffer =>
  Buffer.concat([Buffer.from(call, 'latin1'), escaped, Buffer.from('\x1b(B')]);
const korean = Buffer.from(
  `\x1b$)C\x0e${Buffer.from(iconv.encode('안녕하세요', 'euc-kr').map((byte) => byte & 0x7f)).toString('latin1')}\x0f\r\n`,
  'latin1',
);
const plain = (charset: string): string => `Content-Type: text/plain; charset=${charset}`;

const escapes: MadeMessage[] = [
  ...['$B', '$(O', '$(Q'].map((call) =>
    letter(
      `ISO-2022-JP by ESC ${call} with a stray byte`,
      plain('iso-2022-jp-2004'),
      Buffer.concat([
        iso2022(`\x1b${call}`),
        Buffer.from('\r\nprice\x96list\r\n', 'latin1'),
        iso2022('\x1b$B'),
      ]),
      `${japanese}\nprice–list\n${japanese}`,
    ),
  ),
  letter(
    'ISO-2022-JP under a footer in UTF-8',
    plain('iso-2022-jp'),
    Buffer.concat([iso2022('\x1b$B'), Buffer.from('\r\n-- \r\nGrüße, Привет\r\n')]),
    `${japanese}\n-- \nGrüße, Привет`,
  ),
  letter(
    'ISO-2022-JP that nothing declares, with a stray byte',
    'Content-Type: text/plain',
    Buffer.concat([iso2022('\x1b$B'), Buffer.from('\r\ncaf\xe9\r\n', 'latin1')]),
    `${japanese}\ncafé`,
  ),
  letter(
    'ISO-2022-JP-2 with a letter of Latin-1 called by itself',
    plain('iso-2022-jp-2'),
    Buffer.concat([iso2022('\x1b$B'), Buffer.from('\x1b.Acaf\x1bNi', 'latin1')]),
    `${japanese}café`,
  ),
  letter(
    'ISO-2022-KR under a footer in UTF-8',
    plain('iso-2022-kr'),
    Buffer.concat([korean, Buffer.from('감사합니다\r\n')]),
    '안녕하세요\n감사합니다',
  ),
  letter(
    'HZ under a footer in UTF-8',
    plain('hz-gb-2312'),
    Buffer.from('~{<:Ky2;S{~}\r\n谢谢\r\n'),
    '己所不欲\n谢谢',
  ),
  letter(
    'UTF-7 with a stray byte',
    plain('utf-7'),
    Buffer.from('Hi Mom +Jjo-! caf\xe9', 'latin1'),
    'Hi Mom ☺! café',
  ),
];

const others: MadeMessage[] = [
  letter('Ukrainian that is called koi8-r', plain('koi8-r'), iconv.encode(ukrainian, 'koi8-u'), ukrainian),
  letter('a table of lines in koi8-r', plain('koi8-r'), iconv.encode('╓───╖ Цена', 'koi8-r'), '╓───╖ Цена'),
  letter(
    'UTF-8 with one byte of windows-1252',
    plain('utf-8'),
    Buffer.from('El ni\xc3\xb1o comi\xc3\xb3 \x96 fin', 'latin1'),
    'El niño comió – fin',
  ),
  letter(
    'UTF-8 that is called windows-1252, with one byte that is none',
    plain('windows-1252'),
    Buffer.from('El ni\xc3\xb1o comi\xc3\xb3 \x96 ma\xc3\xb1ana \xc3\xa9l', 'latin1'),
    'El niño comió – mañana él',
  ),
  letter(
    'UTF-8 that nothing declares, with one byte of windows-1252',
    'Content-Type: text/plain',
    Buffer.from('El ni\xc3\xb1o comi\xc3\xb3 \x96 fin', 'latin1'),
    'El niño comió – fin',
  ),
  letter(
    'UTF-8 with a byte too many',
    plain('utf-8'),
    Buffer.from('ni\xc3\xb1o \xf1 x', 'latin1'),
    'niño \ufffd x',
  ),
  ...(
    [
      ['x-mac-ce', 'maccenteuro', 'Příliš žluťoučký kůň úpěl ďábelské ódy'],
      ['x-mac-centraleurroman', 'maccenteuro', 'Zażółć gęślą jaźń'],
      ['x-mac-greek', 'macgreek', 'Καλημέρα σας'],
      ['x-mac-turkish', 'macturkish', 'Teşekkür ederim'],
      ['x-mac-croatian', 'maccroatian', 'Hvala što ste došli'],
      ['x-mac-romanian', 'macromania', 'Mulţumesc'],
      ['x-mac-icelandic', 'maciceland', 'Þetta er íslenska'],
      ['x-mac-japanese', 'shift_jis', '会議は金曜日です'],
      ['x-mac-cyrillic', 'maccyrillic', 'Добрый день'],
    ] as const
  ).map(([label, charset, text]) =>
    letter(`the label ${label}`, plain(label), iconv.encode(text, charset), text),
  ),
];

function withFile(habit: string, name: string, charset: string): MadeMessage {
  const text = lines(
    'Subject: File',
    'Content-Type: multipart/mixed; boundary=q',
    '',
    '--q',
    'Content-Type: text/plain',
    '',
    'see file',
    '--q',
    'Content-Type: application/octet-stream',
    `Content-Disposition: attachment; filename="${name}"; size=4`,
    '',
    'data',
    '--q--',
    '',
  );
  return made(habit, iconv.encode(text, charset), { files: [{ name }] });
}

const fileNames = [
  withFile('a raw Shift_JIS name with a backslash byte in a letter', '表示能力.xls', 'shift_jis'),
  withFile('a raw Shift_JIS name whose last byte is a backslash', '能力予定表', 'shift_jis'),
  withFile('a raw Shift_JIS name of a few letters', '予定表.xlsx', 'shift_jis'),
  withFile('a raw GBK name of a few letters', '发票.pdf', 'gbk'),
  withFile('a raw Korean name of a few letters', '견적서.pdf', 'euc-kr'),
];

/** Letters beyond ASCII in few words: which charset they are in shows only by the words they make. */
export const letterMessages: readonly MadeMessage[] = [
  ...shortLetters,
  ...mislabelled.map(([text, charset, label]) =>
    letter(`“${text}” in ${charset} called ${label}`, plain(label), iconv.encode(text, charset), text),
  ),
  ...believed.map(([text, charset]) =>
    letter(`“${text}” in ${charset}, as its label says`, plain(charset), iconv.encode(text, charset), text),
  ),
  ...escapes,
  ...others,
  ...fileNames,
];
