import { useEffect, useState } from 'react';

/** How many panes there is room for beside one another. */
export type Room = 'three' | 'two' | 'one';

/** Widths in rem: what fits depends on the size of the text as much as on that of the window. */
const threeRem = 56;
const twoRem = 38;

/** Room for panes in a window of so many pixels. */
export function roomOf(widthPx: number, rem: number): Room {
  const width = widthPx / rem;
  return width >= threeRem ? 'three' : width >= twoRem ? 'two' : 'one';
}

/** Follows the window's width. */
export function useRoom(rem: number): Room {
  const [width, setWidth] = useState(() => window.innerWidth);
  useEffect(() => {
    const follow = () => setWidth(window.innerWidth);
    window.addEventListener('resize', follow);
    return () => window.removeEventListener('resize', follow);
  }, []);
  return roomOf(width, rem);
}
