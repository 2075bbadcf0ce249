import { extractPart, readTextFile } from '../../../electron/message/parsing/extract-part.ts';
import { parseMessage } from '../../../electron/message/parsing/parse.ts';
import { marker, mixedSeeds, type SeedLine, seeds } from './mutation-seeds.ts';

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

/** Makes one change to the lines of a message; those that are kept stay as they are. */
function changeLine(all: Buffer[], random: Random, isKept: (line: Buffer) => boolean): void {
  const pick = (count: number): number => Math.floor(random() * count);
  const at = pick(all.length);
  const line = all[at];
  if (line === undefined) return;
  const next = all[at + 1];
  const isMarked = isKept(line);
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
      if (!isMarked && next !== undefined && !isKept(next)) all.splice(at, 2, Buffer.concat([line, next]));
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
  for (let change = 0; change < changes; change++) changeLine(all, random, (line) => line.includes(marker));
  const ends = ['\r\n', '\r\n', '\r\n', '\n', '\r'];
  const lineEnd = Buffer.from(ends[Math.floor(random() * ends.length)] ?? '\n');
  return Buffer.concat(all.flatMap((line) => [line, lineEnd]));
}

const mixedEnds = ['\r\n', '\n', '\r'].map((end) => Buffer.from(end));

/** What ends each line: one end for all, one for most, or any by chance. */
function lineEndsBy(random: Random): () => Buffer {
  const pick = (): Buffer => mixedEnds[Math.floor(random() * mixedEnds.length)] ?? Buffer.alloc(0);
  const usual = pick();
  const strayShare = [0, 0, 0.05, 0.2, 1][Math.floor(random() * 5)] ?? 0;
  return () => (random() < strayShare ? pick() : usual);
}

/**
 * A broken form of one of more messages, by up to twelve changes and with line ends that may differ from line to line;
 * the same number gives the same message.
 */
export function mixedMutant(number: number): Buffer {
  const random = numbersFrom(number);
  const seed: readonly SeedLine[] = mixedSeeds[number % mixedSeeds.length] ?? [];
  const kept = new Set<Buffer>();
  const all = seed.map(({ bytes, isKept }) => {
    const line = Buffer.from(bytes);
    if (isKept) kept.add(line);
    return line;
  });
  const changes = 1 + Math.floor(random() * 12);
  for (let change = 0; change < changes; change++) changeLine(all, random, (line) => kept.has(line));
  const lineEnd = lineEndsBy(random);
  const ended = all.flatMap((line) =>
    (kept.has(line) ? line.toString('latin1').split('\r\n') : [line.toString('latin1')]).flatMap((one) => [
      Buffer.from(one, 'latin1'),
      lineEnd(),
    ]),
  );
  return Buffer.concat(ended);
}

/** The lines in which the marker of `mixedMutant(number)` is written in a code; none when it stands in the open. */
export function codedMarker(number: number): readonly string[] {
  const seed = mixedSeeds[number % mixedSeeds.length] ?? [];
  const kept = seed.find(({ bytes, isKept }) => isKept && !bytes.includes(marker));
  // What pads it is of no account.
  return kept === undefined ? [] : kept.bytes.toString('latin1').replace(/=+$/, '').split('\r\n');
}

/**
 * Where the marker of a message is to be found after reading, or `lost`. It is found in its code where what is shown
 * holds these lines: a message of which nothing tells any more that it is coded is shown as it stands.
 */
export async function whereMarkerIs(bytes: Buffer, code: readonly string[] = []): Promise<string> {
  const message = await parseMessage(bytes);
  if (message.text?.includes(marker)) return 'text';
  if (message.html?.includes(marker)) return 'html';
  if (message.headers.some((header) => header.value.includes(marker))) return 'headers';
  const isCoded = (text: string): boolean => code.length > 0 && code.every((line) => text.includes(line));
  let isCodedFile = false;
  for (const { part } of message.attachments) {
    const found = await extractPart(bytes, part);
    if (found?.bytes.includes(marker)) return 'attachment';
    if (found && readTextFile(bytes, part)?.text.includes(marker)) return 'text file';
    isCodedFile ||= found !== null && isCoded(found.bytes.toString('latin1'));
    // A message inside is opened in its own view.
    if (found && message.indexText.includes(marker)) return 'message inside';
  }
  if (message.indexText.includes(marker)) return 'index';
  const shown = [message.text ?? '', message.html ?? '', ...message.headers.map(({ value }) => value)].join(
    '\n',
  );
  if (isCodedFile || isCoded(shown)) return 'code';
  return 'lost';
}
