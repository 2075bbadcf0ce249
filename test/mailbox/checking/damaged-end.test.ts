import { expect, test } from 'vitest';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { letterOf, UnrulyServer } from '../../servers/unruly.ts';
import { accountAt, checkOnce, freshStore, id } from '../maildrop-fixture.ts';

guardAgainstLeaks();

const whole = ['one', 'three'].map((name) => letterOf(name, name));
const damaged = letterOf('two', 'two');
const withoutLineEnd = damaged.bytes.subarray(0, -2);

const ends: readonly (readonly [string, Buffer])[] = [
  ['no CRLF after the dot', Buffer.concat([damaged.bytes, Buffer.from('.')])],
  ['no LF after the dot', Buffer.concat([damaged.bytes, Buffer.from('.\r')])],
  ['an LF alone after the dot', Buffer.concat([damaged.bytes, Buffer.from('.\n')])],
  ['no CRLF before the dot', Buffer.concat([withoutLineEnd, Buffer.from('.\r\n')])],
];

test.each(ends)(
  'a letter with %s is kept as doubtful, and its original stays while the others leave',
  async (_what, bytes) => {
    await using fresh = await freshStore();
    await using pop3 = await new UnrulyServer([
      ...whole,
      { ...damaged, brings: { bytes, end: 'nothing' } },
    ]).listen();
    const account = accountAt(pop3, { retention: { kind: 'remove-when-stored' } });
    const tools = { ...fresh.tools, timeouts: { tailMs: 20 } };
    for (let check = 0; check < 5; check += 1) await checkOnce(tools, account);
    const { rows } = fresh.store.lists.page({
      place: { kind: 'folder', folder: 'inbox', accountId: id },
      offset: 0,
      limit: 10,
    });
    expect({
      here: rows.map(({ subject, isDoubtful }) => `${subject}${isDoubtful ? ' doubtful' : ''}`).sort(),
      left: pop3.left,
      // A damaged end is so each time: asking again would not help.
      asked: pop3.heard('RETR 3').flat().length,
    }).toEqual({ here: ['one', 'three', 'two doubtful'], left: ['two'], asked: 1 });
  },
);
