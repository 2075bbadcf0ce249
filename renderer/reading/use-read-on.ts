import { type RefObject, useEffect, useRef } from 'react';
import { runCommand, useCommand } from '../bridge/commands.ts';
import { poppy } from '../bridge/poppy.ts';

/**
 * Space reads on: a page down in the body, and at its end the next unread message; Shift+Space goes a page back.
 * `url` is the body's address, null while none is there.
 */
export function useReadOn(frame: RefObject<HTMLIFrameElement | null>, url: string | null): void {
  const isAsking = useRef(false);
  const page = async (isForward: boolean) => {
    const box = frame.current?.getBoundingClientRect();
    if (url === null || box === undefined || box.height === 0 || isAsking.current) return;
    isAsking.current = true;
    try {
      const at = { x: box.x + box.width / 2, y: box.y + box.height / 2, height: box.height };
      const { wasAtEnd } = await poppy.request('reading/page', { url, isForward, at });
      if (wasAtEnd && isForward) runCommand('read-next');
    } finally {
      isAsking.current = false;
    }
  };
  useCommand('read-on', () => void page(true), url !== null);
  useCommand('read-back', () => void page(false), url !== null);
}

/**
 * Tells the program whether the message has the focus, so that Space in it is left to the window. What it returns is
 * to be called when the frame has loaded: the focus is lost while the next message takes the place of the last.
 */
export function useFocusTold(frame: RefObject<HTMLIFrameElement | null>): () => void {
  const told = useRef(false);
  useEffect(() => {
    const tell = (isInMessage: boolean) => {
      if (told.current === isInMessage) return;
      told.current = isInMessage;
      void poppy.request('reading/focus', { isInMessage });
    };
    const look = () => tell(frame.current !== null && document.activeElement === frame.current);
    // The focus leaves the window's own page for the message, and comes back by way of an element in the page.
    window.addEventListener('blur', look);
    document.addEventListener('focusin', look);
    return () => {
      window.removeEventListener('blur', look);
      document.removeEventListener('focusin', look);
      tell(false);
    };
  }, [frame]);
  return () => {
    if (told.current && document.activeElement === document.body) frame.current?.focus();
  };
}
