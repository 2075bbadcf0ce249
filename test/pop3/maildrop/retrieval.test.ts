import { describe, expect, test } from 'vitest';
import { openPop3Session } from '../../../electron/pop3/session.ts';
import { CollectingSink } from '../../servers/collecting-sink.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { scriptedServer } from '../../servers/scripted.ts';
import { endOf, failureOf, wireTest } from '../../servers/wire-test.ts';

guardAgainstLeaks();

const pipelined = { capabilities: 'PIPELINING|UIDL|TOP' };
const one = [{ number: 1, sizeBytes: 0 }];
const two = [
  { number: 1, sizeBytes: 0 },
  { number: 2, sizeBytes: 0 },
];

describe('a message comes in byte for byte', () => {
  /** Name, what is on the wire between the status and the end mark, what the message is. */
  const bodies: readonly (readonly [string, string, string])[] = [
    ['empty', '', ''],
    ['of one empty line', '\r\n', '\r\n'],
    ['of one line', 'hello\r\n', 'hello\r\n'],
    ['with a stuffed dot alone', '..\r\n', '.\r\n'],
    ['with two stuffed dots', '...\r\n', '..\r\n'],
    ['with a stuffed dot at the very start', '..a\r\n', '.a\r\n'],
    ['with a stuffed dot in the middle', 'a\r\n..b\r\nc\r\n', 'a\r\n.b\r\nc\r\n'],
    ['with a dot that was not stuffed', 'a\r\n.b\r\n', 'a\r\nb\r\n'],
    ['with dots that begin no line', 'a..b\r\nc.\r\n', 'a..b\r\nc.\r\n'],
    ['with NUL', 'a\0b\r\n', 'a\0b\r\n'],
    [
      'with every byte',
      `${String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte))}\r\n`,
      `${String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte))}\r\n`,
    ],
    ['with bare line feeds', 'a\nb\n\r\n', 'a\nb\n\r\n'],
    ['with an end mark in bare line feeds', 'a\n.\nb\r\n', 'a\n.\nb\r\n'],
    ['with a dot between LF and CRLF', 'a\n.\r\nb\r\n', 'a\n.\r\nb\r\n'],
    ['with a dot between CRLF and LF', 'a\r\n.\nb\r\n', 'a\r\n\nb\r\n'],
    ['with a dot between CRLF and CR', 'a\r\n.\rb\r\n', 'a\r\n\rb\r\n'],
    ['with a dot, CR, CR', 'a\r\n.\r\r\nb\r\n', 'a\r\n\r\r\nb\r\n'],
    ['with bare carriage returns', 'a\rb\r\r\n', 'a\rb\r\r\n'],
    ['with CR before the end mark', 'a\r\r\n', 'a\r\r\n'],
    ['with LF CR', 'a\n\rb\r\n', 'a\n\rb\r\n'],
    ['with many empty lines', '\r\n\r\n\r\n\r\n', '\r\n\r\n\r\n\r\n'],
    ['with a status in it', '+OK 12 octets\r\n-ERR no\r\n', '+OK 12 octets\r\n-ERR no\r\n'],
    ['with a stuffed end mark and a status behind', 'a\r\n..\r\n+OK\r\n', 'a\r\n.\r\n+OK\r\n'],
    ['with a line of 5,000 characters', `${'x'.repeat(5000)}\r\n`, `${'x'.repeat(5000)}\r\n`],
    ['with a mark of byte order', '\xef\xbb\xbfSubject: a\r\n', '\xef\xbb\xbfSubject: a\r\n'],
    ['with an mbox line', 'From ann Thu Jan 1\r\nSubject: a\r\n', 'From ann Thu Jan 1\r\nSubject: a\r\n'],
    ['with 300 stuffed lines', '..\r\n'.repeat(300), '.\r\n'.repeat(300)],
  ];
  for (const [name, wire, message] of bodies) {
    const expected = [['begin 1', 'end 1', 'begin 2', 'end 2'], message, 'next\r\n'];
    wireTest(`${name}, pipelined`, async ({ signedIn }) => {
      const { session } = await signedIn(pipelined)`
        C: RETR 1
        C: RETR 2
        S!: +OK|${Buffer.from(wire, 'latin1')}.|+OK|next|.|
      `;
      const sink = new CollectingSink();
      await session.retrieve(two, sink);
      expect([sink.events, sink.text(1), sink.text(2)]).toEqual(expected);
    });
    wireTest(`${name}, one by one`, async ({ signedIn }) => {
      const { session } = await signedIn()`
        C: RETR 1
        S!: +OK|${Buffer.from(wire, 'latin1')}.|
        C: RETR 2
        S!: +OK|next|.|
      `;
      const sink = new CollectingSink();
      await session.retrieve(two, sink);
      expect([sink.events, sink.text(1), sink.text(2)]).toEqual(expected);
    });
  }

  test('in a session whose lines end in LF', async () => {
    await using pop3 = await scriptedServer`
      S!: +OK\n
      C: USER ann
      S!: +OK\n
      C: PASS secret
      S!: +OK\n
      C: RETR 1
      S!: +OK\na\n..b\n.\n
      C: <close>
    `;
    await using session = await openPop3Session({ ...pop3.account, quirks: { capa: false } });
    const sink = new CollectingSink();
    await session.retrieve(one, sink);
    expect([sink.events, sink.text(1)]).toEqual([['begin 1', 'end 1'], 'a\n.b\n']);
  });

  test('a line of ten megabytes', async () => {
    const line = Buffer.alloc(10_000_000, 'x');
    await using pop3 = await scriptedServer`
      S: +OK
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: RETR 1
      S!: +OK|${line}|.|
      C: <close>
    `;
    await using session = await openPop3Session({ ...pop3.account, quirks: { capa: false } });
    const sink = new CollectingSink();
    const summary = await session.retrieve(one, sink);
    expect([summary, sink.messages.get(1)?.equals(Buffer.concat([line, Buffer.from('\r\n')]))]).toEqual([
      { retrieved: 1, refused: 0, doubtful: 0, bytes: 10_000_002 },
      true,
    ]);
  });
});

