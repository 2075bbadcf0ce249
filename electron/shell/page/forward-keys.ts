import type { WebContents } from 'electron';
import { tellPage } from './tell-page.ts';

/** Keys for reading and scrolling a message. The message's frame handles them itself. */
const readingKeys = new Set([
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

/** Pages whose message has the focus. */
const inMessage = new WeakSet<WebContents>();

/** Notes whether a message has the focus in a page. */
export function noteMessageFocus(contents: WebContents, isInMessage: boolean): null {
  if (isInMessage) inMessage.add(contents);
  else inMessage.delete(contents);
  return null;
}

/**
 * Passes keys from a message's frame to the page of the window. The frame has no scripts, so a key pressed in it would
 * do nothing. The page answers as if the key had been pressed in the page itself. Only the page knows that the frame
 * has the focus.
 */
export function forwardKeys(contents: WebContents): void {
  contents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || readingKeys.has(input.key)) return;
    if (input.key === ' ') {
      if (!inMessage.has(contents)) return;
      // The frame would scroll by itself and would not go on to the next message at its end.
      event.preventDefault();
    }
    tellPage(contents, 'key/pressed', {
      key: input.key,
      code: input.code,
      ctrlKey: input.control,
      metaKey: input.meta,
      shiftKey: input.shift,
      altKey: input.alt,
      repeat: input.isAutoRepeat,
    });
  });
}
