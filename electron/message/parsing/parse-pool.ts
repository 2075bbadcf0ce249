import { Worker } from 'node:worker_threads';
import type { ParseReply, ParseRequest, UnparsedReason } from './parse-job.ts';

/** How the parse threads are run. */
export type ParsePoolOptions = {
  /** The built entry file of a parse thread. */
  readonly entry: string | URL;
  /** One or two. */
  readonly threads?: number;
  /** How long one message may take before its thread is replaced. */
  readonly timeLimitMs?: number;
  /** The heap one thread may grow to, in megabytes. */
  readonly heapMegabytes?: number;
  /** Messages for the index that a thread holds at once, so that it never waits for the engine. If it dies, the first of them is to blame. */
  readonly ahead?: number;
  /** How long a person waits behind a message that takes long before a thread is started for them alone. */
  readonly patienceMs?: number;
};

type Waiting = { readonly request: ParseRequest; readonly resolve: (reply: ParseReply) => void };
type Thread = {
  readonly worker: Worker;
  /** Requests it has not answered, in their order. It works on the first. */
  given: Waiting[];
  timer: NodeJS.Timeout | null;
  /** What it said before its end. */
  lastWords: ParseReply | null;
  isGone: boolean;
};

const unparsed = (reason: UnparsedReason, detail: string): ParseReply => ({
  kind: 'unparsed',
  reason,
  detail,
});

/**
 * A few threads that read messages, each one after the other. A thread that dies, hangs or eats its heap is replaced,
 * and only the message it was reading is told as unparsed. A message that a person waits for goes before indexing. If a
 * message for the index takes long, the person's message gets a thread of its own.
 */
export class ParsePool {
  readonly #options: Required<ParsePoolOptions>;
  readonly #threads = new Set<Thread>();
  #urgent: Waiting[] = [];
  #patient: Waiting[] = [];
  #isClosed = false;

  constructor(options: ParsePoolOptions) {
    this.#options = {
      threads: 1,
      timeLimitMs: 20_000,
      heapMegabytes: 256,
      ahead: 16,
      patienceMs: 250,
      ...options,
    };
  }

  /** Reads a message on a thread. Never rejects: what goes wrong is an `unparsed` reply. */
  parse(request: ParseRequest): Promise<ParseReply> {
    if (this.#isClosed) return Promise.resolve(unparsed('closed', ''));
    return new Promise((resolve) => {
      const waiting = { request, resolve };
      if (request.job === 'index' || request.job === 'warm-up') this.#patient.push(waiting);
      else this.#urgent.push(waiting);
      this.#assign();
      if (this.#urgent.includes(waiting)) this.#loseHeart(waiting);
    });
  }

  /** Ends the threads; requests that were not answered yet are told as unparsed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    const threads = [...this.#threads];
    for (const waiting of [
      ...this.#urgent.splice(0),
      ...this.#patient.splice(0),
      ...threads.flatMap((thread) => thread.given.splice(0)),
    ])
      waiting.resolve(unparsed('closed', ''));
    await Promise.all(
      threads.map((thread) => {
        this.#drop(thread, unparsed('closed', ''));
        return thread.worker.terminate();
      }),
    );
  }

  #assign(): void {
    while (this.#urgent.length > 0) {
      const free = this.#free(1);
      if (free === null) break;
      this.#give(free, this.#urgent.shift());
    }
    // Nothing is put before what a person waits for.
    if (this.#urgent.length > 0) return;
    while (this.#patient.length > 0) {
      const free = this.#free(this.#options.ahead);
      if (free === null) break;
      this.#give(free, this.#patient.shift());
    }
  }

  /** The thread with the least to do, a new one where all work and there may be more; null when all have enough. */
  #free(enough: number): Thread | null {
    const [least] = [...this.#threads].sort((one, other) => one.given.length - other.given.length);
    if (least?.given.length === 0) return least;
    if (this.#threads.size < this.#options.threads) return this.#start();
    return least !== undefined && least.given.length < enough ? least : null;
  }

  /** Starts a thread more for a person who has waited long enough. */
  #loseHeart(waiting: Waiting): void {
    const timer = setTimeout(() => {
      const at = this.#urgent.indexOf(waiting);
      if (at < 0 || this.#threads.size > this.#options.threads) return;
      this.#urgent.splice(at, 1);
      this.#give(this.#start(), waiting);
    }, this.#options.patienceMs);
    timer.unref();
  }

  #give(thread: Thread, waiting: Waiting | undefined): void {
    if (waiting === undefined) return;
    thread.given.push(waiting);
    if (thread.given.length === 1) this.#watch(thread);
    thread.worker.ref();
    thread.worker.postMessage(waiting.request);
  }

  /** Gives the message that a thread is at its time. */
  #watch(thread: Thread): void {
    if (thread.timer) clearTimeout(thread.timer);
    const [current] = thread.given;
    if (current === undefined) {
      thread.timer = null;
      // An idle thread must not keep a program alive that is done.
      thread.worker.unref();
      return;
    }
    thread.timer = setTimeout(() => {
      // After the answers that lie there already: it may be this thread that was held up.
      setImmediate(() => {
        if (thread.given[0] !== current) return;
        this.#drop(thread, unparsed('too-slow', `${this.#options.timeLimitMs} ms`));
        void thread.worker.terminate();
        this.#assign();
      });
    }, this.#options.timeLimitMs);
  }

  #start(): Thread {
    const worker = new Worker(this.#options.entry, {
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapMegabytes },
      // A stranger's message is read here: the thread gets nothing of the environment.
      env: {},
      execArgv: [],
    });
    const thread: Thread = { worker, given: [], timer: null, lastWords: null, isGone: false };
    this.#threads.add(thread);
    worker.on('message', (reply: ParseReply) => {
      if (thread.isGone) return;
      const answered = thread.given.shift();
      this.#watch(thread);
      answered?.resolve(reply);
      this.#assign();
      if (thread.given.length === 0 && this.#threads.size > this.#options.threads) this.#dismiss(thread);
    });
    // Its answers may still be on their way; they are all here when it has ended.
    worker.on('error', (error: Error & { code?: string }) => {
      const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      thread.lastWords = unparsed(isFull ? 'out-of-memory' : 'died', error.message);
    });
    worker.on('exit', (code) => {
      this.#drop(thread, thread.lastWords ?? unparsed('died', `exit ${code}`));
      this.#assign();
    });
    return thread;
  }

  #dismiss(thread: Thread): void {
    this.#drop(thread, unparsed('closed', ''));
    void thread.worker.terminate();
  }

  /** Lets a thread go: the message it was at gets this answer, the others their turn on another thread. */
  #drop(thread: Thread, reply: ParseReply): void {
    if (thread.isGone) return;
    thread.isGone = true;
    this.#threads.delete(thread);
    const [current, ...others] = thread.given.splice(0);
    this.#watch(thread);
    this.#patient.unshift(...others);
    current?.resolve(reply);
  }
}
