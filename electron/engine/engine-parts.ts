import type { SnapshotName } from '../../shared/contract.ts';
import type { ProxyChoice } from '../../shared/proxy.ts';
import type { Grants } from '../account/oauth/grants.ts';
import type { OAuthClients } from '../account/oauth/oauth-clients.ts';
import type { TokenKeeper } from '../account/oauth/token-keeper.ts';
import type { PasswordPresence } from '../account/secrets/password-presence.ts';
import type { ProxyPasswords } from '../account/secrets/proxy-passwords.ts';
import type { Vault } from '../account/secrets/vault.ts';
import type { WithheldPasswords } from '../account/secrets/withheld-passwords.ts';
import type { Settings } from '../account/settings/settings.ts';
import type { MaildropLocks } from '../mailbox/maildrop/maildrop-locks.ts';
import type { MaildropTools } from '../mailbox/maildrop/maildrop-session.ts';
import type { ParsePool } from '../message/parsing/parse-pool.ts';
import type { Routes } from '../network/routes.ts';
import type { MessageShelf } from '../reading/message-shelf.ts';
import type { RemotePictures } from '../reading/remote-pictures.ts';
import type { ShownPages } from '../reading/shown-pages.ts';
import type { Store } from '../store/store.ts';
import type { Arrivals } from './arrivals.ts';
import type { ChangeNotifier } from './change-notifier.ts';
import type { Downloads } from './downloads.ts';
import type { Indexer } from './indexing/indexer.ts';
import type { Emit, EngineCallName, EngineCalls } from './protocol.ts';
import type { SampleMailbox } from './sample-mailbox.ts';
import type { CheckScheduler } from './scheduler.ts';
import type { Transcripts } from './transcripts.ts';

/** Everything a running engine consists of. Each file of calls picks the few parts that it works with. */
export type EngineParts = {
  readonly folder: string;
  readonly settings: Settings;
  readonly vault: Vault;
  readonly withheld: WithheldPasswords;
  readonly passwords: PasswordPresence;
  readonly tokens: TokenKeeper;
  readonly grants: Grants;
  readonly oauthClients: OAuthClients;
  /** `fetch` by the way out that an account has chosen; undefined for the program's. */
  readonly fetchBy: (proxy: ProxyChoice | undefined) => typeof fetch;
  readonly routes: Routes;
  readonly proxyPasswords: ProxyPasswords;
  readonly store: Store;
  readonly pool: ParsePool;
  /** Draws what is looked at without being opened. */
  readonly drawingPool: ParsePool;
  readonly shelf: MessageShelf;
  readonly pages: ShownPages;
  readonly remotePictures: RemotePictures;
  readonly locks: MaildropLocks;
  /** What the use cases that speak to a server are given. */
  readonly maildrop: MaildropTools;
  readonly scheduler: CheckScheduler;
  readonly sample: SampleMailbox;
  readonly downloads: Downloads;
  readonly indexer: Indexer;
  readonly arrivals: Arrivals;
  readonly changes: ChangeNotifier;
  readonly transcripts: Transcripts;
  readonly extraAuthorities: readonly string[];
  readonly emit: Emit;
};

/** Answers to some of the engine's calls. A snapshot may not wait. */
export type Answers<Name extends EngineCallName> = {
  readonly [One in Name]: (
    body: EngineCalls[One][0],
  ) => EngineCalls[One][1] | (One extends SnapshotName ? never : Promise<EngineCalls[One][1]>);
};
