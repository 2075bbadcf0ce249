import { base64, lines, type MadeMessage, made, someBytes } from './made-message.ts';

/** A uuencoded file. */
export function uuencoded(bytes: Buffer, name: string): string {
  const digit = (value: number): string => String.fromCharCode(value === 0 ? 0x60 : value + 0x20);
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 45) {
    const row = bytes.subarray(at, at + 45);
    let line = digit(row.length);
    for (let three = 0; three < row.length; three += 3) {
      const [a = 0, b = 0, c = 0] = row.subarray(three, three + 3);
      line +=
        digit(a >> 2) + digit(((a & 3) << 4) | (b >> 4)) + digit(((b & 15) << 2) | (c >> 6)) + digit(c & 63);
    }
    rows.push(line);
  }
  return lines(`begin 644 ${name}`, ...rows, '`', 'end');
}

/** A yEnc coded file. */
export function yencoded(bytes: Buffer, name: string, part = ''): Buffer {
  const out: number[] = [];
  let column = 0;
  for (const byte of bytes) {
    const coded = (byte + 42) & 0xff;
    if ([0, 10, 13, 0x3d].includes(coded)) {
      out.push(0x3d, (coded + 64) & 0xff);
      column += 2;
    } else {
      out.push(coded);
      column++;
    }
    if (column >= 128) {
      out.push(13, 10);
      column = 0;
    }
  }
  return Buffer.concat([
    Buffer.from(`=ybegin line=128 size=${bytes.length} name=${name}\r\n${part}`),
    Buffer.from(out),
    Buffer.from(`\r\n=yend size=${bytes.length}\r\n`),
  ]);
}

/** A file in BinHex 4.0, without a resource fork; checksums are zeros. */
export function binhexed(bytes: Buffer, name: string): string {
  const head = Buffer.alloc(name.length + 22);
  head.writeUInt8(name.length, 0);
  head.write(`${name}\0TEXTttxt`, 1, 'latin1');
  head.writeUInt32BE(bytes.length, name.length + 12);
  const all = Buffer.concat([head, bytes, Buffer.alloc(4)]);
  const short: number[] = [];
  for (let at = 0; at < all.length; ) {
    const byte = all[at] ?? 0;
    let many = 1;
    while (many < 255 && all[at + many] === byte) many++;
    short.push(byte, ...(byte === 0x90 ? [0] : []), ...(many > 1 ? [0x90, many] : []));
    at += many;
  }
  const bits = short.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const alphabet = '!"#$%&\'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr';
  const coded = (bits.match(/.{1,6}/g) ?? []).map((six) => alphabet[Number.parseInt(six.padEnd(6, '0'), 2)]);
  const rows = `:${coded.join('')}:`.match(/.{1,64}/g) ?? [];
  return lines('(This file must be converted with BinHex 4.0)', '', ...rows);
}

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);
function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
const padded = (bytes: Buffer): Buffer =>
  Buffer.concat([u32(bytes.length), bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
const attribute = (level: number, id: number, data: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([level]),
    u32(id),
    u32(data.length),
    data,
    u16(data.reduce((sum, byte) => (sum + byte) & 0xffff, 0)),
  ]);
type Property = readonly [type: number, id: number, value: Buffer];
const properties = (list: readonly Property[]): Buffer =>
  Buffer.concat([
    u32(list.length),
    ...list.map(([type, id, value]) =>
      Buffer.concat([u16(type), u16(id), type === 3 ? value : Buffer.concat([u32(1), padded(value)])]),
    ),
  ]);
const unicode = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le');

/** A winmail.dat. */
export function tnef(
  files: readonly {
    readonly title: Buffer;
    readonly data: Buffer | null;
    readonly properties?: readonly Property[];
  }[],
  message: readonly Property[] = [],
): Buffer {
  return Buffer.concat([
    u32(0x223e9f78),
    u16(1),
    attribute(1, 0x00069007, Buffer.concat([u32(1251), u32(0)])),
    ...(message.length > 0 ? [attribute(1, 0x00069003, properties(message))] : []),
    ...files.flatMap((file) => [
      attribute(2, 0x00069002, Buffer.alloc(14)),
      attribute(2, 0x00018010, Buffer.concat([file.title, Buffer.from([0])])),
      ...(file.data ? [attribute(2, 0x0006800f, file.data)] : []),
      ...(file.properties ? [attribute(2, 0x00069005, properties(file.properties))] : []),
    ]),
  ]);
}

const withTnef = (bytes: Buffer, type = 'application/ms-tnef; name=winmail.dat', body = 'hello'): string =>
  lines(
    'Subject: x',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    '',
    body,
    '--b',
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: base64',
    '',
    bytes.toString('base64'),
    '--b--',
    '',
  );

/** RTF as a TNEF stream holds it, packed or not. The packing is of the plainest kind: no part points back. */
function rtf(text: string, isPacked: boolean): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  const body: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 8) body.push(Buffer.from([0]), bytes.subarray(at, at + 8));
  // A reference to where the next byte would be written ends the text.
  const endAt = (207 + bytes.length) % 4096;
  const packed = Buffer.concat([
    ...(bytes.length % 8 === 0 ? body : body.slice(0, -2)),
    lastRun(bytes, endAt),
  ]);
  const content = isPacked ? packed : bytes;
  return Buffer.concat([
    u32(content.length + 12),
    u32(bytes.length),
    u32(isPacked ? 0x75465a4c : 0x414c454d),
    u32(0),
    content,
  ]);
}
function lastRun(bytes: Buffer, endAt: number): Buffer {
  const rest = bytes.subarray(bytes.length - (bytes.length % 8));
  return Buffer.concat([Buffer.from([1 << rest.length]), rest, Buffer.from([endAt >> 4, (endAt & 15) << 4])]);
}
const withRtf = (text: string, isPacked = true): string =>
  withTnef(tnef([], [[0x102, 0x1009, rtf(text, isPacked)]]), undefined, '');

