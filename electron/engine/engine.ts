import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '../../shared/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import { cachedVault } from '../account/secrets/cached-vault.ts';
import { keyringStatus } from '../account/secrets/keyring-status.ts';
import { PasswordPresence } from '../account/secrets/password-presence.ts';
import { keyringVault, type Vault } from '../account/secrets/vault.ts';
import { WithheldPasswords } from '../account/secrets/withheld-passwords.ts';
import { openSettings, type Settings } from '../account/settings/settings.ts';
import { checkMail } from '../mailbox/checking/check-mail.ts';
import { MaildropLocks } from '../mailbox/maildrop/maildrop-locks.ts';
import { Refusals } from '../mailbox/maildrop/refusals.ts';
import { summariseHeaders } from '../message/headers/header-summary.ts';
import { ParsePool } from '../message/parsing/parse-pool.ts';
import { MessageShelf } from '../reading/message-shelf.ts';
import { RemotePictures } from '../reading/remote-pictures.ts';
import { ShownPages } from '../reading/shown-pages.ts';
import { attemptWork, expectedFailure } from '../store/attempt.ts';
import { openStore, type Store } from '../store/store.ts';
import { accountStates } from './account-states.ts';
import { Announcer } from './announcer.ts';
import { accountCalls } from './calls/account.ts';
import { attachmentCalls } from './calls/attachment.ts';
import { checkCalls } from './calls/check.ts';
import { contentCalls } from './calls/content.ts';
import { linkCalls } from './calls/link.ts';
import { mailboxCalls } from './calls/mailbox.ts';
import { messageCalls } from './calls/message.ts';
import { serverCalls } from './calls/server.ts';
import { storageCalls } from './calls/storage.ts';
import { ChangeNotifier } from './change-notifier.ts';
import { type Answers, type Emit, type EngineContext, maildropTools } from './context.ts';
import { Indexer } from './indexing/indexer.ts';
import { type LogMistake, mistakeLog } from './mistake-log.ts';
import type { EngineCallName, EngineStart } from './protocol.ts';
import { SampleMailbox } from './sample-mailbox.ts';
import { CheckScheduler } from './scheduler.ts';
import { Transcripts } from './transcripts.ts';

/** Parse threads; a second one only pays on machines with more cores. */
const parseThreads = 1;
/** Long enough for the window and its list to have been drawn. */
const warmUpDelayMs = 1_500;
/** How often it is looked whether the day's backup of the marks is due, in a program that runs for weeks. */
const backUpEveryMs = 60 * 60 * 1000;

/** The running engine: its answers, and how to end it. */
export type Engine = { readonly answers: Answers<EngineCallName>; close(): Promise<void> };

/** Opens store and settings and puts everything together. Fails when the store cannot be opened. */
export async function startEngine(
  start: EngineStart,
  emit: Emit,
  keyring: Vault = keyringVault(),
): Promise<Result<Engine, Failure>> {
  const opened = await openStore({ folder: start.folder, summarise: summariseHeaders });
  if (!opened.ok) return opened;
  const settings = await openSettings(start.folder);
  const temporaryFolder = await mkdtemp(join(tmpdir(), `poppy-parts-${process.pid}-`));
  const parts = { start, emit, keyring, store: opened.value, settings, temporaryFolder };
  const { context, indexer, announcer } = assemble(parts);
  const engine = answering(context, indexer, temporaryFolder);
  listenToStore(context, indexer, announcer);
  await context.sample.start();
  context.scheduler.start();
  indexer.wake();
  const backups = setInterval(
    () => void attemptWork(() => context.store.upkeep.backUpWhenDue()),
    backUpEveryMs,
  ).unref();
  return ok({
    ...engine,
    close: async () => {
      clearInterval(backups);
      await engine.close();
    },
  });
}

type Parts = {
  readonly start: EngineStart;
  readonly emit: Emit;
  readonly keyring: Vault;
  readonly store: Store;
  readonly settings: Settings;
  readonly temporaryFolder: string;
};

