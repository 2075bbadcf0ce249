import type { AccountId } from '../../shared/ids.ts';
import type { Place, PlaceCount } from '../../shared/places.ts';

/** What the window shows beside the places: a list of mail, a mailbox on its server, or the settings. */
export type View =
  | { readonly kind: 'mail'; readonly place: Place }
  | { readonly kind: 'server'; readonly accountId: AccountId }
  | { readonly kind: 'settings'; readonly section: string };

/** A string that is the same for the same place. */
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

/** The inboxes of all accounts in one. */
export const allInboxes: Place = { kind: 'folder', folder: 'inbox', accountId: null };

/** The number beside a place; zeros where it is not known. */
export function countOf(counts: readonly PlaceCount[], place: Place): { total: number; unread: number } {
  const key = keyOfPlace(place);
  const found = counts.find((count) => keyOfPlace(count.place) === key);
  return { total: found?.total ?? 0, unread: found?.unread ?? 0 };
}

/** A view as it is written into the preferences; the live mailbox of an account is left as its inbox. */
export function writeView(view: View): string | null {
  if (view.kind === 'settings' || (view.kind === 'mail' && view.place.kind === 'search')) return null;
  // Starting must not open a session on a server by itself, nor show an error where there is no network.
  if (view.kind === 'server')
    return JSON.stringify({
      kind: 'mail',
      place: { kind: 'folder', folder: 'inbox', accountId: view.accountId },
    });
  return JSON.stringify(view);
}

/** The view that was written into the preferences; null where it makes no sense any more. */
export function readView(written: string | null, accountIds: readonly AccountId[]): View | null {
  if (written === null) return null;
  try {
    const view = JSON.parse(written) as View;
    if (view.kind !== 'mail') return null;
    const { place } = view;
    if (place.kind === 'tag') return view;
    if (place.kind !== 'folder' && place.kind !== 'starred') return null;
    return place.accountId === null || accountIds.includes(place.accountId) ? view : null;
  } catch {
    // What an older version wrote is no reason not to start.
    return null;
  }
}
