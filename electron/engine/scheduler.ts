import type { Account } from '../../shared/account.ts';
import type { CheckProgress, CheckRecord } from '../../shared/account-state.ts';
import { minuteMs } from '../../shared/durations.ts';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/ids.ts';
import { mayBeTheNetwork, nextCheckDelayMs, retryDelayMs } from '../mailbox/checking/back-off.ts';

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
  /** Milliseconds of a clock that nobody sets; it may stand still while the computer sleeps. */
  steadyNow(): number;
  /** Milliseconds until the account may sign in by itself; 0 where it may now. RFC 2449 §6.5, LOGIN-DELAY. */
  signInWaitMs(account: Account): number;
  /** Calls back once after so many milliseconds; returns a function that takes it back. */
  after(delayMs: number, act: () => void): () => void;
  onProgress(progress: CheckProgress): void;
  onEnded(record: CheckRecord): void;
  /** Something that `stateOf` tells has changed. */
  onChanged(): void;
  /** Logs a mistake of ours and gives the reference it can be found under. */
  logMistake(error: unknown): string;
};

/** A moment on both clocks: the wall's, which counts time asleep, and the steady one, which nobody can set. */
type Moment = { readonly wall: number; readonly steady: number };

type Plan = { readonly madeAt: Moment; readonly delayMs: number; readonly cancel: () => void };

type Entry = {
  running: AbortController | null;
  /** When the running check, or the last one, began; by the steady clock. */
  begunAt: number;
  finished: Promise<void>;
  progress: CheckProgress | null;
  trouble: Failure | null;
  /** Failures in a row of the kind that passes. */
  failures: number;
  plan: Plan | null;
  /** The settings were changed while the running check used the old ones. */
  isOutdated: boolean;
  /** Somebody asked for a check that the running one cannot stand for. */
  isAskedAgain: boolean;
  /** The running check is ended because its connection is dead; another takes its place. */
  isRestarted: boolean;
};

/** A check in one of these sees whatever has come to the server by now; later ones know what is there from before. */
const beforeSignIn: readonly CheckProgress['phase'][] = ['waiting', 'connecting', 'signing-in'];

/** What is known of an account's checks at this moment. */
export type CheckState = Pick<Entry, 'progress' | 'trouble'> & {
  /** Milliseconds since the epoch; null where none is planned. */
  readonly nextCheckAt: number | null;
};

