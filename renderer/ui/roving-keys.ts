import type { KeyboardEvent } from 'react';

/** Arrow keys walk over the buttons inside; Home and End go to the ends. */
export function rovingKeys(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }[
    event.key
  ];
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  const buttons = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('button:not([disabled], [data-twist])'),
  ];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  buttons[Math.max(0, Math.min(buttons.length - 1, at + step))]?.focus();
}
