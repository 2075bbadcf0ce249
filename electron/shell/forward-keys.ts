import type { WebContents } from 'electron';
import { tellPage } from './tell-page.ts';

/** Keys by which a message itself is read: they are its frame's own. */
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
 * A message's frame has no scripts, so a key pressed in it would go nowhere: the window's own page is told of it, and
 * answers as if the key had been pressed there while the frame has the focus, which only the page knows.
 */
export function forwardKeys(contents: WebContents): void {
  contents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || readingKeys.has(input.key)) return;
    if (input.key === ' ') {
      if (!inMessage.has(contents)) return;
      // The frame would page by itself and not go on to the next message at its end.
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
