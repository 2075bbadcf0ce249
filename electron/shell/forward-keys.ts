import type { WebContents } from 'electron';
import { tellPage } from './tell-page.ts';

/** Keys by which a message itself is read: they stay in its frame. */
const readingKeys = new Set([
  ' ',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'Tab',
  'Enter',
]);
/** Copying and selecting stay in the frame too. */
const editingKeys = new Set(['a', 'c', 'x', 'v']);

/**
 * A message's frame has no scripts, so a key pressed in it would go nowhere: the window's own page is told of it and
 * answers as if the key had been pressed there.
 */
export function forwardKeys(contents: WebContents): void {
  contents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || isOfPage(contents) || readingKeys.has(input.key)) return;
    const hasControl = input.control || input.meta;
    if (hasControl && editingKeys.has(input.key.toLowerCase())) return;
    event.preventDefault();
    tellPage(contents, 'key/pressed', {
      key: input.key,
      code: input.code,
      ctrlKey: input.control,
      metaKey: input.meta,
      shiftKey: input.shift,
      altKey: input.alt,
    });
  });
}

function isOfPage(contents: WebContents): boolean {
  const focused = contents.focusedFrame;
  return focused === null || focused === contents.mainFrame;
}
