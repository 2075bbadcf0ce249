import type { SegmentBook } from '../segments/segment-book.ts';
import type { SegmentFiles } from '../segments/segment-file.ts';
import type { AccountRegister } from './accounts.ts';
import type { Commits } from './commits.ts';
import type { FolderRegister } from './folders.ts';
import type { Journals } from './journals.ts';
import type { KnownHashes } from './known-hashes.ts';
import type { MessageTable } from './message-table.ts';
import type { Revision } from './revision.ts';
import type { SegmentTable } from './segment-table.ts';
import type { Settings } from './settings.ts';
import type { Sql } from './sql.ts';
import type { StoreClock } from './store-clock.ts';
import type { Vocabulary } from './vocabulary.ts';

/*
 * How the index works.
 *
 * `index.sqlite` is made from the segments and the journals and can be made again. One file here
 * writes the table `message` (message-table). Other rooms read by SQL, and change rows inside a transaction (sql).
 *
 * An index is held by one process and checked at opening unless it was closed cleanly (open-index). Its tables change
 * by numbered steps only (migrations). JSON out of the index is checked, not cast (stored-json). Each write answers the
 * number of its commit (commits).
 */

/**
 * The tools of a store. Each piece names the few that it takes (`Pick<StoreTools, 'sql' | 'accounts'>`), so that its
 * type says what it can touch. At run time it gets all of them.
 */
export type StoreTools = {
  /** Folder of the store. */
  readonly folder: string;
  readonly files: SegmentFiles;
  readonly sql: Sql;
  readonly settings: Settings;
  readonly clock: StoreClock;
  readonly accounts: AccountRegister;
  readonly folders: FolderRegister;
  readonly messages: MessageTable;
  /** The segments as the index knows them. */
  readonly segments: SegmentTable;
  /** The segments that are being written. */
  readonly book: SegmentBook;
  /** What a person did, beside the segments. */
  readonly journals: Journals;
  readonly hashes: KnownHashes;
  readonly revision: Revision;
  /** The words of the full-text index. */
  readonly vocabulary: Vocabulary;
  readonly commits: Commits;
};
