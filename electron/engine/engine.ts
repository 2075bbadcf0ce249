import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { minuteMs } from '../../shared/durations.ts';
import type { Failure } from '../../shared/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import { keyringVault, type Vault } from '../account/secrets/vault.ts';
import { openSettings } from '../account/settings/settings.ts';
import { resumeRestoring } from '../mailbox/moving/restore-backup.ts';
import { summariseHeaders } from '../message/headers/header-summary.ts';
import { attemptWork } from '../store/attempt.ts';
import { openStore, type Store } from '../store/store.ts';
import { engineAnswers } from './answers.ts';
import { assemble } from './assemble.ts';
import type { Answers, EngineParts } from './engine-parts.ts';
import { mistakeLog } from './mistake-log.ts';
import type { Emit, EngineCallName, EngineStart } from './protocol.ts';

/*
 * The engine is what runs while Poppy runs: checks by the clock, the indexing of new mail, the answers to the window.
 *
 * This room decides nothing about mail. Decisions are in mailbox/, what a message looks like is in reading/, what
 * guards passwords is in account/. A request comes in by protocol.ts and is answered in the file of calls/ that is
 * named like the request's noun. Each such file picks the few parts of the engine that it works with (engine-parts).
 *
 * Everything runs on one worker (worker.ts), so nothing here may take long. Parsing goes to the parse workers; what
 * is found is written a few milliseconds at a time (indexing/).
 */

/** How often the program looks whether the day's backup of the marks or an erasure is due; it may run for weeks. */
const upkeepEveryMs = 60 * minuteMs;
/** The first look. Many run the program for less than an hour a day; the first check of mail should be over by then. */
const firstUpkeepMs = 5 * minuteMs;

/** The running engine: its answers, and how to end it. */
export type Engine = { readonly answers: Answers<EngineCallName>; close(): Promise<void> };

/** Opens store and settings, puts the engine together and sets it going. Fails when the store cannot be opened. */
export async function startEngine(
  start: EngineStart,
  emit: Emit,
  ownKeyring?: Vault,
): Promise<Result<Engine, Failure>> {
  const opened = await openStore({ folder: start.folder, summarise: summariseHeaders });
  if (!opened.ok) return opened;
  const store = opened.value;
  const settings = await openSettings(start.folder);
  const temporaryFolder = await makePartsFolder(start.folder);
  let onOpened: () => void = () => undefined;
  const keyring = ownKeyring ?? keyringVault({ onOpened: () => onOpened() });
  const parts = assemble({ start, emit, keyring, store, settings, temporaryFolder });
  const { answers, close: closeViews } = engineAnswers(parts);
  onOpened = () => parts.scheduler.useKeyring();
  listenToStore(parts);
  await parts.sample.start();
  parts.scheduler.start();
  parts.indexer.wake();
  const restoring = goOnRestoring(parts);
  const upkeep = setInterval(() => void keepInOrder(store), upkeepEveryMs).unref();
  const firstUpkeep = setTimeout(() => void keepInOrder(store), firstUpkeepMs).unref();
  const close = once(async () => {
    clearInterval(upkeep);
    clearTimeout(firstUpkeep);
    await restoring.stop();
    await end(parts, closeViews);
    await rm(temporaryFolder, { recursive: true, force: true });
  });
  const engineClose = async () => {
    await close();
    return null;
  };
  return ok({ answers: { ...answers, 'engine/close': engineClose }, close });
}

/**
 * A folder for parts of messages that are looked at. It lies in the data folder, which nobody else may enter and which
 * this engine has for itself: what is there comes from a run that did not end well.
 */
async function makePartsFolder(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'parts');
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { mode: 0o700 });
  return path;
}

/** Goes on with a backup that a killed run was restoring, beside everything else. */
function goOnRestoring({ folder, store, settings, changes }: EngineParts): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const done = resumeRestoring(store, { accounts: settings.accounts(), signal: stopping.signal }).then(
    (messages) => {
      if (messages > 0) changes.note();
    },
    mistakeLog(folder),
  );
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

/** Nobody waits for this: what fails, on a full disk for instance, is tried again an hour later. */
async function keepInOrder({ upkeep }: Store): Promise<void> {
  await attemptWork(() => upkeep.backUpWhenDue());
  await attemptWork(() => upkeep.compactWhenDue());
}

function listenToStore({ store, indexer, arrivals, changes }: EngineParts): void {
  store.onCommitted((batch) => {
    indexer.noteCommitted(batch);
    arrivals.noteCommitted(batch);
    changes.note(batch.slice(0, 1).map((message) => message.accountId));
  });
}

/** Ends what asks for mail first, then what works on it, and the store last. */
async function end(parts: EngineParts, closeViews: () => Promise<void>): Promise<void> {
  parts.changes.close();
  await Promise.all([closeViews(), parts.downloads.stop(null), parts.scheduler.close()]);
  await parts.indexer.close();
  await parts.sample.close();
  parts.transcripts.close();
  await Promise.all([parts.drawingPool[Symbol.asyncDispose](), parts.pool[Symbol.asyncDispose]()]);
  await parts.store.close();
}

/** Does the work at the first call; later calls wait for the same end. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= work();
    return done;
  };
}
