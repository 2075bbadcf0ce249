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
};

type Waiting = { readonly request: ParseRequest; readonly resolve: (reply: ParseReply) => void };
type Thread = {
  readonly worker: Worker;
  current: Waiting | null;
  timer: NodeJS.Timeout | null;
  isGone: boolean;
};

const unparsed = (reason: UnparsedReason, detail: string): ParseReply => ({
  kind: 'unparsed',
  reason,
  detail,
});

/**
 * A few threads that read messages one at a time each. A thread that dies, hangs or eats its heap is replaced, and
 * only the message it was reading is told as unparsed. What a person waits for goes before indexing.
 */
export class ParsePool {
  readonly #options: Required<ParsePoolOptions>;
  readonly #threads = new Set<Thread>();
  readonly #urgent: Waiting[] = [];
  readonly #patient: Waiting[] = [];
  #isClosed = false;

  constructor(options: ParsePoolOptions) {
    this.#options = { threads: 1, timeLimitMs: 20_000, heapMegabytes: 256, ...options };
  }

  /** Reads a message on a thread. Never rejects: what goes wrong is an `unparsed` reply. */
  parse(request: ParseRequest): Promise<ParseReply> {
    if (this.#isClosed) return Promise.resolve(unparsed('closed', ''));
    return new Promise((resolve) => {
      const isPatient = request.job === 'index' || request.job === 'warm-up';
      (isPatient ? this.#patient : this.#urgent).push({ request, resolve });
      this.#assign();
    });
  }

  /** Ends the threads; requests that were not answered yet are told as unparsed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    for (const waiting of [...this.#urgent.splice(0), ...this.#patient.splice(0)])
      waiting.resolve(unparsed('closed', ''));
    const threads = [...this.#threads];
    await Promise.all(
      threads.map((thread) => {
        this.#drop(thread, unparsed('closed', ''));
        return thread.worker.terminate();
      }),
    );
  }

  #assign(): void {
    for (;;) {
      const idle = [...this.#threads].find((thread) => thread.current === null);
      if (!idle && this.#threads.size >= this.#options.threads) return;
      const next = this.#urgent.shift() ?? this.#patient.shift();
      if (!next) return;
      this.#give(idle ?? this.#start(), next);
    }
  }

  #give(thread: Thread, waiting: Waiting): void {
    thread.current = waiting;
    thread.timer = setTimeout(() => {
      this.#drop(thread, unparsed('too-slow', `${this.#options.timeLimitMs} ms`));
      void thread.worker.terminate();
      this.#assign();
    }, this.#options.timeLimitMs);
    thread.worker.ref();
    thread.worker.postMessage(waiting.request);
  }

  #start(): Thread {
    const worker = new Worker(this.#options.entry, {
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapMegabytes },
      // A stranger's message is read here: the thread gets nothing of the environment.
      env: {},
      execArgv: [],
    });
    const thread: Thread = { worker, current: null, timer: null, isGone: false };
    this.#threads.add(thread);
    const lost = (reason: UnparsedReason, detail: string): void => {
      this.#drop(thread, unparsed(reason, detail));
      this.#assign();
    };
    worker.on('message', (reply: ParseReply) => {
      if (thread.isGone) return;
      this.#finish(thread, reply);
      this.#assign();
    });
    worker.on('error', (error: Error & { code?: string }) =>
      lost(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'died', error.message),
    );
    worker.on('exit', (code) => lost('died', `exit ${code}`));
    return thread;
  }

  #finish(thread: Thread, reply: ParseReply): void {
    const { current } = thread;
    if (thread.timer) clearTimeout(thread.timer);
    thread.timer = null;
    thread.current = null;
    // An idle thread must not keep a program alive that is done.
    thread.worker.unref();
    current?.resolve(reply);
  }

  #drop(thread: Thread, reply: ParseReply): void {
    if (thread.isGone) return;
    thread.isGone = true;
    this.#threads.delete(thread);
    this.#finish(thread, reply);
  }
}
