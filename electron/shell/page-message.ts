import type { WebContents } from 'electron';
import type { RequestOf } from '../../shared/contract.ts';
import { askFrame } from './message-frame.ts';

/** Part of the height that one page moves by, as browsers do it: the last lines stay in sight as the first. */
const pageShare = 0.875;
/** A scroll position may be a fraction short of the end. */
const nearlyPx = 2;

/** Where a page is scrolled to, how much of it is in sight, and how high it is, in CSS pixels of its frame. */
type Position = {
  readonly cssLayoutViewport: { readonly pageY: number; readonly clientHeight: number };
  readonly cssContentSize: { readonly height: number };
};

/** Moves the body of a message on by a page, or back, and tells whether it was at that end before. */
export function pageMessage(
  contents: WebContents,
  { url, isForward, at }: RequestOf<'reading/page'>,
): Promise<{ wasAtEnd: boolean }> {
  return askFrame(contents, url, { wasAtEnd: false }, async (layout) => {
    if (isAtEnd(layout, isForward)) return { wasAtEnd: true };
    await contents.debugger.sendCommand('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      x: at.x,
      y: at.y,
      deltaX: 0,
      deltaY: Math.round(at.height * pageShare) * (isForward ? 1 : -1),
    });
    return { wasAtEnd: false };
  });
}

/** How wide the body of a message is and how much of that is in sight, in CSS pixels of its frame; zeros where nobody knows. */
export function measureMessage(
  contents: WebContents,
  { url }: RequestOf<'reading/width'>,
): Promise<{ content: number; visible: number }> {
  return askFrame(contents, url, { content: 0, visible: 0 }, ({ cssContentSize, cssLayoutViewport }) => ({
    content: cssContentSize.width,
    visible: cssLayoutViewport.clientWidth,
  }));
}

/** Whether nothing is left in that direction. */
export function isAtEnd({ cssLayoutViewport, cssContentSize }: Position, isForward: boolean): boolean {
  const { pageY, clientHeight } = cssLayoutViewport;
  return isForward ? pageY + clientHeight >= cssContentSize.height - nearlyPx : pageY <= nearlyPx;
}
