import library, { type FieldsData } from '@kenjiuno/msgreader';
import { decompressRtf } from '../../message/attachments/rtf-decompress.ts';
import { readRtf } from '../../message/attachments/rtf-text.ts';
import { decodeAs } from '../../message/charset/charset-decode.ts';
import { canonicalCharset } from '../../message/charset/charset-names.ts';
import { type FilePath, openMail, shown, sizeOf, unreadable } from '../files/mail-files.ts';
import type { ForeignFolder, ForeignMessage, LeftOut, MailSource } from '../found-mail/foreign-mail.ts';
import { composeMessage, type OutlookAddress, type OutlookAttachment } from './compose-message.ts';

/** The package is CommonJS, and Node and the bundler put its default export at different places. */
const MsgReader = (library as { readonly default?: typeof library }).default ?? library;
type MsgReader = InstanceType<typeof library>;

/** A compound file begins so. [MS-CFB] §2.2. */
const compoundMagic = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** The whole file is held in memory while it is read. Bytes. */
const largestBytes = 512 * 1024 * 1024;
/** Messages within messages are followed this deep. */
const deepestMessage = 8;
const readFlag = 1;
const utf8CodePage = 65001;

/** The messages of files of Outlook that are one message each. */
export function msgSource(place: FilePath, paths: readonly FilePath[], folder: ForeignFolder): MailSource {
  return {
    place: shown(place),
    sizeBytes: paths.reduce((sum, path) => sum + sizeOf(path), 0),
    folder,
    *entries() {
      let end = 0;
      for (const path of paths) {
        end += sizeOf(path);
        yield entryOf(path, folder, end);
      }
    },
  };
}

function entryOf(path: FilePath, folder: ForeignFolder, endBytes: number): ForeignMessage | LeftOut {
  const place = shown(path);
  const leftOut = (why: LeftOut['why'], detail?: string): LeftOut => ({
    kind: 'left-out',
    place,
    folder,
    why,
    ...(detail === undefined ? {} : { detail }),
  });
  let bytes: Buffer;
  try {
    using source = openMail(path);
    if (source.length > largestBytes) return leftOut('damaged', 'too large');
    bytes = Buffer.from(source.read(0, source.length));
  } catch (error) {
    return unreadable(place, error, folder);
  }
  if (!bytes.subarray(0, compoundMagic.length).equals(compoundMagic)) return leftOut('not-mail');
  try {
    const reader = new MsgReader(new Uint8Array(bytes).buffer);
    const fields = reader.getFileData();
    if (fields.error !== undefined) return leftOut('damaged', fields.error);
    if (!/^IPM\.Note/i.test(fields.messageClass ?? 'IPM.Note')) return leftOut('other-item');
    const message = composed(reader, fields, 0);
    return {
      kind: 'message',
      place,
      folder,
      marks: {
        isRead: fields.messageFlags === undefined || (fields.messageFlags & readFlag) !== 0,
        isStarred: false,
        isReplied: false,
        isForwarded: false,
        tags: [],
      },
      receivedAt: timeOf(fields.messageDeliveryTime),
      uidl: null,
      isPartial: false,
      endBytes,
      pieces: () => [message],
    };
  } catch (error) {
    // The library throws whatever its reading met; the file is broken, or of a kind that it does not know.
    return leftOut('damaged', error instanceof Error ? error.message : undefined);
  }
}

function composed(reader: MsgReader, fields: FieldsData, depth: number): Buffer {
  const rtf = fields.compressedRtf === undefined ? null : decompressRtf(Buffer.from(fields.compressedRtf));
  const fromRtf = rtf === null ? { text: null, html: null } : readRtf(rtf);
  const people = (kind: 'to' | 'cc' | 'bcc') =>
    (fields.recipients ?? [])
      .filter(({ recipType }) => (recipType ?? 'to') === kind)
      .map(
        (one): OutlookAddress => ({ name: one.name ?? '', address: addressOf(one.smtpAddress, one.email) }),
      );
  return composeMessage({
    headers: fields.headers ?? '',
    subject: fields.subject ?? '',
    from: {
      name: fields.senderName ?? '',
      address: addressOf(fields.senderSmtpAddress ?? fields.sentRepresentingSmtpAddress, fields.senderEmail),
    },
    to: people('to'),
    cc: people('cc'),
    bcc: people('bcc'),
    sentAt: timeOf(fields.clientSubmitTime ?? fields.messageDeliveryTime ?? fields.creationTime),
    messageId: fields.messageId ?? '',
    inReplyTo: '',
    text: fields.body ?? fromRtf.text,
    html: htmlOf(fields) ?? fromRtf.html,
    attachments: (fields.attachments ?? []).flatMap((one) => attachmentOf(reader, one, depth) ?? []),
  });
}

function attachmentOf(reader: MsgReader, fields: FieldsData, depth: number): OutlookAttachment | null {
  const name = fields.fileName ?? fields.fileNameShort ?? fields.name ?? '';
  const contentId = fields.pidContentId ?? '';
  const inner = fields.innerMsgContentFields;
  if (inner !== undefined) {
    if (depth >= deepestMessage) return null;
    return {
      name: name || `${inner.subject ?? ''}.eml`,
      type: 'message/rfc822',
      contentId: '',
      content: composed(reader, inner, depth + 1),
    };
  }
  const { content } = reader.getAttachment(fields);
  return { name, type: fields.attachMimeTag ?? '', contentId, content: Buffer.from(content) };
}

function htmlOf({ html, bodyHtml, internetCodepage }: FieldsData): string | null {
  if (bodyHtml !== undefined && bodyHtml !== '') return bodyHtml;
  if (html === undefined) return null;
  const page = internetCodepage ?? utf8CodePage;
  const charset = page === utf8CodePage ? 'utf-8' : (canonicalCharset(`cp${page}`) ?? 'windows-1252');
  return decodeAs(Buffer.from(html), charset);
}

/** The address of the internet. Addresses of an Exchange server (`/o=…`) reach nobody else. */
function addressOf(smtp: string | undefined, other: string | undefined): string {
  return [smtp, other].find((one) => one !== undefined && /^[^\s<>]+@[^\s<>]+$/.test(one)) ?? '';
}

function timeOf(text: string | undefined): number | null {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
