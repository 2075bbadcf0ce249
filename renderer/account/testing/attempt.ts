let last = 0;

/** A name for one search or test, by which its events are known and it can be stopped. */
export function newAttempt(): string {
  last += 1;
  return `attempt-${Date.now().toString(36)}-${last}`;
}
