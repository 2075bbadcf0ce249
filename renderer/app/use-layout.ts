import { useEffect, useMemo, useState } from 'react';
import type { Preferences } from '../../shared/preferences.ts';
import { updatePreferences } from '../bridge/live.ts';
import { remAt } from './theme.ts';
import { type Room, useRoom } from './use-room.ts';

/** Least and most CSS pixels of what a person chooses: widths of panes, and the height of a list above the message. */
export const paneLimits = {
  placesWidth: { least: 150, most: 420 },
  listWidth: { least: 260, most: 900 },
  tableWidth: { least: 260, most: 1200 },
  listHeight: { least: 120, most: 1000 },
};

type PaneSize = keyof typeof paneLimits;

/** Where the message is, seen from the list. */
export type ReadingPlace = 'beside' | 'below' | 'window';

/** Which panes there is room for, how large they are, and which one is shown alone where only one fits. */
export type Layout = {
  /** CSS pixels of one rem. */
  readonly rem: number;
  readonly room: Room;
  readonly readingPlace: ReadingPlace;
  /** CSS pixels. */
  readonly sizes: Readonly<Record<PaneSize, number>>;
  /** Follows a line while it is being moved. */
  readonly setSize: (of: PaneSize, px: number) => void;
  /** Keeps a size, also over a restart. */
  readonly keepSize: (of: PaneSize, px: number) => void;
  /** The message fills the window, which has room for one pane. */
  readonly isReadingAlone: boolean;
  readonly setReadingAlone: (isAlone: boolean) => void;
  /** The places lie over the others, where there is no room beside them. */
  readonly showsPlaces: boolean;
  readonly setShowsPlaces: (shows: boolean) => void;
};

/** A table wants the width that a message beside it would take. */
export function readingPlaceOf({
  readingPane,
  listStyle,
}: Pick<Preferences, 'readingPane' | 'listStyle'>): ReadingPlace {
  if (readingPane !== 'automatic') return readingPane;
  return listStyle === 'table' ? 'below' : 'beside';
}

/** Keeps the layout of the window. */
export function useLayout(preferences: Preferences): Layout {
  const { placesWidth, listWidth, tableWidth, listHeight, textScale } = preferences;
  const kept = useMemo(
    () => ({ placesWidth, listWidth, tableWidth, listHeight }),
    [placesWidth, listWidth, tableWidth, listHeight],
  );
  const [sizes, setSizes] = useState(kept);
  useEffect(() => setSizes(kept), [kept]);
  const [isReadingAlone, setReadingAlone] = useState(false);
  const [showsPlaces, setShowsPlaces] = useState(false);
  const rem = remAt(textScale);
  const room = useRoom(rem);
  const setSize = (of: PaneSize, px: number) => setSizes((before) => ({ ...before, [of]: px }));
  const keepSize = (of: PaneSize, px: number) => {
    setSize(of, px);
    updatePreferences({ [of]: px });
  };
  return {
    ...{ rem, room, sizes, setSize, keepSize, readingPlace: readingPlaceOf(preferences) },
    ...{ isReadingAlone, setReadingAlone, showsPlaces, setShowsPlaces },
  };
}
