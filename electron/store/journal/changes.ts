import type { Folder, FolderId } from '../../../shared/folder.ts';
import type { SavedSearch, Tag } from '../../../shared/places.ts';
import type { Rule } from '../../../shared/rule.ts';

/*
 * What a person did, as journals keep it. A change of a mailbox is about the messages whose keys stand behind it. Each
 * journal can be read by itself: nothing in it depends on an entry of another one.
 */

/** The marks of messages. An absent field stays as it is. */
export type JournaledMarks = {
  readonly folder?: Folder;
  readonly isRead?: boolean;
  readonly isStarred?: boolean;
  readonly isReplied?: boolean;
  readonly isForwarded?: boolean;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
};

/** A folder as a journal keeps it. Its mailbox is that of the journal. */
export type JournaledFolder = {
  readonly id: FolderId;
  readonly parentId: FolderId | null;
  readonly name: string;
  readonly isFavourite: boolean;
};

/** An entry of a mailbox's journal. */
export type MailboxChange =
  /** The entries with this number are a snapshot: nothing from before holds. */
  | { readonly kind: 'snapshot' }
  | ({ readonly kind: 'marks' } & JournaledMarks)
  /** Whether the messages may be incomplete, where that became known after they were stored. */
  | { readonly kind: 'doubtful'; readonly isDoubtful: boolean }
  /** Deleted for good. If the same bytes come again, they come without marks. */
  | { readonly kind: 'removed' }
  | { readonly kind: 'tag-renamed'; readonly from: string; readonly to: string }
  | { readonly kind: 'folder'; readonly folder: JournaledFolder }
  | { readonly kind: 'folder-removed'; readonly id: FolderId }
  /** The character set and the look that were chosen; null for none. */
  | { readonly kind: 'choice'; readonly charset: string | null; readonly theme: string | null }
  /** Rules have to be carried out for these messages, or have been. */
  | { readonly kind: 'rules-due' | 'rules-done' };

/** An entry of the program's journal. Each holds a whole list, for the lists are short. */
export type ProgramChange =
  | { readonly kind: 'snapshot' }
  | { readonly kind: 'tags'; readonly tags: readonly Tag[] }
  | { readonly kind: 'rules'; readonly rules: readonly Rule[] }
  | { readonly kind: 'searches'; readonly searches: readonly SavedSearch[] }
  | {
      readonly kind: 'pictures';
      readonly allowed: readonly { readonly scope: 'sender' | 'domain'; readonly value: string }[];
    };

/** Name of the program's journal. No mailbox has such an id. */
export const programJournal = 'program';
