import { describe, expect } from 'vitest';
import type { Uidl } from '../../../shared/ids.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { endOf, wireTest } from '../../servers/wire-test.ts';

guardAgainstLeaks();

const pipelined = { capabilities: 'PIPELINING|UIDL|TOP' };
const stamp = { count: 3, sizeBytes: 30, lastUidl: 'c3' as Uidl };

describe('the stamp of a maildrop', () => {
  const listings: readonly (readonly [string, string, string, string, unknown])[] = [
    ['is there where ids grow with the numbers', '3 30', '1 10|2 10|3 10', '1 a9|2 b1|3 c3', stamp],
    [
      'counts a longer id as the later one',
      '2 20',
      '1 10|2 10',
      '1 9|2 10',
      { ...stamp, count: 2, sizeBytes: 20, lastUidl: '10' },
    ],
    ['is not where an id comes after a later one', '3 30', '1 10|2 10|3 10', '1 b1|2 a9|3 c3', null],
    ['is not where an id comes twice', '2 20', '1 10|2 10', '1 a|2 a', null],
    ['is not where a message has no id', '2 20', '1 10|2 10', '1 a|2', null],
    ['is not where the last message has no id', '2 20', '1 10|2 10', '1 a', null],
    ['is not where numbers are left out', '2 20', '1 10|3 10', '1 a|3 b', null],
    ['is not where the list is out of order', '2 20', '2 10|1 10', '1 a|2 b', null],
    ['is not where STAT counts otherwise', '3 30', '1 10|2 10', '1 a|2 b', null],
    ['is not where STAT gives no size', '2', '1 10|2 10', '1 a|2 b', null],
    ['is not where a line could not be read', '2 20', '1 10|2 10|what', '1 a|2 b', null],
    ['is not for a maildrop that is empty', '0 0', '', '', null],
  ];
  for (const [name, stat, list, uidl, expected] of listings)
    wireTest(name, async ({ signedIn }) => {
      const body = (lines: string) => (lines === '' ? '' : `${lines.replaceAll('|', '\r\n')}\r\n`);
      const { session } = await signedIn(pipelined)`
        C: STAT
        C: LIST
        C: UIDL
        S!: +OK ${stat}|+OK|${body(list)}.|+OK|${body(uidl)}.|
      `;
      const before = session.stamp;
      await session.listing();
      expect([before, session.stamp]).toEqual([null, expected]);
    });

  const answers: readonly (readonly [string, string, string, boolean])[] = [
    ['is the same', '+OK 3 30', '+OK 3 c3', true],
    ['has one more', '+OK 4 40', '+OK 3 c3', false],
    ['has as many, and the last is another', '+OK 3 30', '+OK 3 d4', false],
    ['has as many, and they are of another size', '+OK 3 31', '+OK 3 c3', false],
    ['has one less', '+OK 2 20', '-ERR no such message', false],
    ['does not count', '-ERR busy', '+OK 3 c3', false],
    ['names no id', '+OK 3 30', '+OK 3', false],
  ];
  for (const [name, stat, uidl, expected] of answers)
    wireTest(`shows that the maildrop ${name}`, async ({ signedIn }) => {
      const { session } = await signedIn(pipelined)`
        C: STAT
        C: UIDL 3
        S!: ${stat}|${uidl}|
      `;
      expect(await session.isUnchangedSince(stamp)).toBe(expected);
    });

  wireTest('is asked for one by one where only one command may be in flight', async ({ signedIn }) => {
    const { session } = await signedIn({ capabilities: 'UIDL' })`
      C: STAT
      S: +OK 3 30
      C: UIDL 3
      S: +OK 3 c3
      C: STAT
      S: +OK 4 40
    `;
    expect([await session.isUnchangedSince(stamp), await session.isUnchangedSince(stamp)]).toEqual([
      true,
      false,
    ]);
  });

  wireTest('is not asked for again where the server refuses the id of one message', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: STAT
      C: UIDL 3
      S: +OK 3 30
      S: -ERR no arguments
    `;
    const first = await session.isUnchangedSince(stamp);
    expect([first, await session.isUnchangedSince(stamp), session.quirks.uidlOfOne]).toEqual([
      false,
      false,
      false,
    ]);
  });

  wireTest('is not asked for again where the server lists all ids instead', async ({ signedIn }) => {
    const { session } = await signedIn(pipelined)`
      C: STAT
      C: UIDL 3
      S: +OK 3 30
      S: +OK|1 a|2 b|3 c3|.
      C: <close>
    `;
    const isSame = await session.isUnchangedSince(stamp);
    const end = await endOf(session.noop());
    expect([isSame, typeof end === 'string' ? end : end.kind, session.quirks.uidlOfOne]).toEqual([
      false,
      'protocol',
      false,
    ]);
  });

  wireTest(
    'is not asked for again where the list comes after words, and that is not laid to pipelining',
    async ({ signedIn }) => {
      const { session } = await signedIn(pipelined)`
      C: STAT
      C: UIDL 3
      S: +OK 3 30
      S: +OK 3 messages follow
      C: STAT
      C: LIST
      C: UIDL
      S: 1 a|2 b|3 c3|.
    `;
      const isSame = await session.isUnchangedSince(stamp);
      const end = await endOf(session.listing());
      const { pipelining, uidl, uidlOfOne } = session.quirks;
      expect([isSame, typeof end === 'string' ? end : end.kind, { pipelining, uidl, uidlOfOne }]).toEqual([
        ...[false, 'protocol'],
        { pipelining: true, uidl: undefined, uidlOfOne: false },
      ]);
    },
  );

  const before: readonly (readonly [string, boolean | undefined, boolean | undefined])[] = [
    ['not asked for again where the server hangs up at it', undefined, false],
    ['asked for once more where it worked before', true, undefined],
  ];
  for (const [name, known, expected] of before)
    wireTest(`is ${name}`, async ({ signedIn }) => {
      const { session } = await signedIn({
        ...pipelined,
        quirks: known === undefined ? {} : { uidlOfOne: known },
      })`
        C: STAT
        C: UIDL 3
        S: +OK 3 30
        S: <close>
      `;
      const end = await endOf(session.isUnchangedSince(stamp));
      expect([typeof end === 'string' ? end : end.kind, session.quirks.uidlOfOne]).toEqual([
        'connection-lost',
        expected,
      ]);
    });
});
