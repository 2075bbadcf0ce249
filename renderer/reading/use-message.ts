import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { MessageId } from '../../shared/ids.ts';
import type { BodyView, MessageView } from '../../shared/message-view.ts';
import { poppy } from '../bridge/poppy.ts';

/** A message as it is shown: on its way, there, or why not. */
export type OpenMessage = {
  readonly view: MessageView | null;
  readonly failure: Failure | null;
  readonly body: BodyView;
  readonly setBody: (body: BodyView) => void;
  /** Asks again, e.g. after another character set was chosen. */
  readonly reload: () => void;
};

/** What is to be read: a stored message, or the file this window was opened for. */
export type Subject =
  | { readonly kind: 'stored'; readonly id: MessageId; readonly isPartial: boolean }
  | { readonly kind: 'file' };

/** Held keys run over many messages; only the one that is stayed on for so long is read. */
const settleMs = 40;

/** Reads a message for showing; the last one stays on screen until the next is there. */
export function useMessage(subject: Subject | null, isDark: boolean): OpenMessage {
  const key =
    subject === null ? '' : subject.kind === 'file' ? 'file' : `${subject.id} ${String(subject.isPartial)}`;
  const plain: BodyView = { format: 'auto', isDark, allowRemoteOnce: false };
  const [choice, setChoice] = useState({ key, body: plain, wasDark: isDark });
  const chosen = choice.key === key ? choice.body : plain;
  // A body follows the window's colours until it was given others of its own.
  const body = chosen.isDark === choice.wasDark ? { ...chosen, isDark } : chosen;
  const [shown, setShown] = useState<{
    key: string;
    view: MessageView | null;
    failure: Failure | null;
  } | null>(null);
  const [round, setRound] = useState(0);
  const lastAt = useRef(0);
  const { format, allowRemoteOnce, find = '' } = body;
  const id = subject?.kind === 'stored' ? subject.id : null;

  useEffect(() => {
    if (key === '' || round < 0) return undefined;
    let isCurrent = true;
    const ask = async () => {
      const request = { format, isDark: body.isDark, allowRemoteOnce, find };
      const outcome =
        id === null
          ? await poppy.request('message/read-file', { body: request })
          : await poppy.request('message/read', { id, body: request });
      if (!isCurrent) return;
      setShown(
        outcome.ok
          ? { key, view: outcome.value, failure: null }
          : { key, view: null, failure: outcome.failure },
      );
    };
    // The first of a row of quick moves is shown at once; the ones after it wait until the person stays.
    const wait = Date.now() - lastAt.current < 150 ? settleMs : 0;
    lastAt.current = Date.now();
    const timer = setTimeout(() => void ask(), wait);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key, id, format, body.isDark, allowRemoteOnce, find, round]);

  const setBody = useCallback(
    (next: BodyView) => setChoice({ key, body: next, wasDark: isDark }),
    [key, isDark],
  );
  const reload = useCallback(() => setRound((before) => before + 1), []);
  const current = key === '' ? null : shown;
  return { view: current?.view ?? null, failure: current?.failure ?? null, body, setBody, reload };
}
