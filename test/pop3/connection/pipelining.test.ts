import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { openPop3Session } from '../../../electron/pop3/session.ts';
import { CollectingSink } from '../../servers/collecting-sink.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { scriptedServer } from '../../servers/scripted.ts';
import { endOf, wireTest } from '../../servers/wire-test.ts';

guardAgainstLeaks();

const pipelined = { capabilities: 'PIPELINING|UIDL|TOP' };
const two = [
  { number: 1, sizeBytes: 3 },
  { number: 2, sizeBytes: 3 },
];
const account = {
  host: '127.0.0.1',
  security: 'none',
  plaintextConsent: true,
  user: 'ann',
  credential: { kind: 'password', password: 'secret' },
  mechanism: 'auto',
} as const;

/** A server that answers every command at once and measures how many it had been sent before it answered the first. */
async function countingServer(count: number, highWaterMark?: number) {
  let most = 0;
  const server = createServer(
    { noDelay: true, ...(highWaterMark === undefined ? {} : { highWaterMark }) },
    (socket) => {
      socket.on('error', () => socket.destroy());
      socket.write('+OK\r\n');
      let buffered = '';
      socket.on('data', (chunk) => {
        buffered += chunk.toString('latin1');
        const lines = buffered.split('\r\n');
        buffered = lines.pop() ?? '';
        most = Math.max(most, lines.filter((line) => line.startsWith('RETR')).length);
        for (const line of lines) socket.write(answer(line, count));
        if (lines.includes('QUIT')) socket.end();
      });
    },
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    most: () => most,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(line: string, count: number): string {
  if (line === 'CAPA') return '+OK\r\nPIPELINING\r\nUIDL\r\n.\r\n';
  if (line.startsWith('RETR')) return `+OK\r\nmessage ${line.slice(5)}\r\n${'x'.repeat(200)}\r\n.\r\n`;
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  if (line === 'LIST') return `+OK\r\n${numbers.map((number) => `${number} 210\r\n`).join('')}.\r\n`;
  if (line === 'UIDL') return `+OK\r\n${numbers.map((number) => `${number} u${number}\r\n`).join('')}.\r\n`;
  return line === 'STAT' ? `+OK ${count} 1\r\n` : '+OK\r\n';
}

describe('commands in flight', () => {
  test('keep to the window, and every message comes in its place', async () => {
    await using server = await countingServer(2000);
    await using session = await openPop3Session({ ...account, port: server.port });
    const sink = new CollectingSink();
    await session.retrieve(await session.listing(), sink);
    await session.quit();
    const misplaced = [...sink.messages].filter(
      ([number, bytes]) => !bytes.toString().startsWith(`message ${number}\r\n`),
    );
    expect([sink.messages.size, misplaced, server.most() <= 512, server.most() > 1]).toEqual([
      2000,
      [],
      true,
      true,
    ]);
  });

  test('do not lock up with tiny socket buffers', async () => {
    await using server = await countingServer(3000, 16);
    await using session = await openPop3Session({ ...account, port: server.port });
    const sink = new CollectingSink();
    await session.retrieve(await session.listing(), sink);
    const deletion = await session.delete(Array.from({ length: 3000 }, (_, index) => index + 1));
    await session.quit();
    expect([sink.messages.size, deletion.sent.length]).toEqual([3000, 3000]);
  });

  wireTest('that get no answer teach to do without, and the next session does', async ({ signedIn }) => {
    const { session, pop3 } = await signedIn({ ...pipelined, timeouts: { firstByteMs: 200 } })`
      C: RETR 1
      C: RETR 2
      S!: +OK|a|.|
      S: <wait the end>
    `;
    const sink = new CollectingSink();
    const failure = await endOf(session.retrieve(two, sink));
    pop3.release('the end');
    expect([failure, sink.events, session.quirks]).toEqual([
      { kind: 'timeout', timeoutMs: 200, step: 'download', canRetry: true },
      ['begin 1', 'end 1'],
      { capa: true, pipelining: false },
    ]);
  });

  wireTest('are not sent to a server known not to bear them', async ({ signedIn }) => {
    const { session } = await signedIn({ ...pipelined, quirks: { pipelining: false } })`
      C: STAT
      S: +OK 1 3
      C: LIST
      S: +OK|1 3|.
      C: UIDL
      S: +OK|1 a|.
      C: RETR 1
      S: +OK|a|.
      C: RETR 2
      S: +OK|b|.
      C: DELE 1
      S: +OK
      C: DELE 2
      S: +OK
    `;
    await session.listing();
    const sink = new CollectingSink();
    await session.retrieve(two, sink);
    await session.delete([1, 2]);
    expect([sink.events, session.quirks.pipelining]).toEqual([
      ['begin 1', 'end 1', 'begin 2', 'end 2'],
      false,
    ]);
  });

  wireTest('that make the server hang up at the first try teach to do without', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: STAT
      C: LIST
      C: UIDL
      S: +OK 0 0
      S: <close>
    `;
    const failure = await endOf(session.listing());
    expect([failure, session.quirks]).toEqual([
      { kind: 'connection-lost', step: 'list', canRetry: true },
      { capa: true, pipelining: false },
    ]);
  });

  wireTest('that worked before are not blamed for a line that breaks', async ({ signedIn }) => {
    const { session } = await signedIn({ ...pipelined, quirks: { pipelining: true } })`
      C: RETR 1
      C: RETR 2
      S!: +OK|a|.|
      S: <close>
    `;
    const sink = new CollectingSink();
    await endOf(session.retrieve(two, sink));
    expect([sink.events, session.quirks]).toEqual([['begin 1', 'end 1'], { capa: true, pipelining: true }]);
  });

  wireTest(
    'that only the first command of is understood are found out at the listing',
    async ({ signedIn }) => {
      const { session } = await signedIn({ ...pipelined, timeouts: { pipelineTrialMs: 100 } })`
      C: STAT
      C: LIST
      C: UIDL
      S: +OK 2 6
      C: <close>
    `;
      const failure = await endOf(session.listing());
      expect([failure, session.quirks.pipelining]).toEqual([
        { kind: 'timeout', timeoutMs: 100, step: 'list', canRetry: true },
        false,
      ]);
    },
  );

  for (const [brokenPipelines, learned] of [
    [undefined, { capa: true, pipelining: true, brokenPipelines: 1 }],
    [2, { capa: true, pipelining: false }],
  ] as const)
    wireTest(
      `that worked are blamed at the third stall in a row, here after ${brokenPipelines ?? 0}`,
      async ({ signedIn }) => {
        const known = { pipelining: true, ...(brokenPipelines === undefined ? {} : { brokenPipelines }) };
        const { session } = await signedIn({ ...pipelined, quirks: known, timeouts: { firstByteMs: 100 } })`
        C: RETR 1
        C: RETR 2
        C: <close>
      `;
        await endOf(session.retrieve(two, new CollectingSink()));
        expect(session.quirks).toEqual(learned);
      },
    );

  wireTest('that work again clear what was held against them', async ({ signedIn }) => {
    const { session } = await signedIn({ ...pipelined, quirks: { pipelining: true, brokenPipelines: 2 } })`
      C: RETR 1
      C: RETR 2
      S: +OK|a|.
      S: +OK|b|.
    `;
    await session.retrieve(two, new CollectingSink());
    expect(session.quirks).toEqual({ capa: true, pipelining: true });
  });

  wireTest('never cross signing in: the password waits for the answer to the name', async ({ server }) => {
    const pop3 = await server`
      S: +OK
      C: CAPA
      S: +OK|PIPELINING|USER|.
      C: USER ann
      S: <wait name>
      S: +OK
      C: PASS secret
      S: +OK
      C: CAPA
      S: +OK|PIPELINING|.
      C: <close>
    `;
    const opening = openPop3Session(pop3.account);
    while (!pop3.heard.includes('USER ann')) await new Promise((resolve) => setImmediate(resolve));
    const heardBefore = [...pop3.heard];
    pop3.release('name');
    await using session = await opening;
    expect([heardBefore, session.mechanismUsed]).toEqual([['CAPA', 'USER ann'], 'USER']);
  });
});

describe('what the sink does', () => {
  const timeoutMs = 150;
  const tailMs = 50;
  /** Done after a timer of the session that is as long: Node lets timers of one length go in the order they were set. */
  const timer = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  wireTest('holds up reading until its promise is done, without a timeout', async ({ signedIn }) => {
    const { session } = await signedIn({
      ...pipelined,
      timeouts: { firstByteMs: timeoutMs, idleMs: timeoutMs },
    })`
      C: RETR 1
      C: RETR 2
      S!: +OK|a|.|+OK|b|.|
    `;
    const sink = new CollectingSink();
    const events: string[] = [];
    await session.retrieve(two, {
      begin: (number) => sink.begin(number),
      async chunk(bytes) {
        await timer(timeoutMs);
        events.push('written');
        sink.chunk(bytes);
      },
      async end(outcome) {
        await timer(timeoutMs);
        events.push('synced');
        sink.end(outcome);
      },
      refused: () => undefined,
    });
    expect([sink.events, sink.text(1), sink.text(2), events.at(-1)]).toEqual([
      ['begin 1', 'end 1', 'begin 2', 'end 2'],
      'a\r\n',
      'b\r\n',
      'synced',
    ]);
  });

  wireTest('does not hide a damaged end that came while reading was held up', async ({ signedIn }) => {
    const { session } = await signedIn({ timeouts: { tailMs, idleMs: 2000, firstByteMs: 2000 } })`
      C: RETR 1
      S!: +OK|hello|.
      C: RETR 2
      S!: +OK|b|.|
    `;
    const sink = new CollectingSink();
    await session.retrieve(two, {
      begin: (number) => sink.begin(number),
      async chunk(bytes) {
        await timer(tailMs);
        sink.chunk(bytes);
      },
      end: (outcome) => sink.end(outcome),
      refused: () => undefined,
    });
    expect([sink.events, sink.text(1)]).toEqual([['begin 1', 'doubtful 1', 'begin 2', 'end 2'], 'hello\r\n']);
  });

  const faults = ['begin', 'chunk', 'end', 'end later', 'refused'] as const;
  for (const fault of faults)
    wireTest(`closes the session when it fails: ${fault}`, async ({ signedIn }) => {
      const { session, pop3 } = await signedIn(pipelined)`
        C: RETR 1
        C: RETR 2
        S!: -ERR no|+OK|a|.|
        C: <close>
      `;
      const full = new Error('no space left');
      const failAt = (name: string): void => {
        if (name === fault) throw full;
      };
      const outcome = session.retrieve(two, {
        begin: () => failAt('begin'),
        chunk: () => failAt('chunk'),
        end: () => {
          failAt('end');
          return fault === 'end later' ? Promise.reject(full) : undefined;
        },
        refused: () => failAt('refused'),
      });
      await expect(outcome).rejects.toBe(full);
      expect([session.state, pop3.deleted]).toEqual(['closed', []]);
    });

  wireTest('closes the session when it fails without pipelining', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: RETR 1
      S: -ERR no
      C: <close>
    `;
    const full = new Error('no space left');
    const outcome = session.retrieve(two, {
      begin: () => undefined,
      chunk: () => undefined,
      end: () => undefined,
      refused: () => {
        throw full;
      },
    });
    await expect(outcome).rejects.toBe(full);
  });
});

describe('cancelling', () => {
  const points = [
    ['before anything', ''],
    ['at the greeting', 'greeting'],
    ['at CAPA', 'capa'],
    ['at signing in', 'user'],
  ] as const;
  for (const [name, gate] of points)
    test(`${name} closes at once`, async () => {
      await using pop3 = await scriptedServer`
        S: <wait greeting>
        S: +OK
        C: CAPA
        S: <wait capa>
        S: +OK|USER|.
        C: USER ann
        S: <wait user>
        C: <close>
      `;
      const gates = ['greeting', 'capa', 'user'];
      for (const before of gates.slice(0, Math.max(0, gates.indexOf(gate)))) pop3.release(before);
      const controller = new AbortController();
      if (gate === '') controller.abort();
      const opening = endOf(openPop3Session({ ...pop3.account, signal: controller.signal }));
      const heard = { '': 0, greeting: 0, capa: 1, user: 2 }[gate];
      while (pop3.heard.length < heard) await new Promise((resolve) => setImmediate(resolve));
      if (gate === 'greeting')
        for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      controller.abort();
      for (const left of gates) pop3.release(left);
      expect(await opening).toMatchObject({ kind: 'cancelled' });
    });

  wireTest('within a message loses that message and sends no QUIT', async ({ signedIn }) => {
    const controller = new AbortController();
    const { session, pop3 } = await signedIn(pipelined)`
      C: RETR 1
      C: RETR 2
      S!: +OK|a|.|+OK|b|
      C: <close>
    `;
    const sink = new CollectingSink();
    const begin = sink.begin.bind(sink);
    sink.begin = (number) => {
      begin(number);
      if (number === 2) controller.abort();
    };
    const failure = await endOf(session.retrieve(two, sink, { signal: controller.signal }));
    expect([failure, sink.events, pop3.heard.includes('QUIT')]).toEqual([
      { kind: 'cancelled', step: 'download', canRetry: true },
      ['begin 1', 'end 1', 'begin 2', 'lost 2'],
      false,
    ]);
  });

  wireTest('by the signal of the session ends whatever it is doing', async ({ signedIn }) => {
    const controller = new AbortController();
    const { session, pop3 } = await signedIn({ signal: controller.signal })`
      C: STAT
      C: <close>
    `;
    const asking = endOf(session.stat());
    while (!pop3.heard.includes('STAT')) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await asking).toEqual({ kind: 'cancelled', step: 'list', canRetry: true });
  });

  wireTest('before a retrieval begins sends nothing', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: <close>
    `;
    const signal = AbortSignal.abort();
    expect(await endOf(session.retrieve(two, new CollectingSink(), { signal }))).toMatchObject({
      kind: 'cancelled',
    });
  });
});

describe('several callers at once', () => {
  wireTest('are served one after another', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: STAT
      S: +OK 1 3
      C: RETR 1
      S: +OK|a|.
      C: RETR 2
      S: -ERR no
      C: LAST
      S: +OK 1
    `;
    const sink = new CollectingSink();
    const all = await Promise.all([session.stat(), session.retrieve(two, sink), session.last()]);
    expect(all).toEqual([{ count: 1, sizeBytes: 3 }, { retrieved: 1, refused: 1, doubtful: 0, bytes: 3 }, 1]);
  });
});
