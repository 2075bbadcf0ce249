import type { Failure, FailureStep } from '../../../shared/failure.ts';

/** One deadline over several waits, which also ends when the caller's own signal does. */
export function startDeadline(
  timeoutMs: number,
  outer: AbortSignal | undefined,
): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(timeoutMs), timeoutMs);
  const cancel = (): void => controller.abort(null);
  if (outer?.aborted === true) cancel();
  outer?.addEventListener('abort', cancel);
  return {
    signal: controller.signal,
    stop() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', cancel);
    },
  };
}

/** The failure behind an aborted signal. A deadline's reason is its length in milliseconds, a cancelled caller's is null. */
export function abortFailure(signal: AbortSignal, step: FailureStep): Failure {
  const timeoutMs: unknown = signal.reason;
  return typeof timeoutMs === 'number'
    ? { kind: 'timeout', timeoutMs, step, canRetry: true }
    : { kind: 'cancelled', step, canRetry: true };
}
