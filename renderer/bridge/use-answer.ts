import { useCallback, useEffect, useRef, useState } from 'react';
import type { EventName, ReplyOf, RequestName, RequestOf } from '../../shared/contract.ts';
import { poppy } from './poppy.ts';

/** An answer. It stays on screen while it is asked for again. */
export type Answer<Value> = { readonly value: Value | null; readonly reload: () => void };

/** Asks the program once, again when the request changes, and again after each of the named events. */
export function useAnswer<Name extends RequestName>(
  name: Name,
  body: RequestOf<Name>,
  refreshOn: readonly EventName[] = [],
): Answer<ReplyOf<Name>> {
  const [value, setValue] = useState<ReplyOf<Name> | null>(null);
  const [round, setRound] = useState(0);
  const key = JSON.stringify(body);
  const events = refreshOn.join(' ');
  const bodyRef = useRef(body);
  bodyRef.current = body;
  const reload = useCallback(() => setRound((before) => before + 1), []);

  // The key stands for the body, whose identity changes with every drawing. A new round asks again.
  const question = `${key} ${round}`;
  useEffect(() => {
    let isCurrent = question !== '';
    void poppy.request(name, bodyRef.current).then((reply) => {
      if (isCurrent) setValue(reply);
    });
    return () => {
      isCurrent = false;
    };
  }, [name, question]);

  useEffect(() => {
    const names = events === '' ? [] : (events.split(' ') as EventName[]);
    const stops = names.map((event) => poppy.on(event, reload));
    return () => {
      for (const stop of stops) stop();
    };
  }, [events, reload]);
  return { value, reload };
}
