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
    for (let turn = 0; turn < 200 && open().length > before.length; turn++)
      await new Promise((resolve) => setImmediate(resolve));
    const after = open();
    expect(after.length <= before.length ? [] : after).toEqual([]);
  });
}
