import libmime from 'libmime';
import { decodeText } from '../charset/charset-choice.ts';
import type { CharsetContext } from '../charset/charset-context.ts';
import { cleanAttachmentName } from '../safety/attachment-name.ts';
import { decodedBytes } from '../structure/decoded-bytes.ts';
import type { Part } from '../structure/part.ts';
import type { Stretch } from '../text/stretch.ts';
import { type CarriedFile, extensionOf, fileOfPart, sentName, typeByName } from './attachment.ts';
import { decompressRtf } from './rtf-decompress.ts';
import { readRtf } from './rtf-text.ts';
import { decodeTnef, type TnefContent } from './tnef.ts';

/** Whether a part is the wrapping that Outlook puts around attachments: by its type, or by the name it always has. */
export function isTnef(part: Part): boolean {
  if (/^application\/(?:vnd\.)?ms-tnef$/.test(part.type)) return true;
  return /^winmail.*\.dat$/i.test(sentName(part, nameContext) ?? '');
}

const nameContext: CharsetContext = {
  override: null,
  others: [],
  fallback: 'windows-1252',
  evidence: () => new Uint8Array(0),
};

function label(codePage: number): string | null {
  return codePage === 0 ? null : `cp${codePage}`;
}

/** The body a stream carries; Outlook writes it only here when the message has no other. */
function bodyOf(content: TnefContent, context: CharsetContext): Stretch | null {
  const read = (bytes: Buffer, page: number): string =>
    decodeText(bytes, { declared: label(page) }, context)
      .text.replaceAll('\0', '')
      .replace(/\r\n?/g, '\n');
  const html = content.html ? read(content.html, content.htmlCodePage || content.codePage) : null;
  const raw = content.text;
  const text =
    raw &&
    (content.textIsUtf16
      ? raw.toString('utf16le').replaceAll('\0', '').replace(/\r\n?/g, '\n')
      : read(raw, content.codePage));
  if (html !== null || text !== null) return { text, html, isFlowed: false, isDelSp: false };
  const rtf = content.rtf === null ? null : decompressRtf(content.rtf);
  const { members } = content.head;
  if (rtf === null && members.length > 0)
    return { text: members.join('\n'), html: null, isFlowed: false, isDelSp: false };
  return rtf === null ? null : { ...readRtf(rtf), isFlowed: false, isDelSp: false };
}

function word(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().slice(0, 500);
  return /^[\x20-\x7e]*$/.test(line) ? line : (libmime.encodeWords(line, 'B', 60) as string);
}

function bodyPart(type: string, text: string): string {
  const code = Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${code}\r\n`;
}

/** A message of MAPI properties as one of the network, so that it is read like any other. Its files are listed beside it. */
function asMessage({ head }: TnefContent, body: Stretch | null): Buffer {
  const { subject, from, fromAddress, to, sentAt } = head;
  const address = /^[^\s<>@]+@[^\s<>@]+$/.test(fromAddress ?? '') ? ` <${fromAddress}>` : '';
  const date =
    sentAt !== null && Math.abs(sentAt) < 8.64e15
      ? new Date(sentAt).toUTCString().replace('GMT', '+0000')
      : null;
  const fields = [
    ...(from === null && address === '' ? [] : [`From: ${word(from ?? '')}${address}`]),
    ...(to === null ? [] : [`To: ${word(to)}`]),
    ...(subject === null ? [] : [`Subject: ${word(subject)}`]),
    ...(date === null ? [] : [`Date: ${date}`]),
    'MIME-Version: 1.0',
  ];
  const forms = [
    ...(body?.text == null ? [] : [bodyPart('text/plain', body.text)]),
    ...(body?.html == null ? [] : [bodyPart('text/html', body.html)]),
  ];
  const cut = '=_attached';
  const [only = 'Content-Type: text/plain\r\n\r\n'] = forms;
  const content =
    forms.length < 2
      ? only
      : `Content-Type: multipart/alternative; boundary="${cut}"\r\n\r\n${forms.map((form) => `--${cut}\r\n${form}`).join('')}--${cut}--\r\n`;
  return Buffer.from(`${fields.join('\r\n')}\r\n${content}`);
}

/** The files inside a winmail.dat part, numbered under it, and the body it may carry; null when it cannot be read. */
export function filesOfTnef(
  part: Part,
  context: CharsetContext,
  heldBytes: number,
): { readonly files: readonly CarriedFile[]; readonly body: Stretch | null } | null {
  const decode = (bytes: Buffer, page: number): string =>
    decodeText(bytes, { declared: label(page) }, context).text;
  const content = decodeTnef(decodedBytes(part, heldBytes), decode);
  if (!content) return null;
  const files = content.files.map((file, index): CarriedFile => {
    const isMessage = file.content !== undefined;
    const sent = file.name ?? `part-${part.path}.${index + 1}`;
    const name = cleanAttachmentName(
      isMessage ? `${sent}.eml` : sent,
      file.type ? extensionOf(file.type) : '',
    );
    const { content: attached } = file;
    return {
      part: `${part.path}.${index + 1}`,
      name,
      type: file.type ?? typeByName(name),
      contentId: file.contentId,
      contentLocation: null,
      open: () => [attached === undefined ? file.bytes : asMessage(attached, bodyOf(attached, context))],
    };
  });
  // The stream itself stays a file where something of it may be lost.
  const own =
    content.isInDoubt || (files.length === 0 && bodyOf(content, context) === null)
      ? [fileOfPart(part, context)]
      : [];
  return { files: [...files, ...own], body: bodyOf(content, context) };
}
