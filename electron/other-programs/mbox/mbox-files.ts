import { folderNamed } from '../files/folder-roles.ts';
import { beginningOf, type FilePath, openMail, shown, sizeOf } from '../files/mail-files.ts';
import type { ForeignFolder, ForeignMessage, LeftOut, MailSource } from '../found-mail/foreign-mail.ts';
import { gmailLines, gmailPlace } from '../takeout/gmail-labels.ts';
import { mboxLines, mboxMarks } from './mbox-lines.ts';
import { messagesOfMbox } from './mbox-messages.ts';

const firstBytes = 4096;
/** The first message of some servers' mboxes, which is for them alone. */
const pseudoMessage = /^subject:[ \t]*don't delete this message/im;

/** Whether a file is an mbox. */
export function isMbox(path: FilePath): boolean {
  return beginningOf(path, 5).toString('latin1') === 'From ';
}

/** Whether an mbox comes from Google Takeout. */
export function isTakeoutMbox(path: FilePath): boolean {
  return (
    isMbox(path) && /^x-(?:gmail-labels|gm-thrid):/im.test(beginningOf(path, firstBytes).toString('latin1'))
  );
}

/** The name of the folder that an mbox is, by the name of its file. */
export function folderOfFile(name: string): string {
  return name.replace(/\.(?:mbox|mbx|mboxrd|mbs)$/i, '') || name;
}

/** The messages of an mbox, with the marks that their own lines say. */
export function mboxSource(path: FilePath, folder: ForeignFolder): MailSource {
  return { place: shown(path), sizeBytes: sizeOf(path), folder, entries: () => entriesIn(path, folder) };
}

function* entriesIn(path: FilePath, folder: ForeignFolder): Generator<ForeignMessage | LeftOut> {
  using mbox = openMail(path);
  let count = 0;
  for (const letter of messagesOfMbox(mbox, { takeOwnLines: mboxLines })) {
    count += 1;
    const place = `${shown(path)}#${count}`;
    const marks = mboxMarks(letter.own, new Map());
    if (count === 1 && letter.own.has('x-imapbase') && isPseudo(letter.pieces())) continue;
    if (marks === null) yield { kind: 'left-out', place, folder, why: 'deleted' };
    else
      yield {
        kind: 'message',
        place,
        folder,
        marks,
        receivedAt: letter.separatorTime,
        uidl: null,
        isPartial: false,
        endBytes: letter.end,
        pieces: letter.pieces,
      };
  }
}

function isPseudo(pieces: Iterable<Buffer>): boolean {
  for (const piece of pieces) return pseudoMessage.test(piece.toString('latin1', 0, firstBytes));
  return false;
}

/** The messages of an mbox of Google Takeout, each in the folder that its labels say. */
export function takeoutSource(path: FilePath): MailSource {
  return { place: shown(path), sizeBytes: sizeOf(path), folder: null, entries: () => takeoutEntries(path) };
}

function* takeoutEntries(path: FilePath): Generator<ForeignMessage> {
  using mbox = openMail(path);
  let count = 0;
  for (const letter of messagesOfMbox(mbox, { takeOwnLines: gmailLines })) {
    count += 1;
    const { role, name, marks } = gmailPlace(letter.own.get('x-gmail-labels') ?? '');
    yield {
      kind: 'message',
      place: `${shown(path)}#${count}`,
      folder: { ...folderNamed(null, [name]), role },
      marks,
      receivedAt: letter.separatorTime,
      uidl: null,
      isPartial: false,
      endBytes: letter.end,
      pieces: letter.pieces,
    };
  }
}
