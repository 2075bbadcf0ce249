import type { Failure, FailureStep } from '../../../shared/failure.ts';

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

/** Codes of node that mean this computer has no way to the network now. */
const offlineCodes = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'EAI_AGAIN',
]);
const nameCodes = new Set([
  'ENOTFOUND',
  'ENODATA',
  'EAI_NONAME',
  'EAI_NODATA',
  'EAI_FAIL',
  'EAI_ADDRFAMILY',
  'ENOENT',
]);

/** Puts an error of the socket or the resolver into the program's words. */
export function networkFailure(error: unknown, step: FailureStep, timeoutMs: number): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return { kind: 'refused', step, canRetry: true };
  if (nameCodes.has(code)) return { kind: 'host-not-found', step, canRetry: false };
  if (offlineCodes.has(code)) return { kind: 'offline', step, canRetry: true };
  if (code === 'ETIMEDOUT') return { kind: 'timeout', timeoutMs, step, canRetry: true };
  return { kind: 'connection-lost', step, canRetry: true };
}
