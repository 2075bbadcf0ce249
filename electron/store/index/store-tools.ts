import type { SegmentBook } from '../segments/segment-book.ts';
import type { SegmentFiles } from '../segments/segment-file.ts';
import type { AccountRegister } from './accounts.ts';
import type { Commits } from './commits.ts';
import type { FolderRegister } from './folders.ts';
import type { KnownHashes } from './known-hashes.ts';
import type { MessageTable } from './message-table.ts';
import type { Revision } from './revision.ts';
import type { SegmentTable } from './segment-table.ts';
import type { Settings } from './settings.ts';
import type { Sql } from './sql.ts';
import type { StoreClock } from './store-clock.ts';

/**
 * The tools of a store. Each piece names the few that it takes (`Pick<StoreTools, 'sql' | 'accounts'>`) and is handed all,
 * so that its type says what it can touch.
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
  /** What the index knows of segments. */
  readonly segments: SegmentTable;
  /** Which segments are being written. */
  readonly book: SegmentBook;
  readonly hashes: KnownHashes;
  readonly revision: Revision;
  readonly commits: Commits;
};