/**
 * Decides when each account is checked. Its rules:
 *
 * - An account is checked at start, every N minutes, when a person asks, and again after trouble that passes. What
 *   comes after which trouble is said in `mailbox/checking/back-off`.
 * - A paused account is checked only when a person asks for it.
 * - All accounts are checked side by side. Of one account there is only one check at a time.
 * - No check begins by itself sooner than the server's LOGIN-DELAY allows. A person's press may.
 * - Intervals count the time asleep. After waking, what is due starts at once, and checks from before are made anew,
 *   because their connections are dead. A clock that was set only matters after waking; timers run by the steady one.
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
      if (account.checkAtStart) this.#checkBySelf(account.id);
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
    entry.begunAt = this.#tools.steadyNow();
    entry.finished = this.#run(account, entry, controller);
    this.#tell(() => this.#tools.onChanged());
  }

  /** Stops the running check; what has arrived stays. Resolves when it has ended. */
  async stop(accountId: AccountId): Promise<void> {
    const entry = this.#entries.get(accountId);
    if (entry === undefined) return;
    entry.isRestarted = false;
    entry.running?.abort();
    await entry.finished;
  }

  /**
   * The computer was asleep. Checks that began before `asleepSince` (by the steady clock) have dead connections and
   * begin anew; what has become due meanwhile starts now.
   */
  wake(asleepSince: number): void {
    for (const { id } of this.#tools.accounts()) {
      const entry = this.#entry(id);
      if (entry.running !== null) this.#restart(entry, asleepSince);
      else if (entry.plan !== null) this.#plan(id, this.#remainingMs(entry.plan));
    }
  }

  /** The network is another one. What failed because of the old one is tried now; `isLost` ends running checks too. */
  useNetwork({ isLost }: { readonly isLost: boolean }): void {
    for (const { id } of this.#tools.accounts()) {
      const entry = this.#entry(id);
      if (entry.running !== null && isLost) this.#restart(entry, this.#tools.steadyNow());
      else if (entry.plan !== null && entry.trouble !== null && mayBeTheNetwork(entry.trouble)) {
        entry.failures = 0;
        this.#checkBySelf(id);
      }
    }
  }

  /** The person has opened the keyring. What could not begin without it is checked now. */
  useKeyring(): void {
    for (const { id } of this.#tools.accounts()) {
      const { running, trouble } = this.#entry(id);
      if (running === null && trouble?.kind === 'keyring-unavailable') this.#checkBySelf(id);
    }
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
      nextCheckAt: entry?.plan == null ? null : entry.plan.madeAt.wall + entry.plan.delayMs,
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
      const passes = record.failure !== null && retryDelayMs(record.failure, 1) !== null;
      entry.failures = passes ? entry.failures + 1 : 0;
    }
    const { isRestarted } = entry;
    entry.isRestarted = false;
    const current = this.#account(account.id);
    // A failure would only come again, unless the settings are others now.
    const isNext = entry.isAskedAgain && (record.outcome === 'done' || entry.isOutdated);
    if (current !== undefined && !this.#isClosed) this.#plan(account.id, this.#nextDelay(current, entry));
    this.#tell(() => this.#tools.onEnded(record));
    if (isRestarted && record.outcome === 'stopped') this.#checkBySelf(account.id);
    else if (isNext && record.outcome !== 'stopped') this.checkNow(account.id);
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

  #restart(entry: Entry, deadBefore: number): void {
    if (entry.running === null || entry.begunAt > deadBefore) return;
    entry.isRestarted = true;
    entry.running.abort();
  }

  /** Checks now, or as soon as the server's LOGIN-DELAY allows. */
  #checkBySelf(accountId: AccountId): void {
    const account = this.#account(accountId);
    if (account === undefined || account.isPaused === true || this.#isClosed) return;
    if (this.#tools.signInWaitMs(account) > 0) {
      this.#plan(accountId, 0);
      this.#tell(() => this.#tools.onChanged());
    } else this.checkNow(accountId);
  }

  #plan(accountId: AccountId, delayMs: number | null): void {
    const entry = this.#entry(accountId);
    const account = this.#account(accountId);
    this.#unplan(entry);
    if (delayMs === null || account === undefined || account.isPaused === true) return;
    const allowedMs = Math.max(delayMs, this.#tools.signInWaitMs(account));
    const cancel = this.#tools.after(allowedMs, () => this.#checkBySelf(accountId));
    entry.plan = { madeAt: this.#moment(), delayMs: allowedMs, cancel };
  }

  #unplan(entry: Entry): void {
    entry.plan?.cancel();
    entry.plan = null;
  }

  /** What is left of a plan's wait. The wall clock counts time asleep; where it was set back, the steady one counts. */
  #remainingMs({ madeAt, delayMs }: Plan): number {
    const { wall, steady } = this.#moment();
    return Math.max(0, delayMs - Math.max(wall - madeAt.wall, steady - madeAt.steady));
  }

  #moment(): Moment {
    return { wall: this.#tools.now(), steady: this.#tools.steadyNow() };
  }

  #nextDelay(account: Account, entry: Entry): number | null {
    const usualMs = this.#regularDelay(account);
    return entry.trouble === null ? usualMs : nextCheckDelayMs(entry.trouble, entry.failures, usualMs);
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
      begunAt: 0,
      finished: Promise.resolve(),
      progress: null,
      trouble: null,
      failures: 0,
      plan: null,
      isOutdated: false,
      isAskedAgain: false,
      isRestarted: false,
    };
    this.#entries.set(accountId, entry);
    return entry;
  }
}
