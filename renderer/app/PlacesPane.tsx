import type { AccountState } from '../../shared/account-state.ts';
import type { Tag } from '../../shared/places.ts';
import type { Preferences } from '../../shared/preferences.ts';
import { countsStore, foldersStore, savedSearchesStore, updatePreferences } from '../bridge/live.ts';
import type { View } from '../bridge/places.ts';
import { useStore } from '../bridge/store.ts';
import { mailboxesInSight, Places } from '../mailbox/places/Places.tsx';
import { PlacesFoot } from '../mailbox/places/PlacesFoot.tsx';
import { classes } from '../ui/class-names.ts';
import type { Layout } from './use-layout.ts';

type PlacesPaneProps = {
  readonly layout: Layout;
  readonly accounts: readonly AccountState[];
  readonly tags: readonly Tag[];
  readonly view: View;
  readonly preferences: Preferences;
  readonly onChoose: (view: View) => void;
  readonly onTrouble: (state: AccountState) => void;
};

/** The places beside the other panes, or over them where there is no room and they were asked for. */
export function PlacesPane(props: PlacesPaneProps) {
  const { layout, accounts, tags, view, preferences, onChoose, onTrouble } = props;
  const counts = useStore(countsStore);
  const searches = useStore(savedSearchesStore);
  const tree = useStore(foldersStore);
  const isBeside = layout.room === 'three';
  if (!isBeside && !layout.showsPlaces) return null;
  return (
    <div
      className={classes('pane-places', !isBeside && 'is-over')}
      style={isBeside ? { width: layout.sizes.placesWidth } : {}}
    >
      <Places
        accounts={accounts}
        mailboxes={mailboxesInSight(accounts, tree, counts)}
        folders={tree.folders}
        foldedFolders={preferences.foldedFolders}
        counts={counts}
        tags={tags}
        searches={searches}
        view={view}
        onChoose={onChoose}
        folded={preferences.foldedMailboxes}
        onFold={(id, isFolded) => {
          const others = preferences.foldedMailboxes.filter((other) => other !== id);
          updatePreferences({ foldedMailboxes: isFolded ? [...others, id] : others });
        }}
        onTrouble={onTrouble}
        foot={<PlacesFoot />}
      />
    </div>
  );
}