const data = someBytes(2000, 5);
const one = {
  title: Buffer.from('PLAN~1.DOC'),
  data,
  properties: [[0x1f, 0x3707, unicode('План работ.docx')]] as const,
};
const whole = tnef([one]);
const inner = tnef([{ title: Buffer.from('inner.txt'), data: Buffer.from('inside') }]);

const letterInside = tnef(
  [{ title: Buffer.from('inner.txt'), data: Buffer.from('inside') }],
  [
    [0x1f, 0x37, unicode('Протокол')],
    [0x1f, 0x1000, unicode('Сажаем грушу в субботу.')],
  ],
);
const asObject = (bytes: Buffer): Property => [0x0d, 0x3701, Buffer.concat([Buffer.alloc(16), bytes])];
/** An attribute id without the bits that tell its type. */
const untyped = (bytes: Buffer): Buffer => {
  const plain = Buffer.from(bytes);
  for (const id of [0x00018010, 0x0006800f, 0x00069002, 0x00069003, 0x00069005, 0x00069007])
    for (let at = plain.indexOf(u32(id)); at !== -1; at = plain.indexOf(u32(id), at + 4))
      plain.writeUInt32LE(id & 0xffff, at);
  return plain;
};
/** A member of a distribution list: flags, the provider, then name, kind and address. [MS-OXCDATA] §2.2.5.1. */
const member = (name: string, address: string): Buffer =>
  Buffer.concat([Buffer.alloc(22), u16(0x8000), unicode(name), unicode('SMTP'), unicode(address)]);
