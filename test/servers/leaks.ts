import { afterEach, beforeEach, expect } from 'vitest';

/** Sockets and timers that are open now. */
function open(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) =>
      /^(TCPSocketWrap|TLSWrap|Timeout|TCPServerWrap|TCPConnectWrap|GetAddrInfoReqWrap)$/.test(name),
    )
    .sort();
}

/** Fails a test that leaves a socket or a timer behind; closing takes a few turns of the loop, which are allowed. */
export function guardAgainstLeaks(): void {
  let before: string[] = [];
  beforeEach(() => {
    before = open();
  });
  afterEach(async () => {
    // The test runner has short timers of its own; what is still there after two seconds was left behind.
    for (const startedAt = performance.now(); open().length > before.length; ) {
      if (performance.now() - startedAt > 2000) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const after = open();
    expect(after.length <= before.length ? [] : after).toEqual([]);
  });
}
