import { useEffect, useRef } from 'react';
import type { EventName, Events } from '../../shared/contract.ts';
import { poppy } from './poppy.ts';

/** Listens to an event of the program while the component is shown. */
export function usePoppyEvent<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void) {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => poppy.on(name, (payload) => latest.current(payload)), [name]);
}
