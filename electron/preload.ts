import { contextBridge, ipcRenderer } from 'electron';
import type { EventName, PoppyBridge } from '../shared/contract.ts';

/*
 * The only door between the page and the program: two functions, one channel each. What goes through is checked on
 * the other side; here nothing is decided.
 */
const listeners = new Map<EventName, Set<(payload: never) => void>>();

ipcRenderer.on('poppy:event', (_event, name: EventName, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload as never);
});

const bridge: PoppyBridge = {
  request: (name, body) => ipcRenderer.invoke('poppy:request', name, body),
  on: (name, listener) => {
    const known = listeners.get(name) ?? new Set();
    listeners.set(name, known);
    known.add(listener as (payload: never) => void);
    return () => known.delete(listener as (payload: never) => void);
  },
};

contextBridge.exposeInMainWorld('poppy', bridge);
