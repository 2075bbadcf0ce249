import { type Letter, letterIn } from '../files/letter.ts';
import { type FilePath, openMail, shown, sizeOf, unreadable } from '../files/mail-files.ts';
import { mozillaFacts, mozillaLines } from '../files/mozilla-lines.ts';
import type { ForeignFolder, ForeignMessage, LeftOut, MailSource } from '../found-mail/foreign-mail.ts';
import { maildirFiles, maildirTime } from '../maildir/maildir-files.ts';
import { messagesOfMbox } from '../mbox/mbox-messages.ts';
import type { ThunderbirdFolder } from './folders.ts';

/** What the messages of a folder mean in their profile. */
export type ProfileContext = {
  readonly tagNames: ReadonlyMap<string, string>;
  /** Accounts whose mail lies in the Inbox of the account with this key, or of no account. */
  isDeferred(accountKey: string, to: string | null): boolean;
};

/** The source of a folder's messages; null where it has none. */
export function sourceOf(folder: ThunderbirdFolder, context: ProfileContext): MailSource | null {
  const { file, accountKey, path, role } = folder;
  if (file === null) return null;
  const plain: ForeignFolder = { accountKey, path, role };
  return file.kind === 'mbox'
    ? {
        place: shown(file.path),
        sizeBytes: sizeOf(file.path),
        folder: plain,
        entries: () => fromMbox(file.path, plain, context),
      }
    : maildirSource(file.path, plain, context);
}

function* fromMbox(
  path: FilePath,
  folder: ForeignFolder,
  context: ProfileContext,
): Generator<ForeignMessage | LeftOut> {
  using mbox = openMail(path);
  if (mbox.length > 0 && mbox.read(0, 5).toString('latin1') !== 'From ') {
    yield { kind: 'left-out', place: shown(path), folder, why: 'not-mail' };
    return;
  }
  let count = 0;
  for (const message of messagesOfMbox(mbox, { takeOwnLines: mozillaLines })) {
    count += 1;
    const { end, separatorTime } = message;
    yield entryOf(message, {
      place: `${shown(path)}#${count}`,
      folder,
      context,
      end,
      receivedAt: separatorTime,
    });
  }
}

function maildirSource(path: FilePath, folder: ForeignFolder, context: ProfileContext): MailSource {
  return {
    place: shown(path),
    sizeBytes: maildirFiles(path).sizeBytes,
    folder,
    *entries() {
      const { files, leftOut } = maildirFiles(path);
      yield* leftOut.map((one) => ({ ...one, folder }));
      let end = 0;
      for (const file of files) {
        const place = shown(file.path);
        try {
          using source = openMail(file.path);
          end += source.length;
          const letter = letterIn(source, { start: 0, end: source.length, isQuoted: false }, mozillaLines);
          yield entryOf(letter, { place, folder, context, end, receivedAt: maildirTime(file.name) });
        } catch (error) {
          yield unreadable(place, error, folder);
        }
      }
    },
  };
}

function entryOf(
  letter: Letter,
  at: {
    readonly place: string;
    readonly folder: ForeignFolder;
    readonly context: ProfileContext;
    readonly end: number;
    readonly receivedAt: number | null;
  },
): ForeignMessage | LeftOut {
  const { place, context, end, receivedAt } = at;
  const facts = mozillaFacts(letter.own, context.tagNames);
  const isOthers =
    facts.accountKey !== null &&
    at.folder.role === 'inbox' &&
    context.isDeferred(facts.accountKey, at.folder.accountKey);
  const folder = isOthers ? { ...at.folder, accountKey: facts.accountKey } : at.folder;
  if (facts.isDeleted) return { kind: 'left-out', place, folder, why: 'deleted' };
  return {
    kind: 'message',
    place,
    folder,
    marks: facts.marks,
    receivedAt,
    // Moved between accounts, it keeps the id that another server gave it.
    uidl: facts.accountKey === folder.accountKey ? facts.uidl : null,
    isPartial: facts.isPartial,
    endBytes: end,
    pieces: letter.pieces,
  };
}