const distributionList = Buffer.concat([
  ...[u32(2), u16(0x1e), u16(0x1a), u32(1), padded(Buffer.from('IPM.DistList\0'))],
  // A named property: whose it is, how it is named, its name, and then its values.
  ...[u16(0x1102), u16(0x8054), Buffer.alloc(16), u32(0), u32(0x8054), u32(2)],
  ...[padded(member('Anna', 'a@b.example')), padded(member('Пётр', 'c@d.example'))],
]);
const attachedMessages: MadeMessage[] = [
  made(
    'a message attached in winmail.dat, with its words and files',
    withTnef(tnef([{ title: Buffer.from('x'), data: null, properties: [asObject(letterInside)] }])),
    {
      files: [
        { name: 'Протокол.eml', type: 'message/rfc822', part: '2.1' },
        { name: 'inner.txt', content: Buffer.from('inside'), part: '2.2' },
      ],
    },
  ),
  made(
    'a message attached in winmail.dat behind a placeholder',
    withTnef(
      tnef([
        {
          title: Buffer.from('x'),
          data: Buffer.from('This is an embedded message'),
          properties: [asObject(letterInside)],
        },
      ]),
    ),
    { files: [{ name: 'Протокол.eml' }, { name: 'inner.txt' }] },
  ),
  made(
    'a message attached in a message attached in winmail.dat',
    withTnef(
      tnef([
        {
          title: Buffer.from('x'),
          data: null,
          properties: [
            asObject(
              tnef(
                [{ title: Buffer.from('y'), data: null, properties: [asObject(letterInside)] }],
                [[0x1f, 0x37, unicode('Outer')]],
              ),
            ),
          ],
        },
      ]),
    ),
    { files: [{ name: 'Outer.eml' }, { name: 'Протокол.eml' }, { name: 'inner.txt' }] },
  ),
  made('winmail.dat whose attributes have no types', withTnef(untyped(whole)), {
    files: [{ name: 'План работ.docx', content: data }],
  }),
  made(
    'a distribution list in winmail.dat',
    withTnef(Buffer.concat([tnef([]), attribute(1, 0x00069003, distributionList)]), undefined, ''),
    { text: 'Anna <a@b.example>\nПётр <c@d.example>' },
  ),
  made('an RTF body with zeros at its end', withRtf('{\\rtf1\\ansi Hello garden\\par}\0\0', false), {
    text: 'Hello garden',
  }),
];

const winmail: MadeMessage[] = [
  ...attachedMessages,
  made('winmail.dat with a long Unicode name', withTnef(whole), {
    text: 'hello',
    files: [{ name: 'План работ.docx', content: data, part: '2.1' }],
  }),
  made(
    'winmail.dat as application/octet-stream',
    withTnef(whole, 'application/octet-stream; name="winmail.dat"'),
    { files: [{ name: 'План работ.docx', content: data }] },
  ),
  made('winmail.dat as application/vnd.ms-tnef', withTnef(whole, 'application/vnd.ms-tnef'), {
    files: [{ content: data }],
  }),
  made(
    'winmail.dat with an 8-bit title',
    withTnef(tnef([{ title: Buffer.from([0xcf, 0xeb, 0xe0, 0xed, 0x2e, 0x64, 0x6f, 0x63]), data }])),
    { files: [{ name: 'План.doc', content: data }] },
  ),
  made(
    'winmail.dat with two files',
    withTnef(tnef([one, { title: Buffer.from('b.txt'), data: Buffer.from('b') }])),
    { files: [{ name: 'План работ.docx' }, { name: 'b.txt', content: Buffer.from('b'), part: '2.2' }] },
  ),
  made(
    'winmail.dat with its data as a property',
    withTnef(
      tnef([
        {
          title: Buffer.from('a.bin'),
          data: null,
          properties: [
            [0x1e, 0x370e, Buffer.from('image/png\0')],
            [0x102, 0x3701, data],
          ],
        },
      ]),
    ),
    { files: [{ name: 'a.bin', type: 'image/png', content: data }] },
  ),
  made(
    'winmail.dat that holds the only body',
    withTnef(tnef([], [[0x1f, 0x1000, unicode('Текст письма')]]), undefined, ''),
    { text: 'Текст письма', files: [] },
  ),
  made(
    'winmail.dat with an HTML body',
    withTnef(
      tnef(
        [],
        [
          [3, 0x3fde, u32(1251)],
          [0x102, 0x1013, Buffer.from([0x3c, 0x70, 0x3e, 0xcf, 0xf0, 0xe8, 0x3c, 0x2f, 0x70, 0x3e])],
        ],
      ),
      undefined,
      '',
    ),
    { htmlHas: ['<p>При</p>'] },
  ),
  made('winmail.dat whose body repeats the text', withTnef(tnef([one], [[0x1f, 0x1000, unicode('hello')]])), {
    text: 'hello',
  }),
  made('winmail.dat inside winmail.dat', withTnef(tnef([{ title: Buffer.from('message'), data: inner }])), {
    files: [{ name: 'inner.txt', content: Buffer.from('inside') }],
  }),
  made(
    'winmail.dat cut off keeps its first file, and is one itself',
    withTnef(tnef([one, one]).subarray(0, whole.length + 200)),
    { files: [{ name: 'План работ.docx', content: data }, { name: 'winmail.dat' }] },
  ),
  made('winmail.dat that is none stays a file', withTnef(Buffer.from('nothing of the kind')), {
    files: [{ name: 'winmail.dat', content: Buffer.from('nothing of the kind') }],
    warning: 'tnef-unreadable',
  }),
  made(
    'winmail.dat with impossible lengths',
    withTnef(Buffer.concat([whole.subarray(0, 40), Buffer.alloc(60, 0xff)])),
    { text: 'hello' },
  ),
];

