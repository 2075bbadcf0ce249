import { expect } from 'vitest';
import { Pop3SessionError } from '../../../electron/pop3/replies/failure.ts';
import { openPop3Session } from '../../../electron/pop3/session.ts';
import { CollectingSink } from '../../servers/collecting-sink.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import type { ScriptedServer } from '../../servers/scripted.ts';
import { wireTest } from '../../servers/wire-test.ts';

guardAgainstLeaks();

/** Fetches everything and gives what the sink was told, and why it ended. */
async function fetchAll(pop3: ScriptedServer): Promise<unknown> {
  await using session = await openPop3Session({
    ...pop3.account,
    timeouts: { replyMs: 300, firstByteMs: 300 },
  });
  const sink = new CollectingSink();
  try {
    await session.retrieve(await session.listing(), sink);
    return [sink.events, 'complete'];
  } catch (error) {
    if (!(error instanceof Pop3SessionError)) throw error;
    return [sink.events, error.failure.kind];
  }
}

wireTest(
  'a message that makes a server without dot stuffing answer one too early is found out',
  async ({ server }) => {
    const pop3 = await server`
    S: +OK
    C: CAPA
    S: +OK|PIPELINING|UIDL|.
    C: USER ann
    S: +OK
    C: PASS secret
    S: +OK
    C: CAPA
    S: +OK|PIPELINING|UIDL|.
    C: STAT
    C: LIST
    C: UIDL
    S: +OK 2 60
    S: +OK|1 30|2 30|.
    S: +OK|1 a|2 b|.
    C: RETR 1
    C: RETR 2
    S: +OK|evil|.|+OK|rest of the first|.
    S: +OK|the second|.
    C: <close>
  `;
    expect(await fetchAll(pop3)).toEqual([['begin 1', 'end 1', 'begin 2', 'end 2', 'doubt 1,2'], 'protocol']);
  },
);

wireTest('a message whose end was forgotten is doubted when the line breaks after it', async ({ server }) => {
  const pop3 = await server`
    S: +OK
    C: CAPA
    S: +OK|PIPELINING|UIDL|.
    C: USER ann
    S: +OK
    C: PASS secret
    S: +OK
    C: CAPA
    S: +OK|PIPELINING|UIDL|.
    C: STAT
    C: LIST
    C: UIDL
    S: +OK 3 15
    S: +OK|1 5|2 5|3 5|.
    S: +OK|1 a|2 b|3 c|.
    C: RETR 1
    C: RETR 2
    C: RETR 3
    S: +OK|one|.
    S: +OK|tw
    S: +OK|thr|.
    S: <close>
  `;
  expect(await fetchAll(pop3)).toEqual([
    ['begin 1', 'end 1', 'begin 2', 'end 2', 'doubt 2'],
    'connection-lost',
  ]);
});
