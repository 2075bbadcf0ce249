import { createCipheriv } from 'node:crypto';
import iconv from 'iconv-lite';

/**
 * Maildrops made from a seed: the same seed and count give the same bytes on every machine, so that two programs
 * or two days can be compared. Every message ends its lines with CRLF and has no line above 998 bytes.
 */

/** Numbers from 0 to below 1 that a seed decides: Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Language = 'latin' | 'cyrillic';

const syllables: Record<Language, readonly string[]> = {
  latin: 'ba re ti con mel sor un da pe li gra no vi tes ka ro mun fel si dor ha lin per to'.split(' '),
  cyrillic: 'по ле со ро ка мо на ви те до жи сту зе пре бу ли ра го ме ще ны шо хо ту'.split(' '),
};
const everyday: Record<Language, readonly string[]> = {
  latin: 'the and of to in is that for on with as by this from are or be it not we you at will can'.split(
    ' ',
  ),
  cyrillic: 'и в на что с по как это для из от мы вы не за к о при до если так уже только'.split(' '),
};
const people = ['Anna Lind', 'Boris Petrov', 'Chiara Neri', 'David Osei', 'Eva Novak', 'Farid Aziz'];
const crlf = '\r\n';

const vocabularySize = 20_000;

/** Makes up words, lines and messages; rare words stay rare, as in real mail, so that a search has work to do. */
class Writer {
  readonly #random: () => number;
  readonly #vocabularies: Record<Language, readonly string[]>;

  constructor(seed: number) {
    this.#random = seeded(seed);
    this.#vocabularies = { latin: this.#vocabulary('latin'), cyrillic: this.#vocabulary('cyrillic') };
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  #vocabulary(language: Language): string[] {
    const word = (): string =>
      Array.from({ length: 2 + this.below(3) }, () => this.pick(syllables[language])).join('');
    return Array.from({ length: vocabularySize }, word);
  }

  word(language: Language): string {
    if (this.#random() < 0.45) return this.pick(everyday[language]);
    return this.#vocabularies[language][Math.floor(this.#random() ** 3 * vocabularySize)] ?? '';
  }

  words(language: Language, count: number): string {
    let text = this.word(language);
    for (let written = 1; written < count; written += 1) text += ` ${this.word(language)}`;
    return text;
  }

  /** Lines of about 70 characters, about `characters` in all. */
  text(language: Language, characters: number): string {
    const lines: string[] = [];
    for (let written = 0; written < characters; ) {
      const line = this.#random() < 0.12 ? '' : this.words(language, 11).slice(0, 76).trimEnd();
      lines.push(line);
      written += line.length + 2;
    }
    return lines.join(crlf) + crlf;
  }

  /** `size` bytes that do not compress. */
  bytes(size: number): Buffer {
    const key = Buffer.alloc(16);
    key.writeUInt32BE(this.below(4_294_967_296));
    return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size));
  }

  base64Lines(size: number): string {
    return (
      (
        this.bytes(size)
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      ).join(crlf) + crlf
    );
  }
}

type Head = { readonly lines: readonly string[]; readonly boundary: string };

/** The header lines every message has; one in four answers an earlier one. */
function head(writer: Writer, number: number, language: Language, recipient: string): Head {
  const name = writer.pick(people);
  const address = `${name.split(' ')[0]?.toLowerCase() ?? 'x'}@example.${writer.pick(['org', 'net', 'com'])}`;
  const subject = writer.words(language, 3 + writer.below(5));
  const encoded =
    language === 'latin' ? subject : `=?utf-8?B?${Buffer.from(subject.slice(0, 22)).toString('base64')}?=`;
  const date = new Date(Date.UTC(2020, 0, 1) + number * 1_234_567).toUTCString().replace('GMT', '+0000');
  const answered = number > 4 && writer.below(4) === 0 ? number - 1 - writer.below(4) : 0;
  const reply = answered > 0 ? [`In-Reply-To: <${answered}@seed.example>`] : [];
  return {
    boundary: `=_part_${number}_${writer.below(1_000_000)}`,
    lines: [
      `Return-Path: <${address}>`,
      `Received: from mail.example (mail.example [192.0.2.${writer.below(250)}])`,
      `\tby mx.example with ESMTPS id ${number.toString(36)}${writer.below(1_000_000).toString(36)}; ${date}`,
      `From: ${name} <${address}>`,
      `To: ${recipient}`,
      `Subject: ${answered > 0 ? 'Re: ' : ''}${encoded}`,
      `Date: ${date}`,
      `Message-ID: <${number}@seed.example>`,
      ...reply,
      'MIME-Version: 1.0',
    ],
  };
}

