import { useEffect, useState } from 'react';
import type { Preferences } from '../../shared/preferences.ts';
import { updatePreferences } from '../bridge/live.ts';
import { remAt } from './theme.ts';
import { type Room, useRoom } from './use-room.ts';

/** Least and most pixels of the panes whose width a person chooses. */
export const paneLimits = { places: { least: 150, most: 420 }, list: { least: 260, most: 900 } };

type Pane = keyof typeof paneLimits;

/** Which panes there is room for, how wide they are, and which one is shown alone where only one fits. */
export type Layout = {
  /** CSS pixels of one rem. */
  readonly rem: number;
  readonly room: Room;
  readonly widths: Readonly<Record<Pane, number>>;
  /** Follows a line while it is being moved. */
  readonly setWidth: (pane: Pane, widthPx: number) => void;
  /** Keeps a width, also over a restart. */
  readonly keepWidth: (pane: Pane, widthPx: number) => void;
  /** The message fills the window, which has room for one pane. */
  readonly isReadingAlone: boolean;
  readonly setReadingAlone: (isAlone: boolean) => void;
  /** The places lie over the others, where there is no room beside them. */
  readonly showsPlaces: boolean;
  readonly setShowsPlaces: (shows: boolean) => void;
};

/** Keeps the layout of the window. */
export function useLayout({ placesWidth, listWidth, textScale }: Preferences): Layout {
  const [widths, setWidths] = useState({ places: placesWidth, list: listWidth });
  useEffect(() => setWidths({ places: placesWidth, list: listWidth }), [placesWidth, listWidth]);
  const [isReadingAlone, setReadingAlone] = useState(false);
  const [showsPlaces, setShowsPlaces] = useState(false);
  const rem = remAt(textScale);
  const room = useRoom(rem);
  const setWidth = (pane: Pane, widthPx: number) => setWidths((before) => ({ ...before, [pane]: widthPx }));
  const keepWidth = (pane: Pane, widthPx: number) => {
    setWidth(pane, widthPx);
    updatePreferences(pane === 'places' ? { placesWidth: widthPx } : { listWidth: widthPx });
  };
  return {
    ...{ rem, room, widths, setWidth, keepWidth },
    ...{ isReadingAlone, setReadingAlone, showsPlaces, setShowsPlaces },
  };
}
