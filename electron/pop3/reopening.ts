import type { ServerQuirks } from '../../shared/server-quirks.ts';
import { Pop3SessionError } from './replies/failure.ts';

/**
 * Decides whether a session that could not be opened is tried once more, at once.
 * - A session that broke off at CAPA: once more as before, since any line may be lost; then without CAPA.
 * - A sign-in that broke off right after the server refused a way of it: the next session leaves that way out.
 */
export class Reopening {
  readonly #quirks: ServerQuirks;
  #known: ServerQuirks;
  #brokenAtCapa: Pop3SessionError | null = null;

  /** `quirks` are those that the sessions write into. */
  constructor(quirks: ServerQuirks) {
    this.#quirks = quirks;
    this.#known = { ...quirks };
  }

  /** What is done next, in words for the log, after a session could not be opened. Throws the error to be told. */
  after(error: unknown): string {
    if (!(error instanceof Pop3SessionError)) throw error;
    const known = this.#known;
    this.#known = { ...this.#quirks };
    if (this.#quirks.capa !== false && brokeAtCapabilities(error)) return this.#afterCapabilities(error);
    if (this.#brokenAtCapa !== null && error.failure.kind === 'mechanism-unavailable') {
      // A server with AUTH only cannot be signed in to without CAPA: it was the line after all.
      delete this.#quirks.capa;
      throw this.#brokenAtCapa;
    }
    const hasLearned = signInQuirks.some((name) => this.#quirks[name] === false && known[name] !== false);
    // Some say farewell before they hang up, which no command asked for.
    const isOver = error.failure.kind === 'connection-lost' || error.failure.kind === 'protocol';
    if (!hasLearned || !isOver) throw error;
    return 'once more without what was refused';
  }

  #afterCapabilities(error: Pop3SessionError): string {
    const isLine = error.failure.kind === 'connection-lost' || this.#quirks.capa === true;
    if (this.#brokenAtCapa === null && isLine) {
      this.#brokenAtCapa = error;
      return 'once more';
    }
    this.#brokenAtCapa = error;
    this.#quirks.capa = false;
    return 'once more without CAPA';
  }
}

/** What signing in can learn. */
const signInQuirks = ['channelBinding', 'scram', 'initialResponse'] as const;

function brokeAtCapabilities({ failure }: Pop3SessionError): boolean {
  return failure.step === 'capabilities' && ['timeout', 'connection-lost', 'protocol'].includes(failure.kind);
}