describe('a dot that ends nothing', () => {
  wireTest(
    'keeps the message whole, as doubtful, when the server stuffs no dots, pipelined',
    async ({ signedIn }) => {
      const { session } = await signedIn(pipelined)`
      C: RETR 1
      C: RETR 2
      S!: +OK|a|.|b|.|+OK|next|.|
    `;
      const sink = new CollectingSink();
      const summary = await session.retrieve(two, sink);
      expect([sink.events, sink.text(1), sink.text(2), summary.doubtful]).toEqual([
        ['begin 1', 'doubtful 1', 'begin 2', 'end 2'],
        'a\r\n.\r\nb\r\n',
        'next\r\n',
        1,
      ]);
    },
  );

  wireTest('keeps the last message whole too', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: RETR 1
      C: RETR 2
      S!: +OK|next|.|+OK|a|.|b|.|c|.|
    `;
    const sink = new CollectingSink();
    await session.retrieve(two, sink);
    expect([sink.events, sink.text(2)]).toEqual([
      ['begin 1', 'end 1', 'begin 2', 'doubtful 2'],
      'a\r\n.\r\nb\r\n.\r\nc\r\n',
    ]);
  });

  wireTest('keeps the only message of a server without pipelining whole', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: RETR 1
      S!: +OK|a|.|b|.|
    `;
    const sink = new CollectingSink();
    await session.retrieve(one, sink);
    expect([sink.events, sink.text(1)]).toEqual([['begin 1', 'doubtful 1'], 'a\r\n.\r\nb\r\n']);
  });

  wireTest('keeps the first of two messages without pipelining whole', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: RETR 1
      S!: +OK|a|.|b|.|
      C: RETR 2
      S!: +OK|next|.|
    `;
    const sink = new CollectingSink();
    await session.retrieve(two, sink);
    expect([sink.events, sink.text(1), sink.text(2)]).toEqual([
      ['begin 1', 'doubtful 1', 'begin 2', 'end 2'],
      'a\r\n.\r\nb\r\n',
      'next\r\n',
    ]);
  });

  wireTest('is kept when two stand together', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: RETR 1
      C: RETR 2
      S!: +OK|a|.|.|b|.|+OK|next|.|
    `;
    const sink = new CollectingSink();
    await session.retrieve(two, sink);
    expect([sink.events, sink.text(1)]).toEqual([
      ['begin 1', 'doubtful 1', 'begin 2', 'end 2'],
      'a\r\n.\r\n.\r\nb\r\n',
    ]);
  });

  wireTest('is kept when what follows looks like a status at first', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: RETR 1
      C: RETR 2
      S!: +OK|a|.|+OKAY then|.|-error|.|+O|.|+OK|next|.|
    `;
    const sink = new CollectingSink();
    await session.retrieve(two, sink);
    expect([sink.events, sink.text(1), sink.text(2)]).toEqual([
      ['begin 1', 'doubtful 1', 'begin 2', 'end 2'],
      'a\r\n.\r\n+OKAY then\r\n.\r\n-error\r\n.\r\n+O\r\n',
      'next\r\n',
    ]);
  });

  test('shows itself when a reply too many comes, and what has another size is doubted', async () => {
    await using pop3 = await scriptedServer`
      S: +OK
      C: CAPA
      S: +OK|PIPELINING|.
      C: USER ann
      S: +OK
      C: PASS secret
      S: +OK
      C: CAPA
      S: +OK|PIPELINING|.
      C: RETR 1
      C: RETR 2
      S!: +OK|a|.|+OK forged|b|.|+OK|next|.|
      C: <close>
    `;
    await using session = await openPop3Session(pop3.account);
    const sink = new CollectingSink();
    const sizes = [
      { number: 1, sizeBytes: 30 },
      { number: 2, sizeBytes: 6 },
    ];
    const failure = await endOf(session.retrieve(sizes, sink));
    expect([sink.events.at(-1), failure]).toEqual([
      'doubt 1,2',
      { kind: 'protocol', step: 'download', canRetry: true },
    ]);
  });
});

describe('a damaged end', () => {
  const timeouts = { tailMs: 50, idleMs: 250, firstByteMs: 250 };
  const tails: readonly (readonly [string, string, string])[] = [
    ['without its last line ending', 'hello|.', 'hello\r\n'],
    ['without its last LF', 'hello|.\\r', 'hello\r\n'],
    ['with LF alone', 'hello|.\\n', 'hello\r\n\n'],
    ['in bare line feeds', 'hello\\n.\\n', 'hello\n.\n'],
    ['at the end of a line', 'hello.|', 'hello.\r\n'],
    ['at once', '.', ''],
  ];
  for (const [name, wire, message] of tails) {
    const bytes = wire.replaceAll('|', '\r\n').replaceAll('\\r', '\r').replaceAll('\\n', '\n');
    wireTest(`${name} ends the message as doubtful after silence`, async ({ signedIn }) => {
      const { session } = await signedIn({ timeouts })`
        C: RETR 1
        S!: +OK|${bytes}
        C: RETR 2
        S!: +OK|next|.|
      `;
      const sink = new CollectingSink();
      await session.retrieve(
        [
          { number: 1, sizeBytes: message.length === 0 ? 0 : 5 },
          { number: 2, sizeBytes: 6 },
        ],
        sink,
      );
      expect([sink.events, sink.text(1), sink.text(2)]).toEqual([
        ['begin 1', 'doubtful 1', 'begin 2', 'end 2'],
        message,
        'next\r\n',
      ]);
    });
    wireTest(`${name} is a timeout when the message is shorter than announced`, async ({ signedIn }) => {
      const { session } = await signedIn({ timeouts })`
        C: RETR 1
        S!: +OK|${bytes}
      `;
      const sink = new CollectingSink();
      const failure = await endOf(session.retrieve([{ number: 1, sizeBytes: 100 }], sink));
      expect([sink.events, failure]).toEqual([
        ['begin 1', 'lost 1'],
        { kind: 'timeout', timeoutMs: 250, step: 'download', canRetry: true },
      ]);
    });
  }

  wireTest('takes the size from the status when the listing has none', async ({ signedIn }) => {
    const { session } = await signedIn({ timeouts })`
      C: RETR 1
      S!: +OK 100 octets|hello|.
    `;
    const sink = new CollectingSink();
    await endOf(session.retrieve(one, sink));
    expect(sink.events).toEqual(['begin 1', 'lost 1']);
  });

  wireTest('whose rest comes late does no harm', async ({ signedIn }) => {
    const { session } = await signedIn({ timeouts })`
      C: RETR 1
      S!: +OK|hello|.
      C: RETR 2
      S!: |+OK|next|.|
    `;
    const sink = new CollectingSink();
    await session.retrieve(
      [
        { number: 1, sizeBytes: 5 },
        { number: 2, sizeBytes: 6 },
      ],
      sink,
    );
    expect(sink.events).toEqual(['begin 1', 'doubtful 1', 'begin 2', 'end 2']);
  });

  wireTest('silence in the middle of a message is a timeout', async ({ signedIn }) => {
    const { session } = await signedIn({ timeouts })`
      C: RETR 1
      S!: +OK|hello|wor
    `;
    const sink = new CollectingSink();
    expect([await endOf(session.retrieve([{ number: 1, sizeBytes: 5 }], sink)), sink.events]).toEqual([
      { kind: 'timeout', timeoutMs: 250, step: 'download', canRetry: true },
      ['begin 1', 'lost 1'],
    ]);
  });
});

describe('replies stay in step', () => {
  wireTest('through refusals in the middle', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: RETR 1
      C: RETR 2
      C: RETR 3
      C: RETR 4
      S!: +OK|a|.|-ERR gone|-ERR [SYS/TEMP] later|+OK|d|.|
    `;
    const sink = new CollectingSink();
    const summary = await session.retrieve(
      [1, 2, 3, 4].map((number) => ({ number, sizeBytes: 3 })),
      sink,
    );
    expect([sink.events, sink.text(4), summary]).toEqual([
      ['begin 1', 'end 1', 'refused 2 server-refused', 'refused 3 server-trouble', 'begin 4', 'end 4'],
      'd\r\n',
      { retrieved: 2, refused: 2, doubtful: 0, bytes: 6 },
    ]);
  });

  wireTest('when every message is refused, one by one', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: RETR 1
      S: -ERR no
      C: RETR 2
      S: -ERR no
    `;
    const sink = new CollectingSink();
    await session.retrieve(two, sink);
    expect(sink.events).toEqual(['refused 1 server-refused', 'refused 2 server-refused']);
  });

  wireTest('with an empty line too many after a message', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: RETR 1
      C: RETR 2
      S!: +OK|a|.||+OK|b|.|
    `;
    const sink = new CollectingSink();
    await session.retrieve(two, sink);
    expect(sink.events).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
  });

  wireTest('with statuses in odd spellings', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: RETR 1
      C: RETR 2
      C: RETR 3
      S!: +ok|a|.|-Err|+OK: fine|c|.|
    `;
    const sink = new CollectingSink();
    await session.retrieve(
      [1, 2, 3].map((number) => ({ number, sizeBytes: 3 })),
      sink,
    );
    expect(sink.events).toEqual(['begin 1', 'end 1', 'refused 2 server-refused', 'begin 3', 'end 3']);
  });

  wireTest('or the session ends: something that is no status', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: RETR 1
      C: RETR 2
      S!: -ERR no|surprise|
    `;
    const sink = new CollectingSink();
    expect([await endOf(session.retrieve(two, sink)), sink.events]).toEqual([
      { kind: 'protocol', serverText: 'surprise', step: 'download', canRetry: true },
      ['refused 1 server-refused'],
    ]);
  });

  wireTest('or the session ends: a farewell before the next command', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: STAT
      S!: +OK 0 0|-ERR idle for too long, good bye|
      S: <close>
    `;
    await session.stat();
    await session.closed;
    expect(await endOf(session.noop())).toEqual({
      kind: 'connection-lost',
      serverText: '-ERR idle for too long, good bye',
      step: 'open',
      canRetry: true,
    });
  });

  wireTest('or the session ends: a last word without a line ending', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: STAT
      S!: -ERR shutting do
      S: <close>
    `;
    expect(await endOf(session.stat())).toEqual({
      kind: 'connection-lost',
      serverText: '-ERR shutting do',
      step: 'list',
      canRetry: true,
    });
  });

  wireTest('nothing is asked and nothing is sent for no messages', async ({ signedIn }) => {
    const { session, pop3 } = await signedIn(pipelined)`
      C: QUIT
      S: +OK
    `;
    const summary = await session.retrieve([], new CollectingSink());
    await session.quit();
    expect([summary, pop3.heard.includes('NOOP')]).toEqual([
      { retrieved: 0, refused: 0, doubtful: 0, bytes: 0 },
      false,
    ]);
  });
});

