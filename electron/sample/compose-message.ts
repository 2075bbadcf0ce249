import { decode, encode } from 'iconv-lite';
import type { SampleMessage } from './maildrop.ts';

/** One MIME part, or a tree of them: its own header lines and its encoded body. */
export type Part = { readonly headers: readonly string[]; readonly body: Buffer };

/** A message of the sample mailbox before its date is known. */
export type Draft = {
  /** Id on the server. It is the same at every start, so that nothing is fetched twice. */
  readonly uidl: string;
  /** How long ago it was sent, hours. */
  readonly hoursAgo: number;
  /** Minutes east of Greenwich where it was written. */
  readonly zoneMinutes?: number;
  readonly from: string;
  readonly to?: string;
  readonly subject: string;
  /** Character set of the encoded words in the headers. */
  readonly charset?: string;
  /** Whole header lines beside the usual ones. A Date or Subject among them replaces the usual one. */
  readonly headers?: readonly (string | Buffer)[];
  readonly part: Part;
};

const crlf = Buffer.from('\r\n');

/** Address the sample mail is written to. */
export const sampleAddress = 'sasha@poppy.example';

/** Text with CRLF line endings in the bytes of `charset`. Throws when the charset lacks a character. */
export function encodeText(text: string, charset: string): Buffer {
  const lines = text.replace(/\r?\n/g, '\r\n');
  const bytes = encode(lines, charset);
  if (decode(bytes, charset) !== lines) throw new Error(`not all of "${text.slice(0, 40)}" is in ${charset}`);
  return bytes;
}

function base64Lines(bytes: Buffer): Buffer {
  const text = bytes.toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += 76) lines.push(text.slice(at, at + 76));
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}

/** Quoted-printable lines of at most 76 characters. RFC 2045 §6.7. */
function quotedPrintable(bytes: Buffer): Buffer {
  const lines = bytes
    .toString('latin1')
    .split('\r\n')
    .map((line) => {
      let out = '';
      let column = 0;
      for (const [index, character] of [...line].entries()) {
        const code = character.charCodeAt(0);
        const isPlain = code >= 0x20 && code <= 0x7e && character !== '=';
        const isTrailingBlank = character === ' ' && index === line.length - 1;
        const piece =
          isPlain && !isTrailingBlank ? character : `=${code.toString(16).toUpperCase().padStart(2, '0')}`;
        if (column + piece.length > 75) {
          out += '=\r\n';
          column = 0;
        }
        out += piece;
        column += piece.length;
      }
      return out;
    });
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

/** How the bytes of a part are encoded. RFC 2045 §6. */
export type TransferEncoding = '7bit' | '8bit' | 'quoted-printable' | 'base64';

function transfer(bytes: Buffer, encoding: TransferEncoding): Buffer {
  if (encoding === 'base64') return base64Lines(bytes);
  return encoding === 'quoted-printable' ? quotedPrintable(bytes) : bytes;
}

/** How a text part is written. The default is 8-bit UTF-8. */
export type TextOptions = {
  readonly charset?: string;
  readonly encoding?: TransferEncoding;
  readonly subtype?: string;
  /** Further parameters of Content-Type, such as "; format=flowed". */
  readonly parameters?: string;
};

/** A text part. */
export function text(content: string, options: TextOptions = {}): Part {
  const { charset = 'utf-8', encoding = '8bit', subtype = 'plain', parameters = '' } = options;
  return {
    headers: [
      `Content-Type: text/${subtype}; charset=${charset}${parameters}`,
      `Content-Transfer-Encoding: ${encoding}`,
    ],
    body: transfer(encodeText(content, charset), encoding),
  };
}

/** An HTML part. Quoted-printable keeps its long lines within the limit of SMTP. */
export function html(content: string, options: TextOptions = {}): Part {
  return text(content, { encoding: 'quoted-printable', subtype: 'html', ...options });
}

/** A file, as an attachment or, with a content id, inside the body. */
export function file(name: string, type: string, bytes: Buffer, contentId?: string): Part {
  const isAscii = /^[\x20-\x7e]*$/.test(name);
  const parameter = isAscii ? `"${name}"` : `utf-8''${encodeURIComponent(name)}`;
  const star = isAscii ? '' : '*';
  return {
    headers: [
      `Content-Type: ${type};\r\n name${star}=${parameter}`,
      `Content-Disposition: ${contentId === undefined ? 'attachment' : 'inline'};\r\n filename${star}=${parameter}`,
      'Content-Transfer-Encoding: base64',
      ...(contentId === undefined ? [] : [`Content-ID: <${contentId}>`]),
    ],
    body: base64Lines(bytes),
  };
}

/** Parts put together. `key` makes the boundary, which is the same at every start. RFC 2046 §5.1. */
export function multipart(subtype: string, key: string, parts: readonly Part[]): Part {
  const boundary = `=_poppy_${key}`;
  return {
    headers: [`Content-Type: multipart/${subtype};\r\n boundary="${boundary}"`],
    body: Buffer.concat([
      ...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), partBytes(part), crlf]),
      Buffer.from(`--${boundary}--\r\n`),
    ]),
  };
}

