import type { Debugger, WebContents } from 'electron';

/** A message whose process does not answer is left as it is. */
const answerMs = 3_000;

/** What the frame's own process knows about its page. In CSS pixels of the frame. */
export type FrameLayout = {
  readonly cssLayoutViewport: {
    readonly pageY: number;
    readonly clientHeight: number;
    readonly clientWidth: number;
  };
  readonly cssContentSize: { readonly height: number; readonly width: number };
};

/** The last question to each window's page: only one can be attached at a time. */
const asked = new WeakMap<WebContents, Promise<unknown>>();

/**
 * Asks the process of a message's frame about its page. The frame has no scripts and another origin, so neither the
 * page nor Electron's own calls can scroll it or ask where it is: the debugging protocol can, without running anything
 * in it. It is attached for this one question and let go. `otherwise` is answered where no frame shows that URL.
 */
export function askFrame<Answer>(
  contents: WebContents,
  url: string,
  otherwise: Answer,
  ask: (layout: FrameLayout) => Answer | Promise<Answer>,
): Promise<Answer> {
  if (!url.startsWith('poppy-message:')) return Promise.resolve(otherwise);
  const answer = (asked.get(contents) ?? Promise.resolve()).then(() =>
    attached(contents, url, otherwise, ask),
  );
  asked.set(contents, answer);
  return answer;
}

async function attached<Answer>(
  contents: WebContents,
  url: string,
  otherwise: Answer,
  ask: (layout: FrameLayout) => Answer | Promise<Answer>,
): Promise<Answer> {
  if (contents.isDestroyed()) return otherwise;
  const { debugger: protocol } = contents;
  if (protocol.isAttached()) return otherwise;
  const question = async () => {
    const session = await sessionOf(protocol, url);
    if (session === null) return otherwise;
    return ask(await protocol.sendCommand('Page.getLayoutMetrics', {}, session));
  };
  try {
    protocol.attach('1.3');
    return await Promise.race([question(), later(answerMs, otherwise)]);
  } catch {
    // The message was closed meanwhile, or its page is going away: there is nothing left to ask.
    return otherwise;
  } finally {
    if (!contents.isDestroyed() && protocol.isAttached()) protocol.detach();
  }
}

/** The protocol's session with the frame that shows a URL; null while it does not. */
async function sessionOf(protocol: Debugger, url: string): Promise<string | null> {
  let found: string | null = null;
  const hear = (_event: unknown, method: string, params: unknown) => {
    if (method !== 'Target.attachedToTarget') return;
    const { sessionId, targetInfo } = params as { sessionId: string; targetInfo: { url: string } };
    if (targetInfo.url.split('#')[0] === url.split('#')[0]) found = sessionId;
  };
  protocol.on('message', hear);
  try {
    // Every frame there is has been announced when the answer comes.
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