describe('TOP', () => {
  wireTest('gives the headers and first lines of one message', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: TOP 3 2
      S: +OK|Subject: a||one|..two|.
    `;
    expect(Buffer.from(await session.top(3, 2)).toString()).toBe('Subject: a\r\n\r\none\r\n.two\r\n');
  });

  wireTest('is refused where it is not known, and this is remembered', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: TOP 1 0
      S: -ERR unknown command
    `;
    const failure = await failureOf(session.top(1, 0));
    expect([failure, session.quirks.top]).toEqual([
      { kind: 'server-refused', serverText: 'unknown command', step: 'download', canRetry: false },
      false,
    ]);
  });

  wireTest('comes for many messages at once', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: TOP 1 0
      C: TOP 2 5
      C: TOP 3 0
      S!: +OK|Subject: a||.|-ERR no|+OK|Subject: c||.|
    `;
    const sink = new CollectingSink();
    await session.topMany(
      [
        { number: 1, lines: 0 },
        { number: 2, lines: 5 },
        { number: 3, lines: 0 },
      ],
      sink,
    );
    expect([sink.events, sink.text(3)]).toEqual([
      ['begin 1', 'end 1', 'refused 2 server-refused', 'begin 3', 'end 3'],
      'Subject: c\r\n\r\n',
    ]);
  });
});