function partBytes(part: Part): Buffer {
  return Buffer.concat([Buffer.from(`${part.headers.join('\r\n')}\r\n\r\n`), part.body]);
}

/** A whole message carried inside another one. RFC 2046 §5.2.1. */
export function nested(draft: Draft, now: number): Part {
  return {
    headers: ['Content-Type: message/rfc822', 'Content-Disposition: attachment'],
    body: composeMessage(draft, now).bytes,
  };
}

/**
 * Text for a header. Plain ASCII stays as it is; other text becomes folded encoded words of at most 75 characters. RFC
 * 2047.
 */
export function headerText(content: string, charset: string): string {
  if (/^[\x20-\x7e]*$/.test(content)) return content.replace(/(.{60,70}) /g, '$1\r\n ');
  const words: string[] = [];
  let run = '';
  for (const character of content) {
    if (encodeText(run + character, charset).length > 36) {
      words.push(run);
      run = '';
    }
    run += character;
  }
  words.push(run);
  return words
    .map((word) => `=?${charset}?B?${encodeText(word, charset).toString('base64')}?=`)
    .join('\r\n ');
}

function addressText(address: string, charset: string): string {
  const match = /^(.*) (<.*>)$/.exec(address);
  if (match === null) return address;
  const [, name = '', route = ''] = match;
  const isPlainAscii = /^[\x20-\x7e]*$/.test(name);
  if (isPlainAscii) return /[^\w ]/.test(name) ? `"${name}" ${route}` : address;
  return `${headerText(name, charset)} ${route}`;
}

/** Date as a header gives it, in the sender's zone. RFC 5322 §3.3. */
export function dateText(time: number, zoneMinutes: number): string {
  const [day, date, month, year, clock] = new Date(time + zoneMinutes * 60_000).toUTCString().split(/,? /);
  const size = Math.abs(zoneMinutes);
  const zone = `${Math.floor(size / 60)}`.padStart(2, '0') + `${size % 60}`.padStart(2, '0');
  return `${day}, ${date} ${month} ${year} ${clock} ${zoneMinutes < 0 ? '-' : '+'}${zone}`;
}

/** Message-ID of a sample message, for References. */
export function messageIdOf(uidl: string): string {
  return `<${uidl}@letters.poppy.example>`;
}

/** The bytes of a message. Only its dates depend on `now` (ms since the epoch); the rest is the same at every start. */
export function composeMessage(draft: Draft, now: number): SampleMessage {
  const { charset = 'utf-8', zoneMinutes = 180 } = draft;
  const sentAt = now - draft.hoursAgo * 3_600_000;
  const own = draft.headers ?? [];
  const usual = [
    `Return-Path: <bounce-${draft.uidl}@mail.example>`,
    `Delivered-To: ${sampleAddress}`,
    `Received: from mail.example (mail.example [192.0.2.25])\r\n by mx.poppy.example with ESMTPS id ${draft.uidl};\r\n ${dateText(sentAt + 4_000, 0)}`,
    `From: ${addressText(draft.from, charset)}`,
    `To: ${addressText(draft.to ?? `Sasha <${sampleAddress}>`, charset)}`,
    `Subject: ${headerText(draft.subject, charset)}`,
    `Date: ${dateText(sentAt, zoneMinutes)}`,
    `Message-ID: ${messageIdOf(draft.uidl)}`,
    'MIME-Version: 1.0',
  ].filter((line) => !own.some((given) => nameOf(given) === nameOf(line)));
  const lines = [...usual, ...own, ...draft.part.headers].map((line) => Buffer.from(line));
  return {
    uidl: draft.uidl,
    bytes: Buffer.concat([...lines.flatMap((line) => [line, crlf]), crlf, draft.part.body]),
  };
}

function nameOf(line: string | Buffer): string {
  return (line.toString('latin1').split(':')[0] ?? '').toLowerCase();
}
