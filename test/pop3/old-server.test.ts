import { describe, expect, test } from 'vitest';
import { openPop3Session } from '../../electron/pop3/session.ts';
import { CollectingSink } from '../servers/collecting-sink.ts';
import { whyNoServer } from '../servers/own-root.ts';
import { startPopa3d } from '../servers/real-servers.ts';
import { wireTest } from '../servers/wire-test.ts';

const whyNoPopa3d = whyNoServer('popa3d');
const old = ['Subject: one\r\n\r\nhello\r\n.\r\n..two\r\n', 'Subject: two\r\n\r\nbye\r\n'].map((text) =>
  Buffer.from(text),
);

describe('a server without CAPA', () => {
  test.skipIf(whyNoPopa3d !== null)('popa3d: lists, fetches, deletes and keeps its word', async () => {
    await using server = await startPopa3d();
    await server.deliver(old);
    const account = {
      host: '127.0.0.1',
      port: server.plainPort,
      security: 'none',
      plaintextConsent: true,
      user: 'ann',
      credential: { kind: 'password', password: 'secret' },
      mechanism: 'auto',
    } as const;
    const session = await openPop3Session(account);
    const entries = await session.listing();
    const sink = new CollectingSink();
    await session.retrieve(entries, sink);
    const last = await session.last();
    const deletion = await session.delete([1]);
    const quit = await session.quit();
    const next = await openPop3Session(account);
    const left = await next.listing();
    const later = new CollectingSink();
    await next.retrieve(left, later);
    await next.quit();
    expect({
      sizes: entries.map(({ number, sizeBytes, occurrence }) => [number, sizeBytes, occurrence]),
      events: sink.events,
      one: sink.text(1),
      last,
      sent: deletion.sent,
      quit,
      left: later.text(1),
      known: session.capabilities.isKnown,
    }).toEqual({
      // Sizes that are not those of the messages, and one id for both.
      sizes: [
        [1, 33, 1],
        [2, 21, 2],
      ],
      events: ['begin 1', 'end 1', 'begin 2', 'end 2'],
      one: String(old[0]),
      last: 2,
      sent: [1],
      quit: { outcome: 'applied' },
      left: String(old[1]),
      known: false,
    });
  });

  wireTest('and without UIDL, TOP and LAST is read all the same', async ({ server }) => {
    const pop3 = await server`
      S: +OK QPOP (version 2.53) at mail.example starting. <6123.1@mail.example>
      C: CAPA
      S: -ERR Unknown command: "capa".
      C: USER ann
      S: +OK Password required for ann.
      C: PASS secret
      S: +OK ann has 1 message (120 octets).
      C: STAT
      S: +OK 1 120
      C: LIST
      S: +OK 1 messages (120 octets)|1 120|.
      C: UIDL
      S: -ERR Unknown command: "uidl".
      C: TOP 1 0
      S: -ERR Unknown command: "top".
      C: LAST
      S: -ERR Unknown command: "last".
      C: RETR 1
      S: +OK 120 octets|Subject: a||b|.
      C: QUIT
      S: +OK Pop server at mail.example signing off.
      C: <close>
    `;
    const session = await openPop3Session(pop3.account);
    const entries = await session.listing();
    const top = await session.top(1, 0).catch(() => 'refused');
    const last = await session.last();
    const sink = new CollectingSink();
    await session.retrieve(entries, sink);
    expect([top, last, sink.text(1), await session.quit(), session.quirks]).toEqual([
      'refused',
      null,
      'Subject: a\r\n\r\nb\r\n',
      { outcome: 'applied' },
      { uidl: false, top: false, last: false },
    ]);
  });

  wireTest(
    'that renumbers after each DELE is asked for its listing once, and the right messages go',
    async ({ server }) => {
      const pop3 = await server`
      S: +OK
      C: CAPA
      S: -ERR
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: STAT
      S: +OK 3 9
      C: LIST
      S: +OK|1 3|2 3|3 3|.
      C: UIDL
      S: +OK|1 a|2 b|3 c|.
      C: RETR 1
      S: +OK|a|.
      C: RETR 3
      S: +OK|c|.
      C: DELE 1
      S: +OK
      C: DELE 3
      S: +OK
      C: QUIT
      S: +OK
      C: <close>
    `;
      const session = await openPop3Session(pop3.account);
      await session.listing();
      const sink = new CollectingSink();
      await session.retrieve(
        (await session.listing()).filter(({ number }) => number !== 2),
        sink,
      );
      const { sent } = await session.delete([1, 3]);
      await session.quit();
      expect([sent, sink.text(3), pop3.heard.filter((line) => /^(LIST|UIDL)/.test(line))]).toEqual([
        [1, 3],
        'c\r\n',
        ['LIST', 'UIDL'],
      ]);
    },
  );
});
