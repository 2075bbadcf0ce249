import { Worker } from 'node:worker_threads';
import type { Failure } from '../../shared/failure.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type {
  EngineCallName,
  EngineCalls,
  EngineEventName,
  EngineEvents,
  EngineStart,
  FromEngine,
  ToEngine,
} from '../engine/protocol.ts';

/** Called with what the engine answered, or with why it cannot. */
type Answered<Value> = (outcome: Result<Value, string>) => void;

/**
 * The shell's end of the engine worker: calls with answers, and events. A worker that ends by itself calls `onLost`.
 */
export class EngineClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Answered<unknown>>();
  readonly #listeners = new Map<EngineEventName, Set<(payload: never) => void>>();
  readonly #started: Promise<Failure | null>;
  #lastCall = 0;
  #ended = false;

  constructor(threadPath: string, start: EngineStart, onLost: (error: Error) => void) {
    this.#worker = new Worker(threadPath, { workerData: start, name: 'engine' });
    let fail = onLost;
    this.#started = new Promise((resolve, reject) => {
      fail = reject;
      this.#worker.on('message', (message: FromEngine) => {
        if (message.kind === 'ready' || message.kind === 'unable') {
          fail = onLost;
          // A worker that cannot open its store has nothing more to do. Its end is expected.
          this.#ended = message.kind === 'unable';
          resolve(message.kind === 'ready' ? null : message.failure);
        } else this.#receive(message);
      });
    });
    const lost = (error: Error) => {
      if (this.#ended) return;
      this.#ended = true;
      for (const answered of this.#waiting.values()) answered(failed(error.message));
      this.#waiting.clear();
      fail(error);
    };
    this.#worker.on('error', lost);
    this.#worker.on('exit', (code) => lost(new Error(`engine worker ended with code ${code}`)));
  }

  /** Resolves with null when the store is open, else with the failure. Rejects when the worker ends before that. */
  get started(): Promise<Failure | null> {
    return this.#started;
  }

  /**
   * Asks the engine. `answered` is called while the engine's message is being read, so that answers and events stay in
   * the order in which the engine sent them. It gets a reason only when the engine itself is broken or gone.
   */
  ask<Name extends EngineCallName>(
    name: Name,
    body: EngineCalls[Name][0],
    answered: Answered<EngineCalls[Name][1]>,
  ): void {
    if (this.#ended) {
      answered(failed('engine worker has ended'));
      return;
    }
    this.#lastCall += 1;
    this.#waiting.set(this.#lastCall, answered as Answered<unknown>);
    this.#worker.postMessage({ kind: 'call', call: this.#lastCall, name, body } satisfies ToEngine);
  }

  /** Calls the engine. Rejects only when the engine itself is broken or gone. */
  call<Name extends EngineCallName>(name: Name, body: EngineCalls[Name][0]): Promise<EngineCalls[Name][1]> {
    return new Promise((resolve, reject) => {
      this.ask(name, body, (outcome) => {
        if (outcome.ok) resolve(outcome.value);
        else reject(new Error(outcome.failure));
      });
    });
  }

  /** Listens to an event of the engine. */
  on<Name extends EngineEventName>(name: Name, listener: (payload: EngineEvents[Name]) => void): void {
    const known = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, known);
    known.add(listener as (payload: never) => void);
  }

  /** Lets the engine finish what must be finished, for at most `limitMs`, then ends the worker. */
  async close(limitMs: number): Promise<void> {
    if (this.#ended) return;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), limitMs);
    });
    await Promise.race([this.call('engine/close', {}).catch(() => null), limit]);
    clearTimeout(timer);
    this.#ended = true;
    await this.#worker.terminate();
  }

  #receive(message: Exclude<FromEngine, { kind: 'ready' | 'unable' }>): void {
    if (message.kind === 'event') {
      for (const listener of this.#listeners.get(message.name) ?? []) listener(message.payload as never);
      return;
    }
    const answered = this.#waiting.get(message.call);
    this.#waiting.delete(message.call);
    answered?.(
      message.kind === 'answer'
        ? ok(message.value)
        : failed(`something went wrong in the program (reference ${message.reference})`),
    );
  }
}
