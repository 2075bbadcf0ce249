import { serverProblem } from '../../shared/account-fields.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Account, AccountId, ServerSettings } from '../../shared/model.ts';
import { isSameMaildrop } from '../../shared/same-maildrop.ts';
import type { PasswordPresence } from '../account/secrets/password-presence.ts';
import type { Vault } from '../account/secrets/vault.ts';
import type { WithheldPasswords } from '../account/secrets/withheld-passwords.ts';
import type { Settings } from '../account/settings/settings.ts';
import type { MaildropLocks } from '../mailbox/maildrop/maildrop-locks.ts';
import type { MaildropTools } from '../mailbox/maildrop/maildrop-session.ts';
import type { Refusals } from '../mailbox/maildrop/refusals.ts';
import type { ParsePool } from '../message/parsing/parse-pool.ts';
import type { MessageShelf } from '../reading/message-shelf.ts';
import type { RemotePictures } from '../reading/remote-pictures.ts';
import type { ShownPages } from '../reading/shown-pages.ts';
import type { Store } from '../store/store.ts';
import type { ChangeNotifier } from './change-notifier.ts';
import type { EngineCallName, EngineCalls, EngineEventName, EngineEvents } from './protocol.ts';
import type { SampleMailbox } from './sample-mailbox.ts';
import type { CheckScheduler } from './scheduler.ts';
import type { Transcripts } from './transcripts.ts';

/** Tells the shell something. */
export type Emit = <Name extends EngineEventName>(name: Name, payload: EngineEvents[Name]) => void;

/** What every call of the engine works with. */
export type EngineContext = {
  readonly folder: string;
  readonly settings: Settings;
  readonly vault: Vault;
  readonly withheld: WithheldPasswords;
  readonly passwords: PasswordPresence;
  readonly store: Store;
  readonly pool: ParsePool;
  /** Draws what is looked at without being opened. */
  readonly drawingPool: ParsePool;
  readonly shelf: MessageShelf;
  readonly pages: ShownPages;
  readonly remotePictures: RemotePictures;
  readonly locks: MaildropLocks;
  readonly refusals: Refusals;
  readonly scheduler: CheckScheduler;
  readonly sample: SampleMailbox;
  readonly changes: ChangeNotifier;
  readonly transcripts: Transcripts;
  readonly extraAuthorities: readonly string[];
  readonly emit: Emit;
};

/** Answers to some of the engine's calls. */
export type Answers<Name extends EngineCallName> = {
  readonly [One in Name]: (body: EngineCalls[One][0]) => Promise<EngineCalls[One][1]> | EngineCalls[One][1];
};

/** What the use cases that speak to a server are given. */
export function maildropTools(context: EngineContext): MaildropTools {
  const { store, vault, locks, refusals, extraAuthorities } = context;
  return { store, vault, locks, refusals, extraAuthorities, now: Date.now };
}

/** An account by its id; undefined where it has been removed meanwhile. */
export function accountOf(context: EngineContext, accountId: AccountId): Account | undefined {
  return context.settings.accounts().find((account) => account.id === accountId);
}

/** Why a server cannot be taken, by the checks that the window makes while it is typed; null when it can. */
export function unusableServer(server: ServerSettings): Failure | null {
  const problem = serverProblem(server);
  if (problem === null) return null;
  return { kind: 'bad-input', field: problem.field, what: problem.code, canRetry: false };
}

/** The account that has this maildrop already: two for one would lock each other out and keep all mail twice. */
export function accountAt(
  context: Pick<EngineContext, 'settings'>,
  server: ServerSettings,
): Account | undefined {
  return context.settings.accounts().find((account) => isSameMaildrop(account.server, server));
}
