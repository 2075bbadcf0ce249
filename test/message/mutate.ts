import { extractPart } from '../../electron/message/extract-part.ts';
import { parseMessage } from '../../electron/message/parse.ts';
import { base64, lines } from '../messages/made-message.ts';

/** The words that no mutation touches and no reading may lose. */
export const marker = 'Zebra crossing, marked.';

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
const seeds: readonly string[] = [
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

const inserted = [
  '--b1',
  '--b1--',
  '--b2',
  '--b2--',
  '--',
  '',
  ' ',
  'Content-Type: text/plain',
  'Content-Type: text',
  'Content-Type: multipart/mixed',
  'Content-Type: multipart/mixed; boundary=zz',
  'Content-Type: image/png',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Type: text/plain; charset=utf-16',
  'Content-Type: text/plain; charset=iso-2022-jp',
  'Content-Type: text/plain; charset=utf-7',
  'Content-Type: application/ms-tnef',
  'Content-Type: message/rfc822',
  'Content-Disposition: attachment; filename*0*=',
  'begin 644 x',
  'end',
  '=ybegin line=1 name=x',
  'From nobody Tue Mar 5 2024',
  '\0\0\0',
  '<!--',
  '<style>',
  '=',
  'stray words here',
];

/** Numbers between 0 and 1, the same for the same seed. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Random = () => number;

/** The lines that may be changed: not those that hold the marker. */
function changeLine(all: Buffer[], random: Random): void {
  const pick = (count: number): number => Math.floor(random() * count);
  const at = pick(all.length);
  const line = all[at];
  if (line === undefined) return;
  const isMarked = line.includes(marker);
  switch (pick(7)) {
    case 0:
      if (!isMarked) all.splice(at, 1);
      break;
    case 1:
      all.splice(at, 0, Buffer.from(inserted[pick(inserted.length)] ?? ''));
      break;
    case 2:
      if (!isMarked) all.splice(pick(all.length), 0, line);
      break;
    case 3:
      if (!isMarked && line.length > 0) line[pick(line.length)] = pick(256);
      break;
    case 4:
      if (!isMarked) all[at] = line.subarray(0, pick(line.length + 1));
      break;
    case 5:
      if (!isMarked && at + 1 < all.length && !all[at + 1]?.includes(marker))
        all.splice(at, 2, Buffer.concat([line, all[at + 1] ?? Buffer.alloc(0)]));
      break;
    default:
      if (!isMarked) all[at] = Buffer.from(Array.from({ length: pick(30) }, () => pick(256)));
  }
}

/** A broken form of one of the seed messages; the same number gives the same message. */
export function mutant(number: number): Buffer {
  const random = numbersFrom(number);
  const seed = seeds[number % seeds.length] ?? '';
  const all = seed.split('\r\n').map((line) => Buffer.from(line));
  const changes = 1 + Math.floor(random() * 6);
  for (let change = 0; change < changes; change++) changeLine(all, random);
  const ends = ['\r\n', '\r\n', '\r\n', '\n', '\r'];
  const lineEnd = Buffer.from(ends[Math.floor(random() * ends.length)] ?? '\n');
  return Buffer.concat(all.flatMap((line) => [line, lineEnd]));
}

/** Where the marker of a message is to be found after reading, or `lost`. */
export async function whereMarkerIs(bytes: Buffer): Promise<string> {
  const message = await parseMessage(bytes);
  if (message.text?.includes(marker)) return 'text';
  if (message.html?.includes(marker)) return 'html';
  if (message.headers.some((header) => header.value.includes(marker))) return 'headers';
  for (const { part } of message.attachments) {
    const found = await extractPart(bytes, part);
    if (found?.bytes.includes(marker)) return 'attachment';
    // A message inside is opened in its own view.
    if (found && message.indexText.includes(marker)) return 'message inside';
  }
  return message.indexText.includes(marker) ? 'index' : 'lost';
}