const rtfMessages: MadeMessage[] = [
  made(
    'winmail.dat with an RTF body',
    withRtf(
      "{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset204 Arial;}}\\f0 \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2\\par one\\b  two\\b0}",
    ),
    { text: 'Привет\none two', files: [] },
  ),
  made('winmail.dat with an RTF body that is not packed', withRtf('{\\rtf1\\ansi hello \\{you\\}}', false), {
    text: 'hello {you}',
  }),
  made(
    'winmail.dat with RTF letters in Unicode',
    withRtf("{\\rtf1\\ansi\\uc1 \\u1055?\\u1088?\\u1080\\'3f!}"),
    { text: 'При!' },
  ),
  made(
    'winmail.dat with HTML wrapped in RTF',
    withRtf(
      "{\\rtf1\\ansi\\ansicpg1251\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 \\'cf\\'f0\\'e8\\htmlrtf }\\htmlrtf0{\\*\\htmltag72 </p>}}",
    ),
    { htmlHas: ['<p>При</p>'] },
  ),
];

const uu = uuencoded(data, 'data.bin');
const plain = (...all: string[]): string => lines('Subject: x', '', ...all, '');
const uuMessages: MadeMessage[] = [
  made('a uuencoded file in the text', plain('hello', '', uu, 'bye'), {
    textHas: ['hello', 'bye'],
    files: [{ name: 'data.bin', content: data, part: '1.1' }],
  }),
  made('two uuencoded files', plain(uu, 'and', uuencoded(Buffer.from('cat'), 'cat.txt')), {
    text: 'and',
    files: [{ content: data }, { name: 'cat.txt', content: Buffer.from('cat') }],
  }),
  made('a uuencoded file that is cut off', plain('hello', uu.slice(0, uu.indexOf('\r\n`'))), {
    text: 'hello',
    files: [{ name: 'data.bin', content: data }],
  }),
  made(
    'a uuencoded file with blanks for zeros, cut at line ends',
    plain(
      uuencoded(Buffer.from([1, 0, 0, 0, 0, 0]), 'z')
        .replaceAll('`', ' ')
        .replace(/ +\r\n/g, '\r\n'),
    ),
    { files: [{ content: Buffer.from([1, 0, 0, 0, 0, 0]) }] },
  ),
  made('a file name with blanks', plain(uuencoded(Buffer.from('cat'), 'my cat.txt')), {
    files: [{ name: 'my cat.txt', content: Buffer.from('cat') }],
  }),
  made(
    'a Russian file name in raw koi8-r',
    plain('Привет, высылаю файл с отчётом за прошлый месяц', uuencoded(Buffer.from('cat'), 'отчёт.txt')),
    { files: [{ name: 'отчёт.txt', content: Buffer.from('cat') }] },
    'koi8-r',
  ),
  made('a sentence that begins with begin', plain('begin 100 things today', 'and end them'), {
    text: 'begin 100 things today\nand end them',
    files: [],
  }),
  made(
    'uuencode inside quoted-printable',
    lines(
      'Subject: x',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'hello',
      uuencoded(Buffer.from('cat'), 'cat.txt').replaceAll('=', '=3D'),
      '',
    ),
    { text: 'hello', files: [{ content: Buffer.from('cat') }] },
  ),
  made(
    'Content-Transfer-Encoding: x-uuencode',
    lines(
      'Content-Type: application/octet-stream; name=data.bin',
      'Content-Transfer-Encoding: x-uuencode',
      '',
      uu,
      '',
    ),
    { files: [{ name: 'data.bin', content: data }] },
  ),
  made(
    'a uuencoded file in a part',
    lines('Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'hello', uu, '--b--', ''),
    { text: 'hello', files: [{ content: data, part: '1.1' }] },
  ),
];

const yMessages: MadeMessage[] = [
  made(
    'a yEnc file',
    Buffer.concat([Buffer.from('Subject: x\r\n\r\nhello\r\n'), yencoded(data, 'data.bin')]),
    { text: 'hello', files: [{ name: 'data.bin', content: data }] },
  ),
  made(
    'a yEnc file in parts',
    Buffer.concat([
      Buffer.from('Subject: x\r\n\r\n'),
      yencoded(data, 'my data.bin', '=ypart begin=1 end=2000\r\n'),
    ]),
    { files: [{ name: 'my data.bin', content: data }] },
  ),
  made(
    'a yEnc file without its end',
    Buffer.concat([Buffer.from('Subject: x\r\n\r\n'), yencoded(data, 'data.bin').subarray(0, -18)]),
    { files: [{ name: 'data.bin' }] },
  ),
  made('a sentence about yEnc', plain('=ybegin is how it starts'), {
    text: '=ybegin is how it starts',
    files: [],
  }),
];

const repeated = Buffer.concat([Buffer.alloc(700, 'a'), Buffer.from([0x90, 0x90, 0x90, 1, 0x90]), data]);
/** AppleSingle with a data fork and a name. */
const appleSingle = (name: string, bytes: Buffer): Buffer => {
  const entries = [
    [3, 50, name.length],
    [1, 50 + name.length, bytes.length],
  ];
  const head = Buffer.alloc(50);
  head.writeUInt32BE(0x00051600, 0);
  head.writeUInt16BE(entries.length, 24);
  for (const [index, entry] of entries.entries())
    for (const [at, value] of entry.entries()) head.writeUInt32BE(value, 26 + index * 12 + at * 4);
  return Buffer.concat([head, Buffer.from(name, 'latin1'), bytes]);
};
const asAppleSingle = (bytes: Buffer): string =>
  lines(
    'Content-Type: application/applefile; name=x',
    'Content-Transfer-Encoding: base64',
    '',
    base64(bytes),
    '',
  );

const binhexMessages: MadeMessage[] = [
  made('an AppleSingle file', asAppleSingle(appleSingle('plan.txt', Buffer.from('pears'))), {
    files: [{ name: 'plan.txt', type: 'text/plain', content: Buffer.from('pears'), part: '1.1' }],
  }),
  made(
    'an AppleSingle file that ends early',
    asAppleSingle(appleSingle('plan.txt', Buffer.from('pears')).subarray(0, 60)),
    {
      files: [{ part: '1', name: 'x' }],
    },
  ),
  made(
    'a BinHex file under another sentence',
    plain(
      'hello',
      '',
      binhexed(repeated, 'data.bin').replace(
        '(This file must be converted with BinHex',
        '(Convert with BinHex',
      ),
      'bye',
    ),
    {
      files: [{ name: 'data.bin', content: repeated }],
    },
  ),
  made(
    'a BinHex file that is quoted',
    plain('hello', '', binhexed(repeated, 'data.bin').replace(/^/gm, '> '), 'bye'),
    {
      files: [{ name: 'data.bin', content: repeated }],
    },
  ),
  made('a BinHex file in the text', plain('hello', '', binhexed(repeated, 'data.bin'), 'bye'), {
    textHas: ['hello', 'bye'],
    files: [{ name: 'data.bin', content: repeated, part: '1.1' }],
  }),
  made(
    'a BinHex file as a part',
    lines(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'hello',
      '--b',
      'Content-Type: application/mac-binhex40; name="cat.txt.hqx"',
      '',
      binhexed(Buffer.from('cat'), 'cat.txt'),
      '--b--',
      '',
    ),
    { text: 'hello', files: [{ name: 'cat.txt', content: Buffer.from('cat'), part: '2.1' }] },
  ),
  made('a BinHex file that is cut off', plain(binhexed(data, 'data.bin').slice(0, 600)), {
    text: null,
    files: [{ name: 'data.bin' }],
  }),
  made(
    'a part called BinHex that is none',
    lines('Content-Type: application/mac-binhex40; name=a.hqx', '', 'nothing of the kind', ''),
    { files: [{ name: 'a.hqx', content: Buffer.from('nothing of the kind\r\n'), part: '1' }] },
  ),
  made(
    'a sentence about BinHex',
    plain('(This file must be converted with BinHex 4.0)', 'or so it says: no'),
    {
      textHas: ['or so it says: no'],
      files: [],
    },
  ),
];

/** Files from before MIME, and winmail.dat. */
export const embeddedMessages: readonly MadeMessage[] = [
  ...winmail,
  ...rtfMessages,
  ...uuMessages,
  ...yMessages,
  ...binhexMessages,
];
