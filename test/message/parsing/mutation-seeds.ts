import iconv from 'iconv-lite';
import { base64, lines, quoted } from '../../messages/made-message.ts';

/** The words that no mutation touches and no reading may lose. */
export const marker = 'Zebra crossing, marked.';

/** A line, or lines that belong together (with CRLF between them), of a seed; those with the marker are kept whole. */
export type SeedLine = { readonly bytes: Buffer; readonly isKept: boolean };

const head = [
  'From: Ann <a@example.com>',
  'To: b@example.com',
  'Subject: x',
  'Date: Tue, 5 Mar 2024 14:07:09 +0000',
  'MIME-Version: 1.0',
];
const picture = [
  'Content-Type: image/png; name="dot.png"',
  'Content-Transfer-Encoding: base64',
  '',
  base64('some bytes of a picture'),
];
/** Messages of common shapes, each with the marker once in its body, unencoded. */
export const seeds: readonly string[] = [
  lines(...head, 'Content-Type: text/plain; charset=utf-8', '', 'Привет', marker, 'до встречи', ''),
  lines(...head, 'Content-Type: text/html', '', '<p>hello</p>', `<p>${marker}</p>`, ''),
  lines(
    ...head,
    'Content-Type: multipart/mixed; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=koi8-r',
    '',
    'hello',
    marker,
    '--b1',
    ...picture,
    '--b1--',
    '',
  ),
  lines(
    ...head,
    'Content-Type: multipart/mixed; boundary="b1"',
    '',
    '--b1',
    'Content-Type: multipart/alternative; boundary="b2"',
    '',
    '--b2',
    'Content-Type: text/plain',
    '',
    marker,
    '--b2',
    'Content-Type: text/html',
    '',
    `<p>${marker}</p>`,
    '--b2--',
    '--b1',
    ...picture,
    '--b1--',
    '',
  ),
  lines(
    ...head,
    'Content-Type: multipart/mixed; boundary=b1',
    '',
    '--b1',
    '',
    'see below',
    '--b1',
    'Content-Type: message/rfc822',
    '',
    'Subject: inner',
    'Content-Type: multipart/mixed; boundary=b2',
    '',
    '--b2',
    '',
    marker,
    '--b2--',
    '--b1--',
    '',
  ),
  lines(...head, '', 'hello', 'begin 644 cat.txt', '#8V%T', '`', 'end', marker, ''),
  lines(
    ...head,
    'Content-Type: multipart/related; boundary=r',
    '',
    '--r',
    'Content-Type: text/html; charset=windows-1251',
    '',
    `<img src="cid:a">`,
    marker,
    '--r',
    'Content-ID: <a>',
    ...picture,
    '--r--',
    '',
  ),
];

const before = 'Добрый день, дорогие друзья! Сегодня мы пишем вам длинное письмо о зебрах и их полосках.';
const after = 'До свидания, и передавайте привет всем, кто нас помнит и ещё ждёт писем от нас этой весной.';

/** The lines of a seed, in a charset; a line with the marker is kept. */
function seed(all: readonly string[], charset = 'utf-8'): readonly SeedLine[] {
  return lines(...all)
    .split('\r\n')
    .map((line) => ({ bytes: iconv.encode(line, charset), isKept: line.includes(marker) }));
}

/** Lines of a code, those from one that holds the first byte of the marker to one that holds the last as one kept line. */
function coded(
  codeLines: readonly string[],
  decodedLengths: readonly number[],
  text: Buffer,
  words: Buffer,
): SeedLine[] {
  const from = text.indexOf(words);
  const to = from + words.length;
  const kept: string[] = [];
  const all: SeedLine[] = [];
  let at = 0;
  for (const [index, line] of codeLines.entries()) {
    const end = at + (decodedLengths[index] ?? 0);
    if (end > from && at < to) kept.push(line);
    if (end >= to && at < to) all.push({ bytes: Buffer.from(kept.join('\r\n')), isKept: true });
    else if (!(end > from && at < to)) all.push({ bytes: Buffer.from(line), isKept: false });
    at = end;
  }
  return all;
}

/** A text in base64 as lines of a seed. */
function inBase64(text: Buffer, words: Buffer = Buffer.from(marker)): SeedLine[] {
  const codeLines = base64(text).split('\r\n');
  return coded(
    codeLines,
    codeLines.map((line) => Buffer.from(line, 'base64').length),
    text,
    words,
  );
}

/** A text in quoted-printable as lines of a seed; the marker is broken by soft line ends wherever they fall. */
function inQuotedPrintable(text: string): SeedLine[] {
  const bytes = Buffer.from(text);
  const codeLines = quoted(bytes).split('\r\n');
  const lengthOf = (line: string): number =>
    line.replace(/=$/, '').replace(/=[0-9A-F]{2}/g, 'x').length + (line.endsWith('=') ? 0 : 2);
  return coded(codeLines, codeLines.map(lengthOf), bytes, Buffer.from(marker));
}

const base64Text = (text: string): readonly SeedLine[] => [
  ...seed([...head, 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '']),
  ...inBase64(Buffer.from(text)),
  ...seed(['']),
];

