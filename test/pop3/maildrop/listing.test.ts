import { describe, expect, test } from 'vitest';
import { ListingParser, readUidl } from '../../../electron/pop3/maildrop/listing.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { endOf, failureOf, wireTest } from '../../servers/wire-test.ts';

guardAgainstLeaks();

const pipelined = { capabilities: 'PIPELINING|UIDL|TOP' };

describe('a listing', () => {
  const listings: readonly (readonly [
    string,
    string,
    string,
    string,
    readonly string[],
    readonly string[],
  ])[] = [
    ['of two messages', '2 30', '1 10|2 20', '1 a|2 b', ['1 10 a#1', '2 20 b#1'], []],
    ['of an empty maildrop', '0 0', '', '', [], []],
    ['with a gap in the numbers', '2 30', '1 10|5 20', '1 a|5 b', ['1 10 a#1', '5 20 b#1'], []],
    ['out of order', '2 30', '2 20|1 10', '1 a|2 b', ['1 10 a#1', '2 20 b#1'], []],
    [
      'with one id for three messages',
      '3 3',
      '1 1|2 1|3 1',
      '1 a|2 a|3 a',
      ['1 1 a#1', '2 1 a#2', '3 1 a#3'],
      ['one id stands for several messages'],
    ],
    ['without a size', '2 0', '1|2 20', '1 a|2 b', ['1 0 a#1', '2 20 b#1'], []],
    ['with words after the size', '1 10', '1 10 octets', '1 a', ['1 10 a#1'], []],
    ['with extra blanks', '1 10', '  1   10  ', ' 1   a  ', ['1 10 a#1'], []],
    ['with tabs', '1 10', '1\\t10', '1\\ta', ['1 10 a#1'], []],
    ['with an id of 70 characters', '1 1', '1 1', `1 ${'~'.repeat(70)}`, [`1 1 ${'~'.repeat(70)}#1`], []],
    ['with an id of 300 characters', '1 1', '1 1', `1 ${'x'.repeat(300)}`, [`1 1 ${'x'.repeat(300)}#1`], []],
    ['with an absurdly long id', '1 1', '1 1', `1 ${'x'.repeat(2000)}`, ['1 1 null#1'], []],
    [
      'with an id missing',
      '2 2',
      '1 1|2 1',
      '1 a',
      ['1 1 a#1', '2 1 null#1'],
      ['1 messages of LIST are not in UIDL'],
    ],
    ['with an id left empty', '1 1', '1 1', '1', ['1 1 null#1'], []],
    [
      'with an id that LIST does not have',
      '1 1',
      '1 1',
      '1 a|2 b',
      ['1 1 a#1', '2 0 b#1'],
      ['1 messages of UIDL are not in LIST'],
    ],
    [
      'with two ids for one message',
      '2 2',
      '1 1|2 1',
      '1 a|1 b|2 c',
      ['1 1 null#1', '2 1 c#1'],
      ['1 messages have two ids'],
    ],
    ['that STAT counts otherwise', '3 30', '1 10', '1 a', ['1 10 a#1'], ['STAT counts 3 messages, LIST 1']],
    [
      'with lines that mean nothing',
      '1 10',
      '1 10|hello|0 4|99999999999 1',
      '1 a',
      ['1 10 a#1'],
      ['3 lines could not be read'],
    ],
    ['with an id with blanks in it', '1 1', '1 1', '1 a b', ['1 1 a b#1'], []],
    ['with an id that begins with a dot', '2 2', '1 1|2 1', '1 .a|2 ..b', ['1 1 .a#1', '2 1 ..b#1'], []],
    ['with a size beyond four gigabytes', '1 9000000000', '1 9000000000', '1 a', ['1 9000000000 a#1'], []],
  ];
  for (const [name, stat, list, uidl, expected, disagreements] of listings) {
    const body = (text: string) =>
      text === '' ? '' : `${text.replaceAll('|', '\r\n').replaceAll('\\t', '\t')}\r\n`;
    wireTest(`${name}, pipelined`, async ({ signedIn }) => {
      const { session } = await signedIn(pipelined)`
        C: STAT
        C: LIST
        C: UIDL
        S!: +OK ${stat}|+OK|${body(list)}.|+OK|${body(uidl)}.|
      `;
      const entries = await session.listing();
      expect([
        entries.map((entry) => `${entry.number} ${entry.sizeBytes} ${entry.uidl}#${entry.occurrence}`),
        session.disagreements,
      ]).toEqual([expected, disagreements]);
    });
  }

  wireTest('is asked one command at a time without pipelining', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: STAT
      S: +OK 1 10
      C: LIST
      S: +OK|1 10|.
      C: UIDL
      S: +OK|1 a|.
    `;
    const entries = await session.listing();
    expect([entries, session.quirks]).toEqual([
      [{ number: 1, sizeBytes: 10, uidl: 'a', occurrence: 1 }],
      { capa: false, uidl: true },
    ]);
  });

  wireTest('is asked once and remembered', async ({ signedIn, delivery }) => {
    const { session, pop3 } = await signedIn()`
      C: STAT
      S: +OK 1 10
      C: LIST
      S: +OK|1 10|.
      C: UIDL
      S: +OK|1 a|.
      C: DELE 1
      S: +OK
    `;
    const first = await session.listing();
    await session.delete([1]);
    expect([await session.listing(), pop3.heard.filter((line) => line === 'LIST'), delivery]).toEqual([
      first,
      ['LIST'],
      delivery,
    ]);
  });

  wireTest(
    'does without ids where UIDL is not announced and refused, and remembers',
    async ({ signedIn }) => {
      const { session } = await signedIn()`
      C: STAT
      S: +OK 1 10
      C: LIST
      S: +OK|1 10|.
      C: UIDL
      S: -ERR unknown command
    `;
      const entries = await session.listing();
      expect([entries, session.quirks.uidl]).toEqual([
        [{ number: 1, sizeBytes: 10, uidl: null, occurrence: 1 }],
        false,
      ]);
    },
  );

  wireTest('does not ask for ids where they are known to be missing', async ({ signedIn }) => {
    const { session } = await signedIn({ quirks: { capa: false, uidl: false } })`
      C: STAT
      S: +OK 1 10
      C: LIST
      S: +OK|1 10|.
    `;
    expect((await session.listing()).map(({ uidl }) => uidl)).toEqual([null]);
  });

  wireTest('fails where UIDL is announced and refused, since all would seem new', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: STAT
      C: LIST
      C: UIDL
      S: +OK 1 10
      S: +OK|1 10|.
      S: -ERR [SYS/TEMP] index is being rebuilt
    `;
    expect(await failureOf(session.listing())).toEqual({
      kind: 'server-trouble',
      responseCode: 'SYS/TEMP',
      serverText: '[SYS/TEMP] index is being rebuilt',
      step: 'list',
      canRetry: true,
    });
  });

  wireTest('fails where UIDL has worked before and is refused', async ({ signedIn }) => {
    const { session } = await signedIn({ quirks: { capa: false, uidl: true } })`
      C: STAT
      S: +OK 1 10
      C: LIST
      S: +OK|1 10|.
      C: UIDL
      S: -ERR not today
    `;
    expect(await failureOf(session.listing())).toMatchObject({ kind: 'server-refused', step: 'list' });
  });

  wireTest('learns that a server hangs up on UIDL', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: STAT
      S: +OK 1 10
      C: LIST
      S: +OK|1 10|.
      C: UIDL
      S: <close>
    `;
    const failure = await endOf(session.listing());
    expect([failure, session.quirks.uidl]).toEqual([
      { kind: 'connection-lost', step: 'list', canRetry: true },
      false,
    ]);
  });

  wireTest('of an empty maildrop may be refused', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: STAT
      C: LIST
      C: UIDL
      S: +OK 0 0
      S: -ERR no messages
      S: -ERR no messages
    `;
    expect(await session.listing()).toEqual([]);
  });

  wireTest('that is refused can be asked for again', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: STAT
      C: LIST
      C: UIDL
      S: +OK 1 10
      S: -ERR wait
      S: -ERR wait
      C: STAT
      C: LIST
      C: UIDL
      S: +OK 1 10
      S: +OK|1 10|.
      S: +OK|1 a|.
    `;
    const refused = await failureOf(session.listing());
    expect([refused, (await session.listing()).length]).toEqual([
      { kind: 'server-refused', serverText: 'wait', step: 'list', canRetry: false },
      1,
    ]);
  });

  wireTest('goes on past a line with nothing but a dot when more replies are due', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: STAT
      C: LIST
      C: UIDL
      S: +OK 2 20
      S: +OK|1 10|.|2 10|.
      S: +OK|1 a|2 b|.
    `;
    expect((await session.listing()).map(({ number }) => number)).toEqual([1, 2]);
  });

  wireTest('cut off by the end of the stream is no listing', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: STAT
      C: LIST
      C: UIDL
      S!: +OK 2 20|+OK|1 10|
      S: <close>
    `;
    expect(await endOf(session.listing())).toEqual({ kind: 'connection-lost', step: 'list', canRetry: true });
  });

  wireTest('cut off before its last line ending is no listing, even after silence', async ({ signedIn }) => {
    const { session } = await signedIn({ timeouts: { replyMs: 200, tailMs: 20 } })`
      C: STAT
      S: +OK 2 20
      C: LIST
      S!: +OK|1 10|2 10|.
    `;
    expect(await endOf(session.listing())).toEqual({
      kind: 'timeout',
      timeoutMs: 200,
      step: 'list',
      canRetry: true,
    });
  });

  wireTest('with a line that never ends is left', async ({ signedIn, delivery }) => {
    const { session } = await signedIn(pipelined)`
      C: STAT
      C: LIST
      C: UIDL
      S!: +OK 1 1|+OK|1 ${'9'.repeat(delivery === 'as written' ? 20_000 : 8300)}
    `;
    expect(await endOf(session.listing())).toEqual({
      kind: 'too-large',
      limitBytes: 8192,
      step: 'list',
      canRetry: false,
    });
  });

  test('of a hundred thousand lines is read from chunks of any size', () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `${index + 1} id${index}\r\n`).join('');
    const bytes = Buffer.from(lines);
    let count = 0;
    let last = '';
    const parser = new ListingParser((number, line, from, to) => {
      count++;
      last = `${number} ${readUidl(line, from, to)}`;
    });
    for (let at = 0; at < bytes.length; at += 1447) parser.take(bytes.subarray(at, at + 1447));
    expect([count, last, parser.strangeLines]).toEqual([100_000, '100000 id99999', 0]);
  });
});

describe('single questions', () => {
  wireTest('STAT, LAST, UIDL n, LIST n, NOOP and LANG are answered', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: STAT
      S: +OK 3 4096 and more words
      C: LAST
      S: +OK 2
      C: UIDL 2
      S: +OK 2 whqtswO00WBw418f9t5JxYwZ
      C: LIST 2
      S: +OK 2 200
      C: LANG
      S: +OK|en English|de Deutsch|.
      C: LANG de
      S: +OK de Sprache ge\xc3\xa4ndert
    `;
    expect([
      await session.stat(),
      await session.last(),
      await session.uidl(2),
      await session.list(2),
      await session.lang(),
      await session.lang('de'),
    ]).toEqual([
      { count: 3, sizeBytes: 4096 },
      2,
      'whqtswO00WBw418f9t5JxYwZ',
      200,
      ['en English', 'de Deutsch'],
      ['de Sprache geändert'],
    ]);
  });

  wireTest('LAST is unknown to most servers', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: LAST
      S: -ERR unknown command
    `;
    expect([await session.last(), session.quirks.last]).toEqual([null, false]);
  });

  wireTest('a refusal leaves the session alive', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: UIDL 9
      S: -ERR no such message
      C: STAT
      S: +OK 0 0
    `;
    const refusal = await failureOf(session.uidl(9));
    expect([refusal, await session.stat(), session.state]).toEqual([
      { kind: 'server-refused', serverText: 'no such message', step: 'list', canRetry: false },
      { count: 0, sizeBytes: 0 },
      'transaction',
    ]);
  });

  wireTest('a person may send safe commands by hand and no others', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: LIST
      S: +OK two|1 10|2 20|.
      C: LIST 2
      S: +OK 2 20
      C: TOP 1 0
      S: +OK|Subject: a\x07b|.
      C: LAST
      S: -ERR what
    `;
    const replies = [
      await session.raw('list'),
      await session.raw('LIST 2'),
      await session.raw('top 1 0'),
      await session.raw('LAST'),
    ];
    const forbidden = await Promise.all(
      ['DELE 1', 'QUIT', 'PASS x', 'RETR 1', 'STAT\r\nDELE 1', 'LIST 1 2 3'].map((line) =>
        failureOf(session.raw(line)),
      ),
    );
    expect([replies, new Set(forbidden)]).toEqual([
      ['+OK two\n1 10\n2 20', '+OK 2 20', '+OK\nSubject: a b', '-ERR what'],
      new Set(['Error: only STAT, LIST, NOOP, LAST, UIDL, CAPA, TOP and RSET may be sent']),
    ]);
  });

  wireTest('NOOP is said by itself while nothing else is', async ({ signedIn }) => {
    const { session, pop3 } = await signedIn()`
      C: NOOP
      S: +OK
      C: NOOP
      S: +OK
    `;
    const stop = session.keepAlive(20);
    while (pop3.heard.filter((line) => line === 'NOOP').length < 2)
      await new Promise((resolve) => setImmediate(resolve));
    stop();
    expect(session.state).toBe('transaction');
  });

  wireTest('STAT that makes no sense ends the session', async ({ signedIn }) => {
    const { session } = await signedIn()`
      C: STAT
      S: +OK lots
    `;
    expect(await endOf(session.stat())).toEqual({
      kind: 'protocol',
      serverText: 'lots',
      step: 'list',
      canRetry: true,
    });
  });
});
