import { secondMs } from '../../shared/durations.ts';

/** How often the clocks and the network are looked at: what is due after waking starts within 5 seconds. */
const beatMs = 3 * secondMs;
/** Between two beats the engine may be busy; a longer gap was sleep. */
const sleepMs = 10 * secondMs;

/** What the watch needs. */
export type SystemTools = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds of a clock that nobody sets. */
  steadyNow(): number;
  /** Calls back again and again; returns a function that ends it. */
  every(ms: number, act: () => void): () => void;
  /** The networks of this computer, one text each; loopback is none. */
  networks(): ReadonlySet<string>;
  /** It was asleep since this moment of the steady clock. */
  onWoken(asleepSince: number): void;
  /** Networks have come, or some have gone: connections through those are dead. */
  onNetwork(change: { readonly isLost: boolean }): void;
};

/**
 * Notices that the computer slept or has another network. The shell tells of sleep where the system tells the shell.
 * Where it does not, a beat that is late by the wall clock shows it.
 */
export class SystemWatch {
  readonly #tools: SystemTools;
  readonly #end: () => void;
  #wall: number;
  #steady: number;
  #networks: ReadonlySet<string>;
  #suspendedAt: number | null = null;

  constructor(tools: SystemTools) {
    this.#tools = tools;
    this.#wall = tools.now();
    this.#steady = tools.steadyNow();
    this.#networks = tools.networks();
    this.#end = tools.every(beatMs, () => this.#beat());
  }

  /** The system says that it goes to sleep. */
  suspended(): void {
    this.#suspendedAt = this.#tools.steadyNow();
  }

  /** The system says that it has woken up. */
  resumed(): void {
    this.#wake(this.#suspendedAt ?? this.#steady);
    this.#suspendedAt = null;
  }

  /** Looks no more. */
  close(): void {
    this.#end();
  }

  #beat(): void {
    const gapMs = Math.max(this.#tools.now() - this.#wall, this.#tools.steadyNow() - this.#steady);
    if (gapMs > beatMs + sleepMs) this.#wake(this.#steady);
    else this.#noteTime();
    this.#compareNetworks();
  }

  #wake(asleepSince: number): void {
    this.#noteTime();
    this.#tools.onWoken(asleepSince);
  }

  #noteTime(): void {
    this.#wall = this.#tools.now();
    this.#steady = this.#tools.steadyNow();
  }

  #compareNetworks(): void {
    const before = this.#networks;
    const after = this.#tools.networks();
    this.#networks = after;
    const isLost = [...before].some((network) => !after.has(network));
    const isFound = [...after].some((network) => !before.has(network));
    if (isLost || isFound) this.#tools.onNetwork({ isLost });
  }
}
