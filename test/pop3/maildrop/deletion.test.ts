import { describe, expect } from 'vitest';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { endOf, failureOf, wireTest } from '../../servers/wire-test.ts';

guardAgainstLeaks();

const pipelined = { capabilities: 'PIPELINING|UIDL' };

describe('deletions', () => {
  wireTest('are pending until QUIT, all at once where the server allows', async ({ signedIn }) => {
    const { session, pop3 } = await signedIn(pipelined)`
      C: DELE 1
      C: DELE 2
      C: DELE 3
      S: +OK
      S: -ERR no such message
      S: +OK
      C: QUIT
      S: +OK
      C: <close>
    `;
    const summary = await session.delete([1, 2, 3]);
    const pending = [...session.pendingDeletions];
    const quit = await session.quit();
    expect([summary.sent, summary.refused.map(({ number }) => number), pending, quit, pop3.deleted]).toEqual([
      [1, 3],
      [2],
      [1, 3],
      { outcome: 'applied' },
      [1, 2, 3],
    ]);
  });

  wireTest('go one by one without pipelining, and never twice', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: DELE 1
      S: +OK
      C: DELE 2
      S: +OK
    `;
    await session.delete([1, 1]);
    expect(await session.delete([1, 2])).toEqual({ sent: [2], refused: [] });
  });

  wireTest('are taken back by RSET', async ({ signedIn, delivery }) => {
    const { session, pop3 } = await signedIn(pipelined)`
      C: DELE 1
      S: +OK
      C: RSET
      S: +OK
      C: QUIT
      S: +OK
      C: <close>
    `;
    await session.delete([1]);
    await session.rset();
    const pending = [...session.pendingDeletions];
    await session.quit();
    expect([pending, pop3.deleted, delivery]).toEqual([[], [], delivery]);
  });

  wireTest('stay pending when RSET is refused', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: DELE 1
      S: +OK
      C: RSET
      S: -ERR not now
    `;
    await session.delete([1]);
    const failure = await failureOf(session.rset());
    expect([failure, [...session.pendingDeletions]]).toEqual([
      { kind: 'server-refused', serverText: 'not now', step: 'delete', canRetry: false },
      [1],
    ]);
  });

  wireTest('are taken back by a RSET by hand', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: DELE 1
      S: +OK
      C: RSET
      S: +OK
    `;
    await session.delete([1]);
    await session.raw('RSET');
    expect([...session.pendingDeletions]).toEqual([]);
  });

  wireTest('that may have arrived count as pending when the line breaks', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: DELE 1
      C: DELE 2
      C: DELE 3
      S: +OK
      S: <close>
    `;
    const failure = await endOf(session.delete([1, 2, 3]));
    expect([failure, [...session.pendingDeletions], await session.quit()]).toMatchObject([
      { kind: 'connection-lost', step: 'delete', canRetry: true },
      [1, 2, 3],
      { outcome: 'unknown', failure: { kind: 'connection-lost' } },
    ]);
  });

  wireTest('may not be listed around: the listing comes first', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: DELE 1
      S: +OK
    `;
    await session.delete([1]);
    expect(await failureOf(session.listing())).toBe(
      'Error: the listing must be read before anything is deleted',
    );
  });
});

describe('QUIT', () => {
  wireTest('that is answered +OK has applied the deletions', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: DELE 1
      S: +OK
      C: QUIT
      S: +OK
      C: <close>
    `;
    await session.delete([1]);
    expect([await session.quit(), session.state]).toEqual([{ outcome: 'applied' }, 'closed']);
  });

  wireTest('that is refused has left some messages', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: DELE 1
      S: +OK
      C: QUIT
      S: -ERR some deleted messages not removed
      C: <close>
    `;
    await session.delete([1]);
    expect(await session.quit()).toMatchObject({
      outcome: 'refused',
      failure: { kind: 'server-refused', serverText: 'some deleted messages not removed', step: 'quit' },
    });
  });

  for (const [name, ending] of [
    ['the server hangs up', 'close'],
    ['the connection is reset', 'reset'],
  ] as const)
    wireTest(`is unknown when ${name} instead of answering`, async ({ signedIn }) => {
      const { session } =
        ending === 'close'
          ? await signedIn()`
            C: DELE 1
            S: +OK
            C: QUIT
            S: <close>
          `
          : await signedIn()`
            C: DELE 1
            S: +OK
            C: QUIT
            S: <reset>
          `;
      await session.delete([1]);
      expect(await session.quit()).toMatchObject({
        outcome: 'unknown',
        failure: { kind: 'connection-lost', step: 'quit' },
      });
    });

  wireTest('is unknown when no answer comes', async ({ signedIn }) => {
    const { session } = await signedIn({ timeouts: { replyMs: 200 } })`
      C: DELE 1
      S: +OK
      C: QUIT
      C: <close>
    `;
    await session.delete([1]);
    expect(await session.quit()).toMatchObject({
      outcome: 'unknown',
      failure: { kind: 'timeout', step: 'quit' },
    });
  });

  wireTest('is unknown when the answer is cut', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: DELE 1
      S: +OK
      C: QUIT
      S!: +O
      S: <close>
    `;
    await session.delete([1]);
    expect(await session.quit()).toMatchObject({ outcome: 'unknown' });
  });

  wireTest('is unknown when the answer is no status', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: DELE 1
      S: +OK
      C: QUIT
      S: bye
    `;
    await session.delete([1]);
    expect(await session.quit()).toMatchObject({
      outcome: 'unknown',
      failure: { kind: 'protocol', serverText: 'bye' },
    });
  });

  wireTest('with nothing deleted has nothing to apply, answered or not', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: QUIT
      S: <close>
    `;
    expect(await session.quit()).toMatchObject({ outcome: 'applied' });
  });

  wireTest('is the last command: any other is our own mistake and is not sent', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: QUIT
      S: +OK
      C: <close>
    `;
    await session.quit();
    expect(await failureOf(session.stat())).toBe('Error: no command may follow QUIT');
  });
});

describe('closing without QUIT', () => {
  wireTest('deletes nothing', async ({ signedIn }) => {
    const { session, pop3 } = await signedIn()`
      C: DELE 1
      S: +OK
      C: <close>
    `;
    await session.delete([1]);
    session.close();
    expect([pop3.deleted, session.state, await endOf(session.stat())]).toEqual([
      [],
      'closed',
      { kind: 'cancelled', canRetry: true },
    ]);
  });

  wireTest('happens by itself when the session goes out of use', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: <close>
    `;
    {
      await using used = session;
      expect(used.state).toBe('transaction');
    }
    expect(session.state).toBe('closed');
  });
});