const wide = iconv.encode(lines('Привет', marker, 'до встречи', ''), 'utf-16le', { addBOM: true });

/** Messages of more shapes, each with the marker once or twice, in the open or in a code. */
export const mixedSeeds: readonly (readonly SeedLine[])[] = [
  seed(
    [
      ...head,
      'Content-Type: text/plain; charset=koi8-r',
      'Content-Transfer-Encoding: 8bit',
      '',
      before,
      marker,
      after,
      '',
    ],
    'koi8-r',
  ),
  seed(
    [
      ...head,
      'Content-Type: text/html; charset=windows-1251',
      '',
      `<p>${before}</p>`,
      `<p>${marker}</p>`,
      `<p>${after}</p>`,
      '',
    ],
    'windows-1251',
  ),
  seed([
    ...head,
    'Content-Type: text/enriched',
    '',
    '<bold>hello</bold>',
    `<italic>${marker}</italic>`,
    '<nl>so long',
    '',
  ]),
  seed([
    ...head,
    'Content-Type: text/plain; format=flowed; delsp=yes',
    '',
    'a line that goes on ',
    'and on ',
    marker,
    '> quoted ',
    '> words',
    '',
  ]),
  [
    ...seed([
      ...head,
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
    ]),
    ...inQuotedPrintable(lines(before, `and so on and so on until at last ${marker}`, after, '')),
  ],
  [
    ...seed([
      ...head,
      'Content-Type: multipart/alternative; boundary="b1"',
      '',
      '--b1',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
    ]),
    ...inQuotedPrintable(lines(before, `so it is: ${marker}`, after)),
    ...seed([
      '--b1',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
    ]),
    ...inQuotedPrintable(
      lines(`<p class="a">${before}</p>`, `<p class="a">${marker}</p>`, `<p>${after}</p>`),
    ),
    ...seed(['--b1--', '']),
  ],
  base64Text(lines(marker, before, after, before, after, '')),
  base64Text(lines(before, after, marker, before, after, '')),
  base64Text(lines(before, after, before, after, marker, '')),
  [
    ...seed([...head, 'Content-Type: text/plain; charset=utf-16', 'Content-Transfer-Encoding: base64', '']),
    ...inBase64(wide, iconv.encode(marker, 'utf-16le')),
    ...seed(['']),
  ],
  [
    ...seed([...head, 'Content-Type: text/plain; charset=utf-16', '']),
    { bytes: wide, isKept: true },
    ...seed(['']),
  ],
  seed([
    ...head,
    'Content-Type: multipart/signed; boundary=s; protocol="application/pgp-signature"; micalg=pgp-sha256',
    '',
    '--s',
    'Content-Type: text/plain',
    '',
    'hello',
    marker,
    '',
    '--s',
    'Content-Type: application/pgp-signature; name=signature.asc',
    '',
    '-----BEGIN PGP SIGNATURE-----',
    '',
    base64('a signature'),
    '-----END PGP SIGNATURE-----',
    '--s--',
    '',
  ]),
  seed([
    ...head,
    'Content-Type: multipart/report; report-type=delivery-status; boundary=r1',
    '',
    '--r1',
    '',
    'Your message did not arrive.',
    marker,
    '--r1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.com',
    '',
    'Final-Recipient: rfc822; c@example.com',
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--r1',
    'Content-Type: text/rfc822-headers',
    '',
    'Subject: lost',
    'From: b@example.com',
    '--r1--',
    '',
  ]),
  seed([
    ...head,
    'Content-Type: multipart/digest; boundary=d',
    '',
    '--d',
    '',
    'Subject: one',
    'From: c@example.com',
    '',
    'first words',
    '--d',
    '',
    'Subject: two',
    'From: d@example.com',
    '',
    marker,
    '--d--',
    '',
  ]),
  seed([
    ...head,
    'Content-Type: message/rfc822',
    '',
    'Subject: outer',
    'Content-Type: multipart/mixed; boundary=b1',
    '',
    '--b1',
    'Content-Type: message/rfc822',
    '',
    'Subject: inner',
    'Content-Type: text/plain; charset=utf-8',
    '',
    marker,
    '--b1--',
    '',
  ]),
  // The inner boundary begins the outer one, and the other way round.
  ...[
    ['b12', 'b1'],
    ['b1', 'b1--x'],
  ].map(([outer = '', inner = '']) =>
    seed([
      ...head,
      `Content-Type: multipart/mixed; boundary="${outer}"`,
      '',
      'This is a message with multiple parts in MIME format.',
      `--${outer}`,
      `Content-Type: multipart/related; boundary="${inner}"`,
      '',
      `--${inner}`,
      'Content-Type: text/html',
      '',
      `<p>${marker}</p>`,
      `--${inner}`,
      'Content-ID: <a>',
      ...picture,
      `--${inner}--`,
      `--${outer}`,
      'Content-Type: text/plain',
      '',
      'the footer of a list',
      `--${outer}--`,
      '',
    ]),
  ),
];
