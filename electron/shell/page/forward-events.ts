import type { EventName } from '../../../shared/contract.ts';
import type { EngineClient } from '../engine-client.ts';
import { tellAllPages } from './tell-page.ts';

/** The engine's events for the pages. The shell makes the link events itself. */
const pageEvents = [
  'mailbox/changed',
  'account/changed',
  'check/progress',
  'check/ended',
  'account/discovery-progress',
  'account/test-step',
  'account/certificate-asked',
  'server/changed',
  'server/headers',
  'server/transcript-line',
  'preferences/changed',
  'tags/changed',
  'storage/progress',
  'failure/raised',
] as const satisfies readonly EventName[];

/** Passes the engine's events on to all windows. */
export function forwardEvents(engine: EngineClient): void {
  for (const name of pageEvents) engine.on(name, (payload) => tellAllPages(name, payload));
}
