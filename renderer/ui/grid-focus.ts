import type { FocusEvent } from 'react';

/**
 * Keeps the focus on a grid whose rows come and go while one scrolls: a row that was clicked would take the focus away
 * with it, and the keys would be heard by nobody. Its buttons keep the focus that they get.
 */
export function keepFocus({ target, currentTarget }: FocusEvent<HTMLElement>): void {
  if (target === currentTarget || target.closest('button') !== null) return;
  const take = () => currentTarget.focus({ preventScroll: true });
  if (!target.matches(':active')) {
    take();
    return;
  }
  // A row that is pressed may be about to be dragged, which a move of the focus would call off.
  const released = new AbortController();
  for (const end of ['pointerup', 'dragend'])
    addEventListener(
      end,
      () => {
        released.abort();
        take();
      },
      { signal: released.signal },
    );
}
