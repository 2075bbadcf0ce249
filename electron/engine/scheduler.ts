import type { Account } from '../../shared/account.ts';
import type { CheckProgress, CheckRecord } from '../../shared/account-state.ts';
import { minuteMs } from '../../shared/durations.ts';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/ids.ts';
import { retryDelayMs, waitsForPerson } from '../mailbox/checking/back-off.ts';

/** What the scheduler needs; timers and time are arguments so that tests need no waiting. */
export type SchedulerTools = {
  accounts(): readonly Account[];
  /** Runs one check; its failure is in the record. Never rejects for expected reasons. */
  check(
    account: Account,
    signal: AbortSignal,
    onProgress: (progress: CheckProgress) => void,
  ): Promise<CheckRecord>;
  now(): number;
  /** Calls back once after so many milliseconds; returns a function that takes it back. */
  after(delayMs: number, act: () => void): () => void;
  onProgress(progress: CheckProgress): void;
  onEnded(record: CheckRecord): void;
  /** Something that `stateOf` tells has changed. */
  onChanged(): void;
  /** Logs a mistake of ours and gives the reference it can be found under. */
  logMistake(error: unknown): string;
};

type Entry = {
  running: AbortController | null;
  finished: Promise<void>;
  progress: CheckProgress | null;
  trouble: Failure | null;
  failures: number;
  nextCheckAt: number | null;
  cancelTimer: (() => void) | null;
  /** The settings were changed while the running check used the old ones. */
  isOutdated: boolean;
  /** Somebody asked for a check that the running one cannot stand for. */
  isAskedAgain: boolean;
};

/** A check in one of these sees whatever has come to the server by now; later ones know what is there from before. */
const beforeSignIn: readonly CheckProgress['phase'][] = ['waiting', 'connecting', 'signing-in'];

/** What is known of an account's checks at this moment. */
export type CheckState = Pick<Entry, 'progress' | 'trouble' | 'nextCheckAt'>;

/**
 * Decides when each account is checked: at start, every N minutes, on demand, and again after passing trouble. All
 * accounts side by side, but never two checks of one account at a time.
 */
export class CheckScheduler {
  readonly #tools: SchedulerTools;
  readonly #entries = new Map<AccountId, Entry>();
  #isClosed = false;

  constructor(tools: SchedulerTools) {
    this.#tools = tools;
  }

  /** Begins: checks what is to be checked at start and sets the timers. */
  start(): void {
    for (const account of this.#tools.accounts()) {
      if (account.checkAtStart) this.checkNow(account.id);
      else this.#plan(account.id, this.#regularDelay(account));
    }
  }

