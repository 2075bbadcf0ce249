import { describe, expect } from 'vitest';
import { openPop3Session } from '../../electron/pop3/session.ts';
import { CollectingSink } from '../servers/collecting-sink.ts';
import { guardAgainstLeaks } from '../servers/leaks.ts';
import { wireTest } from '../servers/wire-test.ts';

guardAgainstLeaks();

describe('a whole session', () => {
  wireTest('goes from greeting to QUIT with pipelining', async ({ server }) => {
    const pop3 = await server`
      S: +OK ready
      C: CAPA
      S: +OK|PIPELINING|UIDL|TOP|USER|.
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK in
      C: CAPA
      S: +OK|PIPELINING|UIDL|TOP|EXPIRE 30|LOGIN-DELAY 60|IMPLEMENTATION Poppy test|.
      C: STAT
      C: LIST
      C: UIDL
      S: +OK 2 12
      S: +OK|1 6|2 6|.
      S: +OK|1 aaa|2 bbb|.
      C: RETR 1
      C: RETR 2
      S: +OK|one|..|.
      S: +OK|two|.
      C: DELE 1
      C: DELE 2
      S: +OK
      S: -ERR no
      C: QUIT
      S: +OK bye
      C: <close>
    `;
    const session = await openPop3Session(pop3.account);
    const entries = await session.listing();
    const sink = new CollectingSink();
    const summary = await session.retrieve(entries, sink);
    const deletion = await session.delete([1, 2]);
    const quit = await session.quit();
    expect({
      entries,
      summary,
      events: sink.events,
      one: sink.text(1),
      two: sink.text(2),
      sent: deletion.sent,
      refused: deletion.refused.map(({ number }) => number),
      quit,
      quirks: session.quirks,
      expire: session.capabilities.expireDays,
      delay: session.capabilities.loginDelaySeconds,
    }).toEqual({
      entries: [
        { number: 1, sizeBytes: 6, uidl: 'aaa', occurrence: 1 },
        { number: 2, sizeBytes: 6, uidl: 'bbb', occurrence: 1 },
      ],
      summary: { retrieved: 2, refused: 0, doubtful: 0, bytes: 13 },
      events: ['begin 1', 'end 1', 'begin 2', 'end 2'],
      one: 'one\r\n.\r\n',
      two: 'two\r\n',
      sent: [1],
      refused: [2],
      quit: { outcome: 'applied' },
      quirks: { capa: true, pipelining: true, uidl: true },
      expire: 30,
      delay: 60,
    });
  });

  wireTest('works with a server that has no CAPA', async ({ server }) => {
    const pop3 = await server`
      S: +OK ready
      C: CAPA
      S: -ERR what
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK in
      C: STAT
      S: +OK 2 12
      C: LIST
      S: +OK|1 6|2 6|.
      C: UIDL
      S: +OK|1 aaa|2 bbb|.
      C: RETR 1
      S: +OK|one|.
      C: RETR 2
      S: +OK|two|.
      C: QUIT
      S: +OK bye
      C: <close>
    `;
    const session = await openPop3Session(pop3.account);
    const sink = new CollectingSink();
    await session.retrieve(await session.listing(), sink);
    await session.quit();
    expect([sink.events, sink.text(1), sink.text(2)]).toEqual([
      ['begin 1', 'end 1', 'begin 2', 'end 2'],
      'one\r\n',
      'two\r\n',
    ]);
  });
});
