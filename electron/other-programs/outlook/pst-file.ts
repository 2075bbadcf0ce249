import { type PSTAttachment, PSTFile, type PSTFolder, PSTMessage } from 'pst-extractor';
import { folderNamed } from '../files/folder-roles.ts';
import { beginningOf, type FilePath, shown, sizeOf } from '../files/mail-files.ts';
import {
  type ForeignFolder,
  type ForeignMail,
  type ForeignMessage,
  foreignMail,
  type LeftOut,
} from '../found-mail/foreign-mail.ts';
import { composeMessage, type OutlookAddress, type OutlookAttachment } from './compose-message.ts';

const deepestMessage = 8;
const deepestFolder = 60;
/** Verbs of the last answer. [MS-OXOMSG] §2.2.1.6. */
const replyVerbs: readonly number[] = [102, 103];
const forwardVerb = 104;
/** Kinds of recipients. [MS-OXOMSG] §2.2.3.1. */
const recipientKinds = { to: 1, cc: 2, bcc: 3 } as const;
const embedded = 5;
/** Folders of the file itself, which no person sees. */
const hiddenAtTop =
  /^(?:search root|spam search folder \d*|ipm_views|ipm_common_views|freebusy data|deferred action|sync issues.*)$/i;

/** Whether a file is one of Outlook with all of its folders: .pst or .ost. */
export function isPst(path: FilePath): boolean {
  return beginningOf(path, 4).toString('latin1') === '!BDN';
}

const topName = /^(?:top of (?:personal folders|outlook data file|information store)|ipm_subtree)$/i;

/** Reads a .pst or .ost file. Its folders are read one by one; a record that is broken is told. */
export function pstMail(path: FilePath): ForeignMail {
  return foreignMail('pst', shown(path), {
    sources: [{ place: shown(path), sizeBytes: sizeOf(path), folder: null, entries: () => entriesIn(path) }],
  });
}

function* entriesIn(path: FilePath): Generator<ForeignMessage | LeftOut> {
  let file: PSTFile | null = null;
  try {
    file = new PSTFile(shown(path));
    const sizeBytes = sizeOf(path);
    const state = { count: 0, sizeBytes, place: shown(path) };
    for (const folder of topFolders(file.getRootFolder())) yield* folderEntries(folder, [], state);
  } catch (error) {
    // The library throws whatever it met: a form that it does not know, or a file that is cut off.
    yield { kind: 'left-out', place: shown(path), folder: null, why: 'damaged', ...detailOf(error) };
  } finally {
    file?.close();
  }
}

/** The folders that a person sees: those below "Top of Personal Folders", where there is such a folder. */
function topFolders(root: PSTFolder): PSTFolder[] {
  const folders = root.getSubFolders();
  // An .ost file has it one level further down.
  const candidates = [
    folders,
    ...folders.map((folder) => (folder.hasSubfolders ? folder.getSubFolders() : [])),
  ];
  const top = candidates.flat().find(({ displayName }) => topName.test(displayName));
  return top === undefined
    ? folders.filter(({ displayName }) => !hiddenAtTop.test(displayName))
    : top.getSubFolders();
}

type Reading = { count: number; readonly sizeBytes: number; readonly place: string };

function* folderEntries(
  from: PSTFolder,
  above: readonly string[],
  reading: Reading,
): Generator<ForeignMessage | LeftOut> {
  const path = [...above, from.displayName.normalize('NFC') || 'Folder'];
  const folder = folderNamed(null, path);
  for (let seen = 0; ; seen += 1) {
    const place = `${reading.place}#${path.join('/')}#${seen + 1}`;
    let item: unknown;
    try {
      item = from.getNextChild();
    } catch (error) {
      yield { kind: 'left-out', place, folder, why: 'damaged', ...detailOf(error) };
      // One broken record would end the folder; the next one is tried, up to the number that the folder names.
      if (seen + 1 >= from.contentCount) break;
      from.moveChildCursorTo(seen + 1);
      continue;
    }
    if (item === null || item === undefined) break;
    reading.count += 1;
    yield entryOf(item, place, folder);
  }
  if (above.length >= deepestFolder || !from.hasSubfolders) return;
  for (const inner of from.getSubFolders()) yield* folderEntries(inner, path, reading);
}