/** Builds what the calls work with. Only the scheduler and the passwords reach back into it, once it is whole. */
function assemble({ start, emit, keyring, store, settings, temporaryFolder }: Parts) {
  const logMistake = mistakeLog(start.folder);
  const pool = new ParsePool({ entry: start.parseThreadPath, threads: parseThreads });
  // A PDF that is slow to draw must not keep the next message waiting. Its thread starts with the first preview.
  const drawingPool = new ParsePool({ entry: start.parseThreadPath, threads: 1 });
  setTimeout(() => void pool.parse({ job: 'warm-up' }), warmUpDelayMs).unref();
  const shelf = new MessageShelf(store, pool, drawingPool, temporaryFolder);
  const sample = new SampleMailbox(settings);
  const announcer = new Announcer(store, emit);
  const changes = new ChangeNotifier((accountIds) => {
    emit('mailbox/changed', { accountIds });
    announcer.tellUnread();
  });
  const indexer = new Indexer({
    store,
    shelf,
    onIndexed: (accountIds) => changes.note(accountIds),
    onSilenced: (id) => announcer.silence(id),
    onTrouble: (error) => tellTrouble(emit, logMistake, error),
  });
  const tellAccounts = () => emit('account/changed', accountStates(context));
  const withheld = new WithheldPasswords(settings);
  const vault = sample.vaultOver(withheld.vaultOver(cachedVault(keyring)));
  const context: EngineContext = {
    folder: start.folder,
    settings,
    vault,
    withheld,
    passwords: new PasswordPresence(vault, tellAccounts),
    store,
    pool,
    drawingPool,
    shelf,
    pages: new ShownPages(),
    remotePictures: new RemotePictures(store, start.extraAuthorities),
    locks: new MaildropLocks(),
    refusals: new Refusals(),
    scheduler: schedulerFor(() => context, { logMistake, indexer, announcer, tellAccounts }),
    sample,
    changes,
    transcripts: new Transcripts((accountId, lines) => emit('server/transcript-line', { accountId, lines })),
    extraAuthorities: start.extraAuthorities,
    emit,
  };
  return { context, indexer, announcer };
}

type SchedulerParts = {
  readonly logMistake: LogMistake;
  readonly indexer: Indexer;
  readonly announcer: Announcer;
  tellAccounts(): void;
};

function schedulerFor(whole: () => EngineContext, parts: SchedulerParts): CheckScheduler {
  const { logMistake, indexer, announcer, tellAccounts } = parts;
  return new CheckScheduler({
    accounts: () => whole().settings.accounts(),
    check: (account, signal, onProgress) =>
      checkMail(maildropTools(whole()), account, {
        signal,
        onProgress,
        logMistake,
        rules: whole().store.rules.all(),
        transcript: whole().transcripts.begin(account.id),
      }),
    now: Date.now,
    after: (delayMs, act) => {
      const timer = setTimeout(act, delayMs);
      return () => clearTimeout(timer);
    },
    onProgress: (progress) => whole().emit('check/progress', progress),
    onEnded: (record) => {
      whole().emit('check/ended', record);
      // After the rules, which may have put a message away or want it to come quietly.
      void indexer.arrivalsIndexed(record.accountId).then(() => announcer.announce(record.accountId));
    },
    onChanged: tellAccounts,
    logMistake,
  });
}

function listenToStore({ store, changes }: EngineContext, indexer: Indexer, announcer: Announcer): void {
  store.onCommitted((batch) => {
    indexer.noteCommitted(batch);
    announcer.noteCommitted(batch);
    changes.note(batch.slice(0, 1).map((message) => message.accountId));
  });
}

/** Work nobody waits for has failed: a sentence for the status line, or the log where it is a mistake of ours. */
function tellTrouble(emit: Emit, logMistake: LogMistake, error: unknown): void {
  const failure = expectedFailure(error) ?? {
    kind: 'internal' as const,
    reference: logMistake(error),
    canRetry: true,
  };
  emit('notice/shown', { failure });
}

function answering(context: EngineContext, indexer: Indexer, temporaryFolder: string): Engine {
  const server = serverCalls(context);
  const checks = checkCalls(context);
  const end = async () => {
    context.changes.close();
    await Promise.all([server.close(), checks.close(), context.scheduler.close()]);
    await indexer.close();
    await context.sample.close();
    context.transcripts.close();
    await Promise.all([context.drawingPool[Symbol.asyncDispose](), context.pool[Symbol.asyncDispose]()]);
    await context.store.close();
    await rm(temporaryFolder, { recursive: true, force: true });
  };
  let ending: Promise<void> | null = null;
  const close = () => {
    ending ??= end();
    return ending;
  };
  const status = keyringStatus(context.vault);
  const leave = async (accountId: Parameters<typeof checks.leave>[0]) => {
    await Promise.all([server.leave(accountId), checks.leave(accountId)]);
  };
  const answers: Answers<EngineCallName> = {
    ...accountCalls(context, leave),
    ...mailboxCalls(context),
    ...messageCalls(context),
    ...contentCalls(context),
    ...linkCalls(context),
    ...attachmentCalls(context),
    ...checks.answers,
    ...storageCalls(context),
    ...server.answers,
    'app/engine-state': async () => ({
      keyring: await status(),
      storeNotice: context.store.notice,
      settingsNotice: context.settings.notice(),
    }),
    'engine/close': async () => {
      await close();
      return null;
    },
  };
  return { answers, close };
}
