import type { ReactNode } from 'react';
import type { AccountState } from '../../../shared/account-state.ts';
import type { Mailbox, OwnFolder } from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { PlaceCount, SavedSearch, Tag } from '../../../shared/places.ts';
import type { View } from '../../bridge/places.ts';

/** What the left pane shows, and what its places do. */
export type PlacesProps = {
  readonly accounts: readonly AccountState[];
  /** Mailboxes to show: those of the accounts, kept ones, and mail of no server. */
  readonly mailboxes: readonly Mailbox[];
  readonly folders: readonly OwnFolder[];
  readonly counts: readonly PlaceCount[];
  readonly tags: readonly Tag[];
  readonly searches: readonly SavedSearch[];
  readonly view: View;
  readonly onChoose: (view: View) => void;
  readonly onTrouble: (account: AccountState) => void;
  /** Mailboxes whose places are folded away. */
  readonly folded: readonly string[];
  readonly onFold: (account: AccountId, isFolded: boolean) => void;
  /** Folders whose own folders are folded away. */
  readonly foldedFolders: readonly string[];
  readonly foot: ReactNode;
};
