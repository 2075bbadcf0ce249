import type { AccountId } from '../../../shared/ids.ts';
import type {
  ForeignAccount,
  ForeignFolder,
  ForeignMail,
  LeftOut,
  LeftOutWhy,
  Program,
} from '../../other-programs/found-mail/foreign-mail.ts';
import { isLeftOutByDesign } from '../../other-programs/found-mail/foreign-mail.ts';

/** What an import read in one folder of the other program. The numbers add up to `read`. */
export type FolderReport = {
  /** The mailbox here that its mail came into. */
  readonly accountId: AccountId;
  /** Names of the folder from the top down. */
  readonly path: readonly string[];
  /** Messages seen, also those that were left out. */
  read: number;
  new: number;
  /** Here before, or in an earlier folder of this import. */
  here: number;
  leftOut: number;
  /** Of those that are here: what came in another folder and got a tag with the name of this one. */
  tagged: number;
  unread: number;
};

/** The same reason for something left out, and how often. */
export type LeftOutReport = {
  readonly why: LeftOutWhy;
  count: number;
  /** Some of the places, with what the system said. */
  readonly places: string[];
};

/** What became of an account of the other program. */
export type AccountReport = ForeignAccount & {
  readonly accountId: AccountId;
  /** Ids on its server that the other program knew, and how many of them have their message here. */
  readonly knownIds: number;
  readonly knownIdsHere: number;
  /** What the other program was about to delete on the server. It stays there. */
  readonly toDelete: number;
};

/** A rule of the other program, and what of it could be taken over. */
export type FilterReport = {
  readonly name: string;
  readonly isTaken: boolean;
  /** It works at once. One of which something is missing waits until the person has looked at it. */
  readonly isOn: boolean;
  readonly notTaken: readonly string[];
};

/** What an import did, or would do. */
export type ImportReport = {
  readonly programs: readonly Program[];
  /** Programs that seem to run: what they had not written yet is missing. */
  readonly running: readonly Program[];
  readonly folders: readonly FolderReport[];
  readonly leftOut: readonly LeftOutReport[];
  readonly accounts: readonly AccountReport[];
  readonly filters: readonly FilterReport[];
  readonly read: number;
  readonly new: number;
  readonly here: number;
  /** Stopped before the end. A second run goes on where this one ended. */
  readonly isStopped: boolean;
};

const mostPlaces = 20;

/** Counts while an import runs. */
export class ImportTally {
  readonly #folders = new Map<string, FolderReport>();
  readonly #leftOut = new Map<LeftOutWhy, LeftOutReport>();
  readonly accounts: AccountReport[] = [];
  readonly filters: FilterReport[] = [];
  isStopped = false;

  /** The counts of a folder. */
  folder(accountId: AccountId, { path }: ForeignFolder): FolderReport {
    const key = JSON.stringify([accountId, path]);
    const known = this.#folders.get(key);
    if (known !== undefined) return known;
    const report = { accountId, path, read: 0, new: 0, here: 0, leftOut: 0, tagged: 0, unread: 0 };
    this.#folders.set(key, report);
    return report;
  }

  /** Notes something that does not come. `accountId` is the mailbox that it would have come into. */
  leaveOut(one: LeftOut, accountId: AccountId): void {
    const report = this.#leftOut.get(one.why) ?? { why: one.why, count: 0, places: [] };
    this.#leftOut.set(one.why, report);
    report.count += 1;
    if (report.places.length < mostPlaces)
      report.places.push(one.detail === undefined ? one.place : `${one.place} (${one.detail})`);
    if (one.folder === null) return;
    const folder = this.folder(accountId, one.folder);
    folder.read += 1;
    folder.leftOut += 1;
  }

  /** The report as it stands. */
  report(mails: readonly ForeignMail[]): ImportReport {
    const folders = [...this.#folders.values()];
    const sum = (of: 'read' | 'new' | 'here') => folders.reduce((all, folder) => all + folder[of], 0);
    return {
      programs: [...new Set(mails.map(({ program }) => program))],
      running: mails.flatMap(({ isRunning, program }) => (isRunning ? [program] : [])),
      folders,
      leftOut: [...this.#leftOut.values()],
      accounts: this.accounts,
      filters: this.filters,
      read: sum('read'),
      new: sum('new'),
      here: sum('here'),
      isStopped: this.isStopped,
    };
  }
}

/** Whether everything that was seen came, but for what was not meant to come. */
export function isWhole({ leftOut, isStopped }: ImportReport): boolean {
  return !isStopped && leftOut.every(isLeftOutByDesign);
}
