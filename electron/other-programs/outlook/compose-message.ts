import { createHash } from 'node:crypto';
import libmime from 'libmime';

/** A person or a list in a message of Outlook. */
export type OutlookAddress = { readonly name: string; readonly address: string };

/** A file, or another message, in a message of Outlook. */
export type OutlookAttachment = {
  readonly name: string;
  readonly type: string;
  readonly contentId: string;
  /** A message is given as the bytes that were made of it. */
  readonly content: Buffer;
};

/** A message as Outlook keeps it: in properties, not as it came. */
export type OutlookMessage = {
  /** The headers as the server sent them; empty for what was sent or never left. */
  readonly headers: string;
  readonly subject: string;
  readonly from: OutlookAddress;
  readonly to: readonly OutlookAddress[];
  readonly cc: readonly OutlookAddress[];
  readonly bcc: readonly OutlookAddress[];
  /** Milliseconds since the epoch. */
  readonly sentAt: number | null;
  readonly messageId: string;
  readonly inReplyTo: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly OutlookAttachment[];
};

/** Headers that say how the body was written once; it is written anew. */
const bodyHeaders = /^(?:mime-version|content-[\w-]+)[ \t]*:/i;
const base64LineLength = 76;

/** Makes a message of the internet of what Outlook keeps. The same message gives the same bytes each time. RFC 5322. */
export function composeMessage(message: OutlookMessage): Buffer {
  const body = mixed(message);
  return Buffer.concat([Buffer.from(`${headersOf(message).join('\r\n')}\r\nMIME-Version: 1.0\r\n`), body]);
}

function headersOf(message: OutlookMessage): string[] {
  const kept = message.headers
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n(?![ \t])/)
    .filter((field) => /^[!-9;-~]+[ \t]*:/.test(field) && !bodyHeaders.test(field))
    .map((field) => field.replaceAll('\n', '\r\n'));
  return kept.length > 0 ? kept : madeHeaders(message);
}

function madeHeaders(message: OutlookMessage): string[] {
  const { from, to, cc, bcc, sentAt, messageId, inReplyTo, subject } = message;
  const lists: [string, readonly OutlookAddress[]][] = [
    ['From', [from]],
    ['To', to],
    ['Cc', cc],
    ['Bcc', bcc],
  ];
  return [
    ...lists.flatMap(([name, list]) => {
      const known = list.filter(({ name: called, address }) => called !== '' || address !== '');
      return known.length === 0 ? [] : [`${name}: ${known.map(addressText).join(',\r\n ')}`];
    }),
    ...(sentAt === null ? [] : [`Date: ${new Date(sentAt).toUTCString().replace('GMT', '+0000')}`]),
    `Subject: ${words(subject)}`,
    ...(messageId === '' ? [] : [`Message-ID: ${oneLine(messageId)}`]),
    ...(inReplyTo === '' ? [] : [`In-Reply-To: ${oneLine(inReplyTo)}`]),
  ];
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').trim();
}

function words(text: string): string {
  const line = oneLine(text);
  return /^[\x20-\x7e]*$/.test(line) ? line : libmime.encodeWord(line, 'B', 52).replaceAll(' ', '\r\n ');
}

function addressText({ name, address }: OutlookAddress): string {
  const mailbox = /^[^\s<>]+$/.test(address) ? `<${address}>` : '';
  const called = oneLine(name).replace(/["\\]/g, '');
  if (called === '' || called === address) return mailbox === '' ? `"${oneLine(address)}" <>` : mailbox;
  return `${/^[\x20-\x7e]*$/.test(called) ? `"${called}"` : words(called)} ${mailbox === '' ? '<>' : mailbox}`;
}

/** The body with its headers, from `Content-Type` on. */
function mixed(message: OutlookMessage): Buffer {
  const inline = message.attachments.filter(({ contentId }) => contentId !== '' && message.html !== null);
  const others = message.attachments.filter((one) => !inline.includes(one));
  const text = alternative(message);
  const related = inline.length === 0 ? text : multipart('related', [text, ...inline.map(attachmentPart)]);
  return others.length === 0 ? related : multipart('mixed', [related, ...others.map(attachmentPart)]);
}

function alternative({ text, html }: OutlookMessage): Buffer {
  const parts = [
    ...(text === null && html !== null ? [] : [textPart('plain', text ?? '')]),
    ...(html === null ? [] : [textPart('html', html)]),
  ];
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : multipart('alternative', parts);
}

function textPart(type: 'plain' | 'html', text: string): Buffer {
  return part(`text/${type}; charset=utf-8`, [], Buffer.from(text.replace(/\r?\n/g, '\r\n')));
}

function attachmentPart({ name, type, contentId, content }: OutlookAttachment): Buffer {
  const file = oneLine(name) || 'attachment';
  const params = libmime.buildHeaderValue({
    value: contentId === '' ? 'attachment' : 'inline',
    params: { filename: file },
  });
  const extra = [
    `Content-Disposition: ${oneLine(params)}`,
    ...(contentId === '' ? [] : [`Content-ID: <${oneLine(contentId).replace(/[<>]/g, '')}>`]),
  ];
  const kind = /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type.toLowerCase() : libmime.detectMimeType(file);
  // A message within a message may not be encoded. RFC 2046 §5.2.1.
  if (kind !== 'message/rfc822') return part(kind, extra, content);
  return Buffer.concat([
    Buffer.from(`${['Content-Type: message/rfc822', ...extra].join('\r\n')}\r\n\r\n`),
    content,
  ]);
}

function part(type: string, extra: readonly string[], content: Buffer): Buffer {
  const lines = content.toString('base64').match(new RegExp(`.{1,${base64LineLength}}`, 'g')) ?? [];
  const headers = [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', ...extra];
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${lines.join('\r\n')}\r\n`);
}

/** The boundary comes from the content, so that the same message has the same bytes in each import. */
function multipart(subtype: string, parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const one of parts) hash.update(one);
  const boundary = `=_${hash.digest('hex').slice(0, 32)}`;
  return Buffer.concat([
    Buffer.from(`Content-Type: multipart/${subtype}; boundary="${boundary}"\r\n\r\n`),
    ...parts.flatMap((one) => [Buffer.from(`--${boundary}\r\n`), one, Buffer.from('\r\n')]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}
