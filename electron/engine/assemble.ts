import { Grants } from '../account/oauth/grants.ts';
import { oauthClientsFrom } from '../account/oauth/oauth-clients.ts';
import { TokenKeeper } from '../account/oauth/token-keeper.ts';
import { cachedVault } from '../account/secrets/cached-vault.ts';
import { PasswordPresence } from '../account/secrets/password-presence.ts';
import { ProxyPasswords } from '../account/secrets/proxy-passwords.ts';
import type { Vault } from '../account/secrets/vault.ts';
import { WithheldPasswords } from '../account/secrets/withheld-passwords.ts';
import type { Settings } from '../account/settings/settings.ts';
import { MaildropLocks } from '../mailbox/maildrop/maildrop-locks.ts';
import { proxiedDial } from '../mailbox/maildrop/proxied-dial.ts';
import { SignInTimes } from '../mailbox/maildrop/sign-in-times.ts';
import { ParsePool } from '../message/parsing/parse-pool.ts';
import { fetchThrough } from '../network/proxied-fetch.ts';
import { Routes } from '../network/routes.ts';
import { MessageShelf } from '../reading/message-shelf.ts';
import { RemotePictures } from '../reading/remote-pictures.ts';
import { ShownPages } from '../reading/shown-pages.ts';
import { expectedFailure } from '../store/attempt.ts';
import type { Store } from '../store/store.ts';
import { accountStates } from './account-states.ts';
import { Arrivals } from './arrivals.ts';
import { ChangeNotifier } from './change-notifier.ts';
import { Downloads } from './downloads.ts';
import type { EngineParts } from './engine-parts.ts';
import { Indexer } from './indexing/indexer.ts';
import { type LogMistake, mistakeLog } from './mistake-log.ts';
import type { Emit, EngineStart } from './protocol.ts';
import { SampleMailbox } from './sample-mailbox.ts';
import { scheduledChecks } from './scheduled-checks.ts';
import { Transcripts } from './transcripts.ts';

/** One worker is enough for reading ahead; a second one only pays on machines with more cores. */
const parseWorkers = 1;
/** Long enough for the window and its list to have been drawn. */
const warmUpDelayMs = 1_500;

/** What an engine is put together from. */
export type EngineGround = {
  readonly start: EngineStart;
  readonly emit: Emit;
  readonly keyring: Vault;
  readonly store: Store;
  readonly settings: Settings;
  readonly temporaryFolder: string;
};

/** Builds the parts of an engine and joins them. Nothing runs yet but the first parse worker. */
export function assemble({
  start,
  emit,
  keyring,
  store,
  settings,
  temporaryFolder,
}: EngineGround): EngineParts {
  const logMistake = mistakeLog(start.folder);
  const { extraAuthorities } = start;
  const pools = parsePools(start.parseWorkerPath);
  const shelf = new MessageShelf(store, pools.pool, pools.drawingPool, temporaryFolder);
  const telling = tellingParts(emit, store, settings);
  const indexer = new Indexer({
    store,
    shelf,
    onIndexed: (accountIds) => telling.changes.note(accountIds),
    onSilenced: (id) => telling.arrivals.silence(id),
    onTrouble: (error) => tellTrouble(emit, logMistake, error),
  });
  const sample = new SampleMailbox(settings);
  const withheld = new WithheldPasswords(settings);
  const vault = sample.vaultOver(withheld.vaultOver(cachedVault(keyring)));
  const locks = new MaildropLocks();
  const proxyPasswords = new ProxyPasswords(vault);
  const routes = new Routes({
    chosen: () => settings.preferences().proxy,
    passwordOf: (proxy) => proxyPasswords.of(proxy),
  });
  const wayTo = (host: string, port: number) => routes.to(host, port);
  const fetchBy: EngineParts['fetchBy'] = (proxy) =>
    fetchThrough((host, port) => routes.to(host, port, proxy), extraAuthorities);
  const tokens = new TokenKeeper({
    ...{ vault, fetchBy, now: Date.now },
    onNotKept: () => emit('failure/raised', { failure: { kind: 'keyring-unavailable', canRetry: true } }),
  });
  const maildrop = {
    ...{ store, vault, tokens, locks, extraAuthorities, now: Date.now },
    wayTo: (server: Parameters<typeof proxiedDial>[1]) => proxiedDial(routes, server),
    signIns: new SignInTimes({ store, now: Date.now }),
  };
  // The passwords and the scheduler tell of themselves and of each other.
  const tellAccounts = () =>
    emit('account/changed', accountStates({ settings, passwords, scheduler, store }));
  const passwords = new PasswordPresence(vault, tellAccounts);
  const common = { settings, store, maildrop, indexer, emit, ...telling };
  const scheduler = scheduledChecks({ ...common, logMistake, tellAccounts });
  return {
    ...common,
    ...pools,
    folder: start.folder,
    extraAuthorities,
    vault,
    withheld,
    passwords,
    tokens,
    grants: new Grants(),
    oauthClients: oauthClientsFrom(process.env),
    fetchBy,
    routes,
    proxyPasswords,
    locks,
    sample,
    scheduler,
    downloads: new Downloads(),
    shelf,
    pages: new ShownPages(),
    remotePictures: new RemotePictures(store, extraAuthorities, wayTo),
  };
}

function parsePools(entry: string): Pick<EngineParts, 'pool' | 'drawingPool'> {
  const pool = new ParsePool({ entry, workers: parseWorkers });
  setTimeout(() => void pool.parse({ job: 'warm-up' }), warmUpDelayMs).unref();
  // A PDF that is slow to draw must not keep the next message waiting. This worker starts with the first preview.
  return { pool, drawingPool: new ParsePool({ entry, workers: 1 }) };
}

function tellingParts(
  emit: Emit,
  store: Store,
  settings: Settings,
): Pick<EngineParts, 'arrivals' | 'changes' | 'transcripts'> {
  const arrivals = new Arrivals(store, emit, () => settings.accounts());
  const changes = new ChangeNotifier((accountIds) => {
    emit('mailbox/changed', { accountIds });
    arrivals.tellUnread();
  });
  const transcripts = new Transcripts((accountId, lines) =>
    emit('server/transcript-line', { accountId, lines }),
  );
  return { arrivals, changes, transcripts };
}

/** Work that nobody waits for has failed. The status line says why; a mistake of ours is logged. */
function tellTrouble(emit: Emit, logMistake: LogMistake, error: unknown): void {
  const failure = expectedFailure(error) ?? {
    kind: 'internal' as const,
    reference: logMistake(error),
    canRetry: true,
  };
  emit('failure/raised', { failure });
}
