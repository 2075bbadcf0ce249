import type { Debugger, WebContents } from 'electron';
import type { RequestOf } from '../../../shared/contract.ts';

/** Part of the height that one page step moves by. Browsers do the same: the last lines stay in sight as the first. */
const pageShare = 0.875;
/** A scroll position at the end may be a fraction of a pixel short of it. */
const nearlyPx = 2;
/** If a message's process does not answer within this time, the message is not moved. */
const answerMs = 3_000;

/** What the frame's own process knows about its page. In CSS pixels of the frame. */
type Layout = {
  readonly cssLayoutViewport: { readonly pageY: number; readonly clientHeight: number };
  readonly cssContentSize: { readonly height: number };
};

/**
 * Moves the body of a message on by a page, or back. Answers whether it was at that end before. The frame has no
 * scripts and another origin, so neither the page nor Electron's own calls can scroll it or read its position. The
 * debugging protocol can, and runs nothing in the frame. It is attached for this one question and then detached.
 */
export async function pageMessage(
  contents: WebContents,
  { url, isForward, at }: RequestOf<'reading/page'>,
): Promise<{ wasAtEnd: boolean }> {
  const { debugger: protocol } = contents;
  const nothing = { wasAtEnd: false };
  if (!url.startsWith('poppy-message:') || protocol.isAttached()) return nothing;
  const page = async () => {
    const target = await targetOf(protocol, url);
    if (target === null) return nothing;
    const layout: Layout = await protocol.sendCommand('Page.getLayoutMetrics', {}, target);
    if (isAtEnd(layout, isForward)) return { wasAtEnd: true };
    await protocol.sendCommand('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      x: at.x,
      y: at.y,
      deltaX: 0,
      deltaY: Math.round(at.height * pageShare) * (isForward ? 1 : -1),
    });
    return nothing;
  };
  try {
    protocol.attach('1.3');
    return await Promise.race([page(), later(answerMs, nothing)]);
  } catch {
    // The message was closed meanwhile, or its page is going away. Nothing is left to scroll.
    return nothing;
  } finally {
    if (protocol.isAttached()) protocol.detach();
  }
}

/** Whether nothing is left in that direction. */
export function isAtEnd({ cssLayoutViewport, cssContentSize }: Layout, isForward: boolean): boolean {
  const { pageY, clientHeight } = cssLayoutViewport;
  return isForward ? pageY + clientHeight >= cssContentSize.height - nearlyPx : pageY <= nearlyPx;
}

/** The protocol's session with the frame that shows a URL; null while it does not. */
async function targetOf(protocol: Debugger, url: string): Promise<string | null> {
  let found: string | null = null;
  const hear = (_event: unknown, method: string, params: unknown) => {
    if (method !== 'Target.attachedToTarget') return;
    const { sessionId, targetInfo } = params as { sessionId: string; targetInfo: { url: string } };
    if (targetInfo.url.split('#')[0] === url.split('#')[0]) found = sessionId;
  };
  protocol.on('message', hear);
  try {
    // When the answer comes, every existing frame has been announced.
    await protocol.sendCommand('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: true,
    });
    return found;
  } finally {
    protocol.off('message', hear);
  }
}

function later<Value>(afterMs: number, value: Value): Promise<Value> {
  return new Promise((resolve) => setTimeout(resolve, afterMs, value));
}
