import type { WebContents } from 'electron';
import { tellPage } from './tell-page.ts';

/** Keys by which a message itself is read: they are its frame's own. */
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

/**
 * A message's frame has no scripts, so a key pressed in it would go nowhere: the window's own page is told of it, and
 * answers as if the key had been pressed there while the frame has the focus, which only the page knows.
 */
export function forwardKeys(contents: WebContents): void {
  contents.on('before-input-event', (_event, input) => {
    if (input.type !== 'keyDown' || readingKeys.has(input.key)) return;
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
