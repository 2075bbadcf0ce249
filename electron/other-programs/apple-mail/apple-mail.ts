import { type ByteSource, memorySource } from '../../message/bytes/byte-source.ts';
import { folderNamed } from '../files/folder-roles.ts';
import { letterIn } from '../files/letter.ts';
import {
  type FilePath,
  folderAround,
  kindAt,
  lookInto,
  openMail,
  shown,
  sizeOf,
  specialFile,
  unreadable,
  within,
} from '../files/mail-files.ts';
import {
  type ForeignFolder,
  type ForeignMail,
  type ForeignMarks,
  type ForeignMessage,
  foreignMail,
  type LeftOut,
  type MailSource,
} from '../found-mail/foreign-mail.ts';
import { mboxSource } from '../mbox/mbox-files.ts';
import { withAttachments } from './partial-message.ts';
import { type PlistValue, readPlist } from './plist.ts';

const read = 1n << 0n;
const deleted = 1n << 1n;
const replied = 1n << 2n;
const starred = 1n << 4n;
const forwarded = 1n << 8n;
/** The length of a message stands before it, in decimal digits, with blanks behind. */
const lengthLineBytes = 32;

/** Whether a folder belongs to Apple Mail: a mailbox, or something that holds mailboxes. */
export function isAppleMail(path: FilePath): boolean {
  if (/\.mbox$/i.test(shown(path))) return true;
  const { entries } = lookInto(path, 0);
  return entries.some(
    ({ kind, name, path: inner }) =>
      kind === 'folder' &&
      (/\.mbox$/i.test(name) || (/^(?:V\d+|[0-9A-F]{8}-[0-9A-F-]{27})$/.test(name) && isAppleMail(inner))),
  );
}

type Mailbox = ForeignFolder & { readonly messages: FilePath[] };

/** Reads the mailboxes of Apple Mail at and below a path. It keeps accounts elsewhere. */
export function appleMail(root: FilePath): ForeignMail {
  const mailboxes: Mailbox[] = [];
  const sources: MailSource[] = [];
  const leftOut: LeftOut[] = [];
  const look = (at: FilePath, path: readonly string[], messages: FilePath[], level: number) => {
    const looked = lookInto(at, level);
    leftOut.push(...looked.leftOut);
    for (const { kind, name, path: inner } of looked.entries) {
      const [, mailbox] = /^(.+)\.mbox$/i.exec(name) ?? [];
      if (kind === 'other') leftOut.push(specialFile(inner));
      else if (kind === 'file') {
        if (/\.emlx$/i.test(name)) messages.push(inner);
        // An older export keeps an mbox in the folder of that name.
        else if (name === 'mbox') sources.push(mboxSource(inner, folderNamed(null, path)));
      } else if (mailbox !== undefined) addMailbox(inner, [...path, mailbox], level + 1);
      else if (name !== 'Attachments') look(inner, path, messages, level + 1);
    }
  };
  const addMailbox = (at: FilePath, path: readonly string[], level: number) => {
    const mailbox = { ...folderNamed(null, path), messages: [] };
    mailboxes.push(mailbox);
    look(at, path, mailbox.messages, level);
  };
  const [, own] = /([^/]+)\.mbox\/*$/i.exec(shown(root)) ?? [];
  if (own === undefined) look(root, [], [], 0);
  else addMailbox(root, [own.normalize('NFC')], 0);
  const folders = mailboxes.map(({ accountKey, path, role }) => ({ accountKey, path, role }));
  sources.push(...mailboxes.flatMap((mailbox, index) => sourceOf(mailbox, folders[index])));
  return foreignMail('apple-mail', shown(root), { folders, sources, leftOut });
}

function sourceOf({ messages }: Mailbox, folder: ForeignFolder | undefined): MailSource[] {
  const [first] = messages;
  if (first === undefined || folder === undefined) return [];
  return [
    {
      place: shown(folderAround(first)),
      sizeBytes: messages.reduce((sum, path) => sum + sizeOf(path), 0),
      folder,
      entries: () => entriesIn(messages, folder),
    },
  ];
}

function* entriesIn(
  messages: readonly FilePath[],
  folder: ForeignFolder,
): Generator<ForeignMessage | LeftOut> {
  let end = 0;
  for (const path of messages) {
    const place = shown(path);
    try {
      using file = openMail(path);
      end += file.length;
      yield entryOf(file, { path, place, folder, end });
    } catch (error) {
      yield unreadable(place, error, folder);
    }
  }
}

type At = {
  readonly path: FilePath;
  readonly place: string;
  readonly folder: ForeignFolder;
  readonly end: number;
};

function entryOf(file: ByteSource, { path, place, folder, end }: At): ForeignMessage | LeftOut {
  const [line, digits] = /^(\d+)[ \t]*\r?\n/.exec(file.read(0, lengthLineBytes).toString('latin1')) ?? [];
  const start = line?.length ?? 0;
  const messageEnd = start + Number(digits);
  if (line === undefined || messageEnd > file.length)
    return { kind: 'left-out', place, folder, why: 'damaged', detail: 'length' };
  const facts = readPlist(file.read(messageEnd, file.length).toString('utf8'));
  const flags = bigOf(facts.get('flags'));
  if ((flags & deleted) !== 0n) return { kind: 'left-out', place, folder, why: 'deleted' };
  const received = Number(bigOf(facts.get('date-received')));
  return {
    kind: 'message',
    place,
    folder,
    marks: marksOf(flags),
    receivedAt: received > 0 ? received * 1000 : null,
    uidl: null,
    isPartial: false,
    endBytes: end,
    pieces: lettersPieces(file, { start, end: messageEnd }, path),
  };
}

function lettersPieces(
  file: ByteSource,
  { start, end }: { readonly start: number; readonly end: number },
  path: FilePath,
): () => Iterable<Buffer> {
  const [, number] = /(\d+)\.partial\.emlx$/i.exec(shown(path)) ?? [];
  if (number === undefined) return letterIn(file, { start, end, isQuoted: false }, null).pieces;
  const attachments = within(folderAround(folderAround(path)), 'Attachments', number);
  const whole =
    kindAt(attachments) === 'folder'
      ? withAttachments(file.read(start, end), attachments)
      : file.read(start, end);
  return letterIn(memorySource(whole), { start: 0, end: whole.length, isQuoted: false }, null).pieces;
}

function bigOf(value: PlistValue | undefined): bigint {
  return typeof value === 'bigint' ? value : 0n;
}

function marksOf(flags: bigint): ForeignMarks {
  return {
    isRead: (flags & read) !== 0n,
    isStarred: (flags & starred) !== 0n,
    isReplied: (flags & replied) !== 0n,
    isForwarded: (flags & forwarded) !== 0n,
    tags: [],
  };
}
