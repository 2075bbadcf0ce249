import type { StoreNotice } from '../../../shared/app-state.ts';
import {
  beginMaking,
  clearHalfMade,
  endMaking,
  hasIndex,
  type OpenedIndex,
  openIndex,
  putAside,
} from '../index/open-index.ts';
import { isDamage } from '../index/store-error.ts';
import type { StoreTools } from '../index/store-tools.ts';
import type { Summarise } from '../intake/header-summary.ts';
import type { SegmentFiles } from '../segments/segment-file.ts';
import { backUpWhenDue, makeBackup, restoreFromBackup, salvageMarks } from './backup.ts';
import { adoptEverything, type Progress, recover } from './recovery.ts';
import { replayJournals } from './replay.ts';

/** How a store is opened. Everything but the folder has a sensible default. */
export type StoreOptions = {
  readonly folder: string;
  readonly clock?: () => number;
  /** Reads subject, sender and date from the first bytes of a message, for its row before it is parsed. */
  readonly summarise?: Summarise;
  /** Called while an index is being rebuilt. */
  readonly onRebuild?: Progress;
  /** Files of the segments; tests put faulty ones here. */
  readonly files?: SegmentFiles;
  /** Where a segment is sealed. Bytes. */
  readonly sealAtBytes?: number;
  /** Steps that bring the index up to date; tests add some. */
  readonly migrations?: readonly string[];
  /** Makes the index anew from the segments and the newest backup, even if it seems sound. */
  readonly rebuild?: boolean;
};

/** The index of a store that is being opened. */
export type OpenedStoreIndex = {
  readonly index: OpenedIndex;
  /** Where the index that could not be used was put, or null. */
  readonly damagedPath: string | null;
};

/** Opens the index; one that is damaged, or not wanted any more, is put aside and a new one begun. */
export function openOrPutAside(options: StoreOptions): OpenedStoreIndex {
  const { folder, migrations } = options;
  const halfMade = clearHalfMade(folder);
  if (halfMade !== null) return { index: openIndex(folder, migrations), ...halfMade };
  if (!hasIndex(folder)) {
    beginMaking(folder);
    return { index: openIndex(folder, migrations), damagedPath: null };
  }
  if (options.rebuild === true) {
    const damagedPath = putAside(folder);
    return { index: openIndex(folder, migrations), damagedPath };
  }
  try {
    return { index: openIndex(folder, migrations), damagedPath: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const damagedPath = putAside(folder);
    return { index: openIndex(folder, migrations), damagedPath };
  }
}

/**
 * Takes in what the segments hold beyond the index, all of it where the index is new, and sees to the backup. Answers
 * what a person should hear of; null for nothing.
 */
export async function putRight(
  tools: Pick<
    StoreTools,
    | 'folder'
    | 'files'
    | 'sql'
    | 'settings'
    | 'clock'
    | 'accounts'
    | 'folders'
    | 'messages'
    | 'segments'
    | 'journals'
    | 'hashes'
    | 'revision'
  >,
  summarise: Summarise,
  options: StoreOptions,
  { index, damagedPath }: OpenedStoreIndex,
): Promise<StoreNotice | null> {
  if (index.isNew) {
    const { messages } = await adoptEverything(tools, summarise, options.onRebuild ?? (() => undefined));
    const backup = restoreFromBackup(tools);
    if (damagedPath !== null) salvageMarks(tools, damagedPath);
    replayJournals(tools, true);
    endMaking(options.folder);
    return damagedPath !== null || messages > 0 || backup !== null ? { kind: 'rebuilt', messages } : null;
  }
  const { adopted } = await recover(tools, summarise);
  replayJournals(tools, false);
  if (index.migrated > 0) makeBackup(tools);
  else backUpWhenDue(tools);
  return adopted > 0 ? { kind: 'repaired', messages: adopted } : null;
}
