import type { ForeignFolder, ForeignMessage, LeftOut, MailSource } from '../found-mail/foreign-mail.ts';
import { letterIn, type OwnFields, type TakeOwnLines } from './letter.ts';
import { type FilePath, openMail, shown, sizeOf, unreadable } from './mail-files.ts';

/** What is known of a message beside its bytes. */
export type MessageFacts = Pick<ForeignMessage, 'folder' | 'marks' | 'receivedAt'>;

/** A file that is one message. */
export type SingleFile<Extra> = Extra & { readonly path: FilePath };

/** How files that are one message each are read. */
export type SingleFiles<Extra> = {
  readonly place: FilePath;
  readonly folder: ForeignFolder;
  readonly files: readonly SingleFile<Extra>[];
  readonly takeOwnLines?: TakeOwnLines;
  /** What is known of a message; null where it was deleted there. */
  factsOf(file: SingleFile<Extra>, own: OwnFields): MessageFacts | null;
};

/** A source of files that are one message each, with LF or CRLF. A file that cannot be read is left out. */
export function singleFiles<Extra>(reading: SingleFiles<Extra>): MailSource {
  const { place, folder, files } = reading;
  return {
    place: shown(place),
    sizeBytes: files.reduce((sum, { path }) => sum + sizeOf(path), 0),
    folder,
    entries: () => entriesIn(reading),
  };
}

function* entriesIn<Extra>({
  folder,
  files,
  takeOwnLines,
  factsOf,
}: SingleFiles<Extra>): Generator<ForeignMessage | LeftOut> {
  let end = 0;
  for (const file of files) {
    const place = shown(file.path);
    try {
      using source = openMail(file.path);
      end += source.length;
      if (source.length === 0) {
        yield { kind: 'left-out', place, folder, why: 'damaged', detail: 'empty' };
        continue;
      }
      const stretch = { start: 0, end: source.length, isQuoted: false };
      const letter = letterIn(source, stretch, takeOwnLines ?? null);
      const facts = factsOf(file, letter.own);
      yield facts === null
        ? { kind: 'left-out', place, folder, why: 'deleted' }
        : {
            kind: 'message',
            place,
            ...facts,
            uidl: null,
            isPartial: false,
            endBytes: end,
            pieces: letter.pieces,
          };
    } catch (error) {
      yield unreadable(place, error, folder);
    }
  }
}