function entryOf(item: unknown, place: string, folder: ForeignFolder): ForeignMessage | LeftOut {
  if (!(item instanceof PSTMessage) || !/^(?:IPM\.Note|REPORT\.)/i.test(item.messageClass || 'IPM.Note'))
    return { kind: 'left-out', place, folder, why: 'other-item' };
  try {
    const bytes = composed(item, 0);
    const verb = item.lastVerbExecuted;
    return {
      kind: 'message',
      place,
      folder,
      marks: {
        isRead: item.isRead,
        isStarred: false,
        isReplied: replyVerbs.includes(verb),
        isForwarded: verb === forwardVerb,
        tags: item.colorCategories.filter((name) => name !== ''),
      },
      receivedAt: item.messageDeliveryTime?.getTime() ?? null,
      uidl: null,
      isPartial: false,
      endBytes: 0,
      pieces: () => [bytes],
    };
  } catch (error) {
    return { kind: 'left-out', place, folder, why: 'damaged', ...detailOf(error) };
  }
}

function composed(message: PSTMessage, depth: number): Buffer {
  const html = message.bodyHTML;
  const text = message.body;
  return composeMessage({
    headers: message.transportMessageHeaders,
    subject: message.subject,
    from: {
      name: message.senderName || message.sentRepresentingName,
      address: addressOf(message.senderEmailAddress, message.sentRepresentingEmailAddress),
    },
    to: recipients(message, 'to'),
    cc: recipients(message, 'cc'),
    bcc: recipients(message, 'bcc'),
    sentAt:
      (message.clientSubmitTime ?? message.messageDeliveryTime ?? message.creationTime)?.getTime() ?? null,
    messageId: message.internetMessageId,
    inReplyTo: message.inReplyToId,
    text: text === '' && html !== '' ? null : text,
    html: html === '' ? null : html,
    attachments: attachmentsOf(message, depth),
  });
}

function recipients(message: PSTMessage, kind: keyof typeof recipientKinds): OutlookAddress[] {
  const found: OutlookAddress[] = [];
  for (let index = 0; index < message.numberOfRecipients; index += 1) {
    const one = message.getRecipient(index);
    if (one === null || one.recipientType !== recipientKinds[kind]) continue;
    found.push({ name: one.displayName, address: addressOf(one.smtpAddress, one.emailAddress) });
  }
  return found;
}

function attachmentsOf(message: PSTMessage, depth: number): OutlookAttachment[] {
  const found: OutlookAttachment[] = [];
  for (let index = 0; index < message.numberOfAttachments; index += 1) {
    const one = attachmentOf(message.getAttachment(index), depth);
    if (one !== null) found.push(one);
  }
  return found;
}

function attachmentOf(from: PSTAttachment, depth: number): OutlookAttachment | null {
  const name = from.longFilename || from.filename || from.displayName;
  if (from.attachMethod === embedded) {
    const inner = depth < deepestMessage ? from.embeddedPSTMessage : null;
    if (inner === null) return null;
    return {
      name: name || 'message.eml',
      type: 'message/rfc822',
      contentId: '',
      content: composed(inner, depth + 1),
    };
  }
  return { name, type: from.mimeTag, contentId: from.contentId, content: contentOf(from) };
}

const pieceBytes = 8176;

function contentOf(from: PSTAttachment): Buffer {
  const stream = from.fileInputStream;
  if (stream === null) return Buffer.alloc(0);
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = Buffer.alloc(pieceBytes);
    const read = stream.readBlock(piece);
    if (read <= 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, read));
  }
}

function addressOf(...known: readonly string[]): string {
  return known.find((one) => /^[^\s<>]+@[^\s<>]+$/.test(one)) ?? '';
}

function detailOf(error: unknown): { readonly detail?: string } {
  return error instanceof Error ? { detail: error.message } : {};
}
