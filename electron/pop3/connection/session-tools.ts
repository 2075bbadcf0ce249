import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import type { Capabilities } from '../replies/capabilities.ts';
import type { Channel } from './channel.ts';
import type { Pop3Timeouts } from './timeouts.ts';

/** What every command of a session works with. */
export type SessionTools = {
  readonly channel: Channel;
  /** As the latest CAPA had them. */
  readonly capabilities: Capabilities;
  readonly timeouts: Pop3Timeouts;
  /** The session writes into it what it learns of this server. */
  readonly quirks: ServerQuirks;
};
