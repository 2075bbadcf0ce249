import type { FocusEvent } from 'react';

/**
 * Keeps the focus on a grid whose rows come and go while one scrolls: a row that was clicked would take the focus away
 * with it, and the keys would be heard by nobody. Its buttons keep the focus that they get.
 */
export function keepFocus({ target, currentTarget }: FocusEvent<HTMLElement>): void {
  if (target !== currentTarget && target.closest('button') === null)
    currentTarget.focus({ preventScroll: true });
}