function plain(lines: readonly string[], charset: string, body: Buffer): Buffer {
  const fields = [
    ...lines,
    `Content-Type: text/plain; charset=${charset}`,
    'Content-Transfer-Encoding: 8bit',
  ];
  return Buffer.concat([Buffer.from(fields.join(crlf) + crlf + crlf), body]);
}

function multipart(subtype: string, { lines, boundary }: Head, parts: readonly string[]): Buffer {
  const top = [...lines, `Content-Type: multipart/${subtype}; boundary="${boundary}"`, '', ''].join(crlf);
  return Buffer.from(
    `${top}${parts.map((part) => `--${boundary}${crlf}${part}${crlf}`).join('')}--${boundary}--${crlf}`,
  );
}

function part(type: string, encoding: string, body: string, more: readonly string[] = []): string {
  return [`Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`, ...more, '', body].join(crlf);
}

function attachmentMessage(writer: Writer, number: number, top: Head, size: number): Buffer {
  return multipart('mixed', top, [
    part('text/plain; charset=us-ascii', '7bit', writer.text('latin', 600)),
    part('application/octet-stream', 'base64', writer.base64Lines(size), [
      `Content-Disposition: attachment; filename="file-${number}.bin"`,
    ]),
  ]);
}

function htmlMessage(writer: Writer, top: Head, size: number): Buffer {
  const text = writer.text('latin', size / 3);
  const paragraphs = text
    .split(crlf)
    .map((line) => `<p style="margin:0 0 8px;font-family:Arial,sans-serif">${line}</p>`)
    .join(crlf);
  const html = `<html><body><h1>${writer.words('latin', 4)}</h1>${crlf}${paragraphs}${crlf}</body></html>${crlf}`;
  return multipart('alternative', top, [
    part('text/plain; charset=us-ascii', '7bit', text),
    part('text/html; charset=us-ascii', '7bit', html),
  ]);
}

/** Everyday mail: 5 KB on average, in the mix of sorts and charsets a mailbox has. */
export function* maildropA(count = 10_000, seed = 1): Generator<Buffer> {
  const writer = new Writer(seed);
  for (let number = 1; number <= count; number += 1) {
    const sort = writer.below(100);
    const language = sort >= 62 && sort < 92 ? 'cyrillic' : 'latin';
    const top = head(writer, number, language, 'reader@example.org');
    const size = 900 + writer.below(4600);
    if (sort < 32) yield plain(top.lines, 'us-ascii', Buffer.from(writer.text('latin', size)));
    else if (sort < 62) yield htmlMessage(writer, top, 1200 + writer.below(5800));
    else if (sort < 72) yield plain(top.lines, 'koi8-r', iconv.encode(writer.text(language, size), 'koi8-r'));
    else if (sort < 82)
      yield plain(top.lines, 'windows-1251', iconv.encode(writer.text(language, size), 'windows-1251'));
    else if (sort < 92) yield plain(top.lines, 'utf-8', Buffer.from(writer.text(language, size)));
    else yield attachmentMessage(writer, number, top, 2000 + writer.below(13_000));
  }
}

/** Large mail: 5 MB each, nearly all of it an attachment. */
export function* maildropB(count = 200, seed = 2): Generator<Buffer> {
  const writer = new Writer(seed);
  for (let number = 1; number <= count; number += 1)
    yield attachmentMessage(writer, number, head(writer, number, 'latin', 'reader@example.org'), 3_830_000);
}

/** Many small messages: 2 KB each. */
export function* maildropC(count = 100_000, seed = 3): Generator<Buffer> {
  const writer = new Writer(seed);
  for (let number = 1; number <= count; number += 1) {
    const { lines } = head(writer, number, 'latin', 'reader@example.org');
    yield plain(lines, 'us-ascii', Buffer.from(writer.text('latin', 1300 + writer.below(500))));
  }
}
