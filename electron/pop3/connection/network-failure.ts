import type { Failure, FailureStep } from '../../../shared/failure.ts';

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
