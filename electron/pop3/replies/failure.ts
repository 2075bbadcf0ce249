import type { Failure } from '../../../shared/failure.ts';

/** The server refused one command (`-ERR`); the session lives on. */
export class Pop3Refusal extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(describe(failure));
    this.name = 'Pop3Refusal';
    this.failure = failure;
  }
}

/** The session can no longer be trusted, or never came to be; its connection is closed. */
export class Pop3SessionError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(describe(failure), options);
    this.name = 'Pop3SessionError';
    this.failure = failure;
  }
}

function describe(failure: Failure): string {
  const where = failure.step === undefined ? '' : ` at ${failure.step}`;
  const words = failure.serverText === undefined ? '' : `: ${failure.serverText}`;
  return `${failure.kind}${where}${words}`;
}
