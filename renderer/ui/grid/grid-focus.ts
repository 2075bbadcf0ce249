import type { MouseEvent } from 'react';

/**
 * Brings the focus back from a row to its grid after a click. Rows come and go while one scrolls: one that had the focus
 * would take it along, and the keys would be heard by nobody. Buttons in the rows keep theirs. Not before the click is
 * over, for a row that loses the focus while it is pressed cannot be dragged.
 */
export function focusGrid({ currentTarget }: MouseEvent<HTMLElement>): void {
  const { activeElement } = document;
  if (activeElement === currentTarget || activeElement?.closest('button') !== null) return;
  if (currentTarget.contains(activeElement)) currentTarget.focus({ preventScroll: true });
}
