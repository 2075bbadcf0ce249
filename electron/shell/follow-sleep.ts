import type { EngineClient } from './engine-client.ts';

/** The events of Electron's powerMonitor that Poppy uses. */
type SleepEvents = { on(event: 'suspend' | 'resume', listener: () => void): unknown };

/** Tells the engine when the computer goes to sleep and when it has woken up. */
export function followSleep(system: SleepEvents, engine: Pick<EngineClient, 'call'>): void {
  const tell = (name: 'system/suspended' | 'system/resumed') => () => {
    engine.call(name, {}).catch(() => undefined); // the engine may be ending
  };
  system.on('suspend', tell('system/suspended'));
  system.on('resume', tell('system/resumed'));
}
