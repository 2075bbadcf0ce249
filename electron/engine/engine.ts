import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '../../shared/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import { openSettings, type Settings } from '../account/account-settings.ts';
import { keyringVault } from '../account/vault.ts';
import { checkMail } from '../mailbox/check-mail.ts';
import { MaildropLocks } from '../mailbox/maildrop-locks.ts';
import { Refusals } from '../mailbox/refusals.ts';
import { ParsePool } from '../message/parse-pool.ts';
import { summariseHeaders } from '../message/summarise.ts';
import { openStore, type Store } from '../store/store.ts';
import { accountCalls } from './account-calls.ts';
import { accountStates } from './account-states.ts';
import { Announcer } from './announcer.ts';
import { attachmentCalls } from './attachment-calls.ts';
import { ChangeNotifier } from './change-notifier.ts';
import { checkCalls } from './check-calls.ts';
import { type Answers, type Emit, type EngineContext, maildropTools, Transcripts } from './context.ts';
import { Indexer } from './indexer.ts';
import { mailboxCalls } from './mailbox-calls.ts';
import { MessageShelf } from './message-shelf.ts';
import type { EngineCallName, EngineStart } from './protocol.ts';
import { readCalls } from './read-calls.ts';
import { SampleMailbox } from './sample-mailbox.ts';
import { CheckScheduler } from './scheduler.ts';
import { serverCalls } from './server-calls.ts';
import { storageCalls } from './storage-calls.ts';
import { cachedVault } from './vault-cache.ts';

/** Parse threads; a second one only pays on machines with more cores. */
const parseThreads = 1;

/** Keeps a mistake of ours for later and answers the reference it is found under. */
export type LogMistake = (error: unknown) => string;

/** Writes mistakes to a file in the user data folder; message contents and secrets are in no error's text. */
export function mistakeLog(folder: string): LogMistake {
  return (error) => {
    const reference = randomBytes(4).toString('hex');
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    try {
      mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
      appendFileSync(
        join(folder, 'logs', 'mistakes.log'),
        `${new Date().toISOString()} ${reference} ${text}\n`,
        { mode: 0o600 },
      );
    } catch {
      console.error(reference, text); // The log cannot be written: the terminal is what is left.
    }
    return reference;
  };
}

/** The running engine: its answers, and how to end it. */
export type Engine = { readonly answers: Answers<EngineCallName>; close(): Promise<void> };

/** Opens store and settings and puts everything together. Fails when the store cannot be opened. */
export async function startEngine(start: EngineStart, emit: Emit): Promise<Result<Engine, Failure>> {
  const opened = await openStore({ folder: start.folder, summarise: summariseHeaders });
  if (!opened.ok) return opened;
  const settings = await openSettings(start.folder);
  const temporaryFolder = await mkdtemp(join(tmpdir(), `poppy-parts-${process.pid}-`));
  const parts = assemble(start, emit, opened.value, settings, temporaryFolder);
  await parts.context.sample.start();
  parts.context.scheduler.start();
  parts.indexer.wake();
  return ok({
    answers: parts.answers,
    close: async () => {
      await parts.close();
      await rm(temporaryFolder, { recursive: true, force: true });
    },
  });
}

function assemble(start: EngineStart, emit: Emit, store: Store, settings: Settings, temporaryFolder: string) {
  const logMistake = mistakeLog(start.folder);
  const pool = new ParsePool({ entry: start.parseThreadPath, threads: parseThreads });
  const shelf = new MessageShelf(store, pool, temporaryFolder);
  const sample = new SampleMailbox(settings);
  const changes = new ChangeNotifier((accountIds) => {
    emit('mailbox/changed', { accountIds });
    announcer.tellUnread();
  });
  const announcer = new Announcer(store, emit);
  const indexer = new Indexer({ store, pool, shelf, onIndexed: (accountIds) => changes.note(accountIds) });
  const transcripts = new Transcripts((accountId, transcript) => {
    transcript.onEntry((entry) => emit('server/transcript-line', { accountId, lines: [entry] }));
  });
  const tellAccounts = () => {
    void accountStates(context).then((states) => emit('account/changed', states));
  };
  const scheduler = new CheckScheduler({
    accounts: () => settings.accounts(),
    check: (account, signal, onProgress) =>
      checkMail(maildropTools(context), account, {
        signal,
        onProgress,
        logMistake,
        rules: store.rules(),
        transcript: transcripts.begin(account.id),
      }),
    now: Date.now,
    after: (delayMs, act) => {
      const timer = setTimeout(act, delayMs);
      return () => clearTimeout(timer);
    },
    onProgress: (progress) => emit('check/progress', progress),
    onEnded: (record) => {
      emit('check/ended', record);
      void indexer.idle().then(() => announcer.announce());
    },
    onChanged: tellAccounts,
  });
  const context: EngineContext = {
    folder: start.folder,
    settings,
    vault: sample.vaultOver(cachedVault(keyringVault())),
    store,
    pool,
    shelf,
    locks: new MaildropLocks(),
    refusals: new Refusals(),
    scheduler,
    sample,
    changes,
    transcripts,
    extraAuthorities: start.extraAuthorities,
    emit,
  };
  store.onCommitted((batch) => {
    indexer.noteCommitted(batch);
    announcer.noteCommitted(batch);
    changes.note(batch.slice(0, 1).map((message) => message.accountId));
  });
  const server = serverCalls(context);
  const close = async () => {
    changes.close();
    await server.close();
    await scheduler.close();
    await indexer.close();
    await sample.close();
    await pool[Symbol.asyncDispose]();
    await store.close();
  };
  const answers: Answers<EngineCallName> = {
    ...accountCalls(context),
    ...mailboxCalls(context),
    ...readCalls(context),
    ...attachmentCalls(context),
    ...checkCalls(context),
    ...storageCalls(context),
    ...server,
    'app/engine-state': async () => ({
      keyring: await context.vault.status(),
      storeNotice: store.notice,
      settingsNotice: settings.notice(),
    }),
    'engine/close': async () => {
      await close();
      return null;
    },
  };
  return { context, indexer, answers, close };
}
