import type { AccountId } from './ids.ts';

/* Mail of other programs that comes in: what was found, what would come, and what came. */

/** The forms of mail that are read, most named after the program that writes it. */
export const foreignPrograms = [
  'thunderbird',
  'claws',
  'sylpheed',
  'evolution',
  'kmail',
  'apple-mail',
  'maildir',
  'mh',
  'mbox',
  'eml',
  'pst',
  'msg',
  'takeout',
] as const;

/** One form of mail. */
export type ForeignProgram = (typeof foreignPrograms)[number];

/** Why something that was seen does not come. */
export type ForeignLeftOut =
  /** Deleted there, and only still in the file. */
  | 'deleted'
  /** A link, a pipe, a socket or a device. */
  | 'special-file'
  /** The system does not let us read it, or its disk is damaged. */
  | 'unreadable'
  /** It looks like no form of mail that is known. */
  | 'not-mail'
  /** It claims to be mail, and its form is broken. */
  | 'damaged'
  /** It waits to be sent. This program sends nothing. */
  | 'unsent'
  /** It is no mail: an appointment, a contact, a task. */
  | 'other-item'
  /** The folders lie deeper than is followed. */
  | 'too-deep';

/** Mail of another program at one of the usual places. */
export type FoundMail = {
  readonly program: ForeignProgram;
  /** Where it lies, as the system names it. */
  readonly place: string;
  readonly folders: number;
  readonly sizeBytes: number;
};

/** A folder of another program, counted. */
export type MovedFolder = {
  /** The mailbox here, as a person knows it; empty for mail of no server. */
  readonly mailbox: string;
  readonly path: readonly string[];
  /** Messages seen, also those that were left out. */
  readonly read: number;
  readonly new: number;
  /** Here before, or in an earlier folder of the same import. */
  readonly here: number;
  readonly leftOut: number;
};

/** An account of the other program. No password comes with it. */
export type MovedAccount = {
  /** The mailbox that its mail comes into. */
  readonly accountId: AccountId;
  readonly name: string;
  readonly address: string;
  readonly host: string;
  readonly user: string;
  /** It is set up here. */
  readonly isHere: boolean;
};

/** What an import would do, or did. */
export type MovingInReport = {
  readonly programs: readonly ForeignProgram[];
  /** Programs that seem to run: what they had not written yet is missing. */
  readonly running: readonly ForeignProgram[];
  readonly folders: readonly MovedFolder[];
  readonly leftOut: readonly {
    readonly why: ForeignLeftOut;
    readonly count: number;
    /** Some of the places, with what the system said. */
    readonly places: readonly string[];
  }[];
  readonly accounts: readonly MovedAccount[];
  readonly read: number;
  readonly new: number;
  readonly here: number;
  /** Stopped before the end. A second run goes on where this one ended. */
  readonly isStopped: boolean;
};
