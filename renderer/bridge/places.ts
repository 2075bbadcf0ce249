import type { AccountId } from '../../shared/ids.ts';
import type { Place, PlaceCount } from '../../shared/places.ts';

/** The view beside the places: a list of mail, a mailbox on its server, or the settings. */
export type View =
  | { readonly kind: 'mail'; readonly place: Place }
  | { readonly kind: 'server'; readonly accountId: AccountId }
  | { readonly kind: 'settings'; readonly section: string };

/** A key for a place. Equal places have equal keys. */
export function keyOfPlace(place: Place): string {
  switch (place.kind) {
    case 'folder':
      return `folder ${place.folder} ${place.accountId ?? ''}`;
    case 'starred':
      return `starred ${place.accountId ?? ''}`;
    case 'tag':
      return `tag ${place.tag}`;
    case 'search':
      return `search ${place.query}`;
  }
}

/** The inboxes of all accounts together. */
export const allInboxes: Place = { kind: 'folder', folder: 'inbox', accountId: null };

/** The counts of a place; zeros where they are not known. */
export function countOf(counts: readonly PlaceCount[], place: Place): { total: number; unread: number } {
  const key = keyOfPlace(place);
  const found = counts.find((count) => keyOfPlace(count.place) === key);
  return { total: found?.total ?? 0, unread: found?.unread ?? 0 };
}

/** The view as text for the preferences. The live mailbox of an account is written as the account's inbox. */
export function writeView(view: View): string | null {
  if (view.kind === 'settings' || (view.kind === 'mail' && view.place.kind === 'search')) return null;
  // A start must not open a session on a server by itself, nor show an error where there is no network.
  if (view.kind === 'server')
    return JSON.stringify({
      kind: 'mail',
      place: { kind: 'folder', folder: 'inbox', accountId: view.accountId },
    });
  return JSON.stringify(view);
}

/** Reads the view from the preferences; null where it is none. Whether its place still is, is not judged here. */
export function readView(written: string | null): View | null {
  if (written === null) return null;
  try {
    const view = JSON.parse(written) as View;
    if (view.kind !== 'mail') return null;
    const { place } = view;
    return place.kind === 'tag' || place.kind === 'folder' || place.kind === 'starred' ? view : null;
  } catch {
    // Text of an older version must not stop the start.
    return null;
  }
}
