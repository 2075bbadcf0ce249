import { Worker } from 'node:worker_threads';
import type { GivenRequest, ParseReply, ParseRequest, UnparsedReason } from './parse-job.ts';
import { intoNewFile } from './part-file.ts';

/** How the parse workers are run. */
export type ParsePoolOptions = {
  /** The built entry file of a parse worker. */
  readonly entry: string | URL;
  /** One or two. */
  readonly workers?: number;
  /** How long one message may take before its worker is replaced. */
  readonly timeLimitMs?: number;
  /** The heap one worker may grow to, in megabytes. */
  readonly heapMegabytes?: number;
  /** Messages for the index that a worker holds at once, so that it never waits for the engine. If it dies, the first of them is to blame. */
  readonly ahead?: number;
  /** How long a person waits behind a message that takes long before a worker is started for them alone. */
  readonly patienceMs?: number;
};

type Waiting = { readonly request: GivenRequest; readonly resolve: (reply: ParseReply) => void };
type PoolMember = {
  readonly worker: Worker;
  /** Requests it has not answered, in their order. It works on the first. */
  given: Waiting[];
  timer: NodeJS.Timeout | null;
  /** What it said before its end. */
  lastReply: ParseReply | null;
  isGone: boolean;
};

const unparsed = (reason: UnparsedReason, detail: string): ParseReply => ({
  kind: 'unparsed',
  reason,
  detail,
});

/** Under its names of Node 20 and of 23.5 and later; a Node that takes neither for a worker runs it without. */
const permissionFlags = ['--experimental-permission', '--permission'];

/**
 * A stranger's message is read here. The worker gets nothing of the environment, and by Node's permission model no
 * processes, no threads of its own, no native code, no inspector and no file to write. It cuts its own network first of
 * all (cut-network.ts). It still reads files, for messages lie in the store, and it can use what files the process has
 * open.
 */
function startWorker({ entry, heapMegabytes }: Required<ParsePoolOptions>): Worker {
  const options = { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes }, env: {} };
  for (const flag of permissionFlags)
    try {
      const execArgv = ['--no-warnings', flag, '--allow-fs-read=*'];
      return new Worker(entry, { ...options, execArgv });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_INVALID_EXEC_ARGV') throw error;
    }
  return new Worker(entry, { ...options, execArgv: [] });
}

/**
 * A few workers that read messages, each one after the other. A worker that dies, hangs or eats its heap is replaced,
 * and only the message it was reading is told as unparsed. A message that a person waits for goes before indexing. If a
 * message for the index takes long, the person's message gets a worker of its own.
 */
export class ParsePool {
  readonly #options: Required<ParsePoolOptions>;
  readonly #members = new Set<PoolMember>();
  #urgent: Waiting[] = [];
  #patient: Waiting[] = [];
  #isClosed = false;

  constructor(options: ParsePoolOptions) {
    this.#options = {
      workers: 1,
      timeLimitMs: 20_000,
      heapMegabytes: 256,
      ahead: 16,
      patienceMs: 250,
      ...options,
    };
  }

  /** Reads a message on a worker. Never rejects: what goes wrong is an `unparsed` reply. */
  parse(request: ParseRequest): Promise<ParseReply> {
    if (request.job === 'extract') return intoNewFile(request, (given) => this.#take(given));
    return this.#take(request);
  }

  #take(request: GivenRequest): Promise<ParseReply> {
    if (this.#isClosed) return Promise.resolve(unparsed('closed', ''));
    return new Promise((resolve) => {
      const waiting = { request, resolve };
      if (request.job === 'index' || request.job === 'warm-up') this.#patient.push(waiting);
      else this.#urgent.push(waiting);
      this.#assign();
      if (this.#urgent.includes(waiting)) this.#loseHeart(waiting);
    });
  }

  /** Ends the workers; requests that were not answered yet are told as unparsed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    const members = [...this.#members];
    for (const waiting of [
      ...this.#urgent.splice(0),
      ...this.#patient.splice(0),
      ...members.flatMap((member) => member.given.splice(0)),
    ])
      waiting.resolve(unparsed('closed', ''));
    await Promise.all(
      members.map((member) => {
        this.#drop(member, unparsed('closed', ''));
        return member.worker.terminate();
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

  /** The worker with the least to do, a new one where all work and there may be more; null when all have enough. */
  #free(enough: number): PoolMember | null {
    const [least] = [...this.#members].sort((one, other) => one.given.length - other.given.length);
    if (least?.given.length === 0) return least;
    if (this.#members.size < this.#options.workers) return this.#start();
    return least !== undefined && least.given.length < enough ? least : null;
  }

  /** Starts a worker more for a person who has waited long enough. */
  #loseHeart(waiting: Waiting): void {
    const timer = setTimeout(() => {
      const at = this.#urgent.indexOf(waiting);
      if (at < 0 || this.#members.size > this.#options.workers) return;
      this.#urgent.splice(at, 1);
      this.#give(this.#start(), waiting);
    }, this.#options.patienceMs);
    timer.unref();
  }

  #give(member: PoolMember, waiting: Waiting | undefined): void {
    if (waiting === undefined) return;
    member.given.push(waiting);
    if (member.given.length === 1) this.#watch(member);
    member.worker.ref();
    member.worker.postMessage(waiting.request);
  }

  /** Gives the message that a worker is at its time. */
  #watch(member: PoolMember): void {
    if (member.timer) clearTimeout(member.timer);
    const [current] = member.given;
    if (current === undefined) {
      member.timer = null;
      // An idle worker must not keep a program alive that is done.
      member.worker.unref();
      return;
    }
    member.timer = setTimeout(() => {
      // After the answers that lie there already: it may be this worker that was held up.
      setImmediate(() => {
        if (member.given[0] !== current) return;
        this.#drop(member, unparsed('too-slow', `${this.#options.timeLimitMs} ms`));
        void member.worker.terminate();
        this.#assign();
      });
    }, this.#options.timeLimitMs);
  }

  #start(): PoolMember {
    const worker = startWorker(this.#options);
    const member: PoolMember = { worker, given: [], timer: null, lastReply: null, isGone: false };
    this.#members.add(member);
    worker.on('message', (reply: ParseReply) => {
      if (member.isGone) return;
      const answered = member.given.shift();
      this.#watch(member);
      answered?.resolve(reply);
      this.#assign();
      if (member.given.length === 0 && this.#members.size > this.#options.workers) this.#dismiss(member);
    });
    // Its answers may still be on their way; they are all here when it has ended.
    worker.on('error', (error: Error & { code?: string }) => {
      const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      member.lastReply = unparsed(isFull ? 'out-of-memory' : 'died', error.message);
    });
    worker.on('exit', (code) => {
      this.#drop(member, member.lastReply ?? unparsed('died', `exit ${code}`));
      this.#assign();
    });
    return member;
  }

  #dismiss(member: PoolMember): void {
    this.#drop(member, unparsed('closed', ''));
    void member.worker.terminate();
  }

  /** Lets a worker go: the message it was at gets this answer, the others their turn on another worker. */
  #drop(member: PoolMember, reply: ParseReply): void {
    if (member.isGone) return;
    member.isGone = true;
    this.#members.delete(member);
    const [current, ...others] = member.given.splice(0);
    this.#watch(member);
    this.#patient.unshift(...others);
    current?.resolve(reply);
  }
}