  /** Starts a check. One that runs stands for it as long as it can; else another follows when it has ended well. */
  checkNow(accountId: AccountId): void {
    const account = this.#account(accountId);
    const entry = this.#entry(accountId);
    if (this.#isClosed || account === undefined) return;
    if (entry.running !== null) {
      const standsForIt = entry.progress === null || beforeSignIn.includes(entry.progress.phase);
      entry.isAskedAgain ||= entry.isOutdated || !standsForIt;
      return;
    }
    entry.isOutdated = false;
    entry.isAskedAgain = false;
    this.#unplan(entry);
    const controller = new AbortController();
    entry.running = controller;
    entry.finished = this.#run(account, entry, controller);
    this.#tell(() => this.#tools.onChanged());
  }

  /** Stops the running check; what has arrived stays. Resolves when it has ended. */
  async stop(accountId: AccountId): Promise<void> {
    const entry = this.#entries.get(accountId);
    entry?.running?.abort();
    await entry?.finished;
  }

  /** After an account was added or its settings changed: trouble is forgotten and its timer set anew. */
  renew(accountId: AccountId): void {
    const account = this.#account(accountId);
    const entry = this.#entry(accountId);
    entry.trouble = null;
    entry.failures = 0;
    entry.isOutdated = entry.running !== null;
    this.#unplan(entry);
    if (account !== undefined && entry.running === null) this.#plan(accountId, this.#regularDelay(account));
    this.#tell(() => this.#tools.onChanged());
  }

  /** The account cannot be checked before the person has done something; no attempt is needed to know it. */
  waitForPerson(accountId: AccountId, trouble: Failure): void {
    const entry = this.#entry(accountId);
    this.#unplan(entry);
    entry.trouble = trouble;
    this.#tell(() => this.#tools.onChanged());
  }

  /** Ends with everything of an account that is being removed. */
  async forget(accountId: AccountId): Promise<void> {
    await this.stop(accountId);
    const entry = this.#entries.get(accountId);
    if (entry !== undefined) this.#unplan(entry);
    this.#entries.delete(accountId);
  }

  /** What is going on in an account. */
  stateOf(accountId: AccountId): CheckState {
    const entry = this.#entries.get(accountId);
    return {
      progress: entry?.progress ?? null,
      trouble: entry?.trouble ?? null,
      nextCheckAt: entry?.nextCheckAt ?? null,
    };
  }

  /** Stops all checks and timers, and waits for their ends. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const entry of this.#entries.values()) this.#unplan(entry);
    await Promise.all([...this.#entries.keys()].map((accountId) => this.stop(accountId)));
  }

  async #run(account: Account, entry: Entry, controller: AbortController): Promise<void> {
    const record = await this.#check(account, entry, controller.signal);
    entry.running = null;
    entry.progress = null;
    if (record.outcome !== 'stopped') {
      entry.trouble = record.failure;
      entry.failures = record.failure === null ? 0 : entry.failures + 1;
    }
    const current = this.#account(account.id);
    // A failure would only come again, unless the settings are others now.
    const isNext = entry.isAskedAgain && (record.outcome === 'done' || entry.isOutdated);
    if (current !== undefined && !this.#isClosed) this.#plan(account.id, this.#nextDelay(current, entry));
    this.#tell(() => this.#tools.onEnded(record));
    if (isNext && record.outcome !== 'stopped') this.checkNow(account.id);
    else this.#tell(() => this.#tools.onChanged());
  }

  /** The record of one check; a mistake of ours is a failed check like another, and the next one comes as planned. */
  async #check(account: Account, entry: Entry, signal: AbortSignal): Promise<CheckRecord> {
    const startedAt = this.#tools.now();
    try {
      return await this.#tools.check(account, signal, (progress) => {
        entry.progress = progress;
        this.#tell(() => this.#tools.onProgress(progress));
      });
    } catch (error) {
      return {
        accountId: account.id,
        startedAt,
        endedAt: this.#tools.now(),
        stored: 0,
        storedBytes: 0,
        deletedOnServer: 0,
        skipped: 0,
        onServer: 0,
        outcome: 'failed',
        failure: { kind: 'internal', reference: this.#tools.logMistake(error), canRetry: true },
      };
    }
  }

  /** Whoever listens may be wrong as well: that must neither end a check nor keep the next one from being planned. */
  #tell(news: () => void): void {
    try {
      news();
    } catch (error) {
      this.#tools.logMistake(error);
    }
  }

  #plan(accountId: AccountId, delayMs: number | null): void {
    const entry = this.#entry(accountId);
    this.#unplan(entry);
    if (delayMs === null) return;
    entry.nextCheckAt = this.#tools.now() + delayMs;
    entry.cancelTimer = this.#tools.after(delayMs, () => this.checkNow(accountId));
  }

  #unplan(entry: Entry): void {
    entry.cancelTimer?.();
    entry.cancelTimer = null;
    entry.nextCheckAt = null;
  }

  #nextDelay(account: Account, entry: Entry): number | null {
    if (entry.trouble === null) return this.#regularDelay(account);
    if (waitsForPerson(entry.trouble)) return null;
    return retryDelayMs(entry.trouble, entry.failures) ?? this.#regularDelay(account);
  }

  #regularDelay(account: Account): number | null {
    return account.checkEveryMinutes > 0 ? account.checkEveryMinutes * minuteMs : null;
  }

  #account(accountId: AccountId): Account | undefined {
    return this.#tools.accounts().find((account) => account.id === accountId);
  }

  #entry(accountId: AccountId): Entry {
    const known = this.#entries.get(accountId);
    if (known !== undefined) return known;
    const entry: Entry = {
      running: null,
      finished: Promise.resolve(),
      progress: null,
      trouble: null,
      failures: 0,
      nextCheckAt: null,
      cancelTimer: null,
      isOutdated: false,
      isAskedAgain: false,
    };
    this.#entries.set(accountId, entry);
    return entry;
  }
}
