import type { Security } from '../../../shared/account.ts';
import { type ForeignLeftOut, type ForeignProgram, foreignPrograms } from '../../../shared/moving-in.ts';
import type { RetentionPolicy } from '../../../shared/retention.ts';
import type { RuleAction, RuleCondition } from '../../../shared/rule.ts';

/*
 * The room `other-programs`: reads the mail folders of other mail programs.
 * - Nothing is written there, and no lock is taken. Only regular files are read, and no link is followed.
 * - No file that holds passwords is opened.
 * - A message comes back with the bytes that its server gave. What the program added becomes marks.
 * - What cannot be read is told as left out, with its place and the reason. It never ends the reading of the rest.
 */

/** The forms of mail that are read. */
export const programs = foreignPrograms;

/** One form of mail, most named after the program that writes it. */
export type Program = ForeignProgram;

/** What a folder is for, where its program says so. */
export type FolderRole = 'inbox' | 'sent' | 'drafts' | 'templates' | 'archive' | 'junk' | 'trash' | 'outbox';

/** A folder of another program. */
export type ForeignFolder = {
  /** The account that the folder belongs to; null for mail that belongs to no account. */
  readonly accountKey: string | null;
  /** Names from the top level down, as a person reads them, in NFC. */
  readonly path: readonly string[];
  readonly role: FolderRole | null;
};

/** What a person did with a message there. */
export type ForeignMarks = {
  readonly isRead: boolean;
  readonly isStarred: boolean;
  readonly isReplied: boolean;
  readonly isForwarded: boolean;
  readonly tags: readonly string[];
};

/** A message of another program. */
export type ForeignMessage = {
  readonly kind: 'message';
  /** Where it lies: a path, and the number in it where there are several. For reports. */
  readonly place: string;
  readonly folder: ForeignFolder;
  readonly marks: ForeignMarks;
  /** When it was received, as far as the program knew. Milliseconds since the epoch. */
  readonly receivedAt: number | null;
  /** The id that its server gave it. */
  readonly uidl: string | null;
  /** Only its beginning is there. */
  readonly isPartial: boolean;
  /** Bytes of the source that are behind when this message has been read. */
  readonly endBytes: number;
  /** Its bytes as its server gave them, in pieces of bounded size; may be asked for again. */
  pieces(): Iterable<Buffer>;
};

/** Why something that was seen does not come. */
export type LeftOutWhy = ForeignLeftOut;

/** Something that was seen and does not come. */
export type LeftOut = {
  readonly kind: 'left-out';
  readonly place: string;
  readonly folder: ForeignFolder | null;
  readonly why: LeftOutWhy;
  /** What the system said, where it said something. */
  readonly detail?: string;
};

/** Whether it was meant that something does not come: deleted and unsent mail, and what is no mail. */
export function isLeftOutByDesign({ why }: Pick<LeftOut, 'why'>): boolean {
  return why === 'deleted' || why === 'unsent' || why === 'other-item';
}

/** A file or folder with messages. */
export type MailSource = {
  readonly place: string;
  readonly sizeBytes: number;
  /** The folder of its messages; null where they lie in several. */
  readonly folder: ForeignFolder | null;
  /** Its messages, and what was left out. Throws what the file system throws. */
  entries(): Iterable<ForeignMessage | LeftOut> | AsyncIterable<ForeignMessage | LeftOut>;
};

/** A POP3 account of another program. No password belongs to it. */
export type ForeignAccount = {
  readonly key: string;
  readonly name: string;
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly user: string;
  readonly retention: RetentionPolicy;
  readonly deletesOnServerWhenDeletedHere: boolean;
  /** Minutes between checks; null where the program checks only when it is asked. */
  readonly checkEveryMinutes: number | null;
};

/**
 * What the other program knows of a message on the server: `kept` there, `partial` (it fetched only the beginning), or
 * `to-delete` (it was about to delete it there).
 */
export type KnownIdState = 'kept' | 'partial' | 'to-delete';

/** An id on a server that the other program knows. */
export type KnownId = {
  readonly accountKey: string;
  readonly uidl: string;
  readonly state: KnownIdState;
};

/** A rule of the other program. */
export type ForeignFilter = {
  readonly accountKey: string | null;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly rules: readonly FilterRule[];
  /** What cannot be taken over, in the program's own words. */
  readonly notTaken: readonly string[];
};

/** Moves mail into a folder of the other program. */
export type FilterMove = { readonly kind: 'move'; readonly folder: ForeignFolder };

/** All conditions must hold; then all actions are done. */
export type FilterRule = {
  readonly conditions: readonly RuleCondition[];
  readonly actions: readonly (Exclude<RuleAction, { readonly kind: 'move' }> | FilterMove)[];
};

/** Everything that was found at a path. */
export type ForeignMail = {
  readonly program: Program;
  readonly path: string;
  readonly accounts: readonly ForeignAccount[];
  readonly knownIds: readonly KnownId[];
  readonly filters: readonly ForeignFilter[];
  /** The colours of its tags, `#rrggbb`. */
  readonly tagColours: ReadonlyMap<string, string>;
  /** All folders, also the empty ones. */
  readonly folders: readonly ForeignFolder[];
  readonly sources: readonly MailSource[];
  /** What was seen while looking, and does not come. */
  readonly leftOut: readonly LeftOut[];
  /** The program seems to run: what it has not written yet is missing. */
  readonly isRunning: boolean;
};

/** Found mail with nothing in it; a reader says what is different. */
export function foreignMail(
  program: Program,
  path: string,
  found: Partial<Omit<ForeignMail, 'program' | 'path'>>,
): ForeignMail {
  return {
    program,
    path,
    accounts: [],
    knownIds: [],
    filters: [],
    tagColours: new Map(),
    folders: [],
    sources: [],
    leftOut: [],
    isRunning: false,
    ...found,
  };
}

/** Marks of mail in a form that keeps none: it is old, and so it counts as read. */
export const unmarked: ForeignMarks = {
  isRead: true,
  isStarred: false,
  isReplied: false,
  isForwarded: false,
  tags: [],
};
