import { expect, test } from 'vitest';
import { checkMail } from '../../../electron/mailbox/checking/check-mail.ts';
import type { Store } from '../../../electron/store/store.ts';
import type { Account } from '../../../shared/account.ts';
import type { CheckRecord } from '../../../shared/account-state.ts';
import type { Rule } from '../../../shared/rule.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import {
  accountAt,
  checkOnce,
  freshStore,
  id,
  opening,
  quit,
  retrieve,
  serverSaying,
  subjectsIn,
} from '../maildrop-fixture.ts';

guardAgainstLeaks();

const dayMs = 24 * 60 * 60 * 1000;

/** What a check came to, as far as these tests look: outcome, failure, stored, deleted. */
const sum = ({ outcome, failure, stored, deletedOnServer }: CheckRecord) => [
  outcome,
  failure?.kind ?? null,
  stored,
  deletedOnServer,
];

const states = (store: Store) =>
  Object.fromEntries(
    store
      .ledger(id)
      .entries()
      .map((entry) => [entry.key, entry.state]),
  );

test('brings what is new, the newest first, and nothing a second time', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    opening(['a 30', 'b 30']) + retrieve(2, 'two') + retrieve(1, 'one') + quit,
    opening(['a 30', 'b 30', 'c 30']) + retrieve(3, 'three') + quit,
  );
  const first = await checkOnce(fresh.tools, accountAt(pop3));
  const second = await checkOnce(fresh.tools, accountAt(pop3));
  expect([sum(first), sum(second), subjectsIn(fresh.store), await pop3.finished()]).toEqual([
    ['done', null, 2, 0],
    ['done', null, 1, 0],
    ['one', 'three', 'two'],
    [],
  ]);
});

test('deletes once stored, and believes that it is gone only when the server no longer lists it', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 30'])}${retrieve(1, 'one')}
    C: DELE 1
    S: +OK${quit}`,
    opening([]) + quit,
  );
  const account = accountAt(pop3, { retention: { kind: 'remove-when-stored' } });
  const first = await checkOnce(fresh.tools, account);
  const afterFirst = states(fresh.store);
  await checkOnce(fresh.tools, account);
  expect([
    sum(first),
    afterFirst,
    states(fresh.store),
    subjectsIn(fresh.store),
    await pop3.finished(),
  ]).toEqual([['done', null, 1, 1], { 'a#1': 'delete-sent' }, { 'a#1': 'gone' }, ['one'], []]);
});

test('a QUIT that is refused leaves the deletion to the next session, which fetches nothing again', async () => {
  await using fresh = await freshStore();
  const deletion = `
    C: DELE 1
    S: +OK`;
  await using pop3 = await serverSaying(
    `${opening(['a 30'])}${retrieve(1, 'one')}${deletion}
    C: QUIT
    S: -ERR some deleted messages not removed`,
    opening(['a 30']) + deletion + quit,
  );
  const account = accountAt(pop3, { retention: { kind: 'remove-when-stored' } });
  const first = await checkOnce(fresh.tools, account);
  const second = await checkOnce(fresh.tools, account);
  expect([sum(first), sum(second), pop3.deleted, subjectsIn(fresh.store), await pop3.finished()]).toEqual([
    ['failed', 'server-refused', 1, 0],
    ['done', null, 0, 1],
    [1, 1],
    ['one'],
    [],
  ]);
});

test('a QUIT that is not answered is unknown: the next listing decides, without fetching again', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 30', 'b 30'])}${retrieve(2, 'two')}${retrieve(1, 'one')}
    C: DELE 1
    S: +OK
    C: DELE 2
    S: +OK
    C: QUIT
    S: <close>`,
    `${opening(['b 30'])}
    C: DELE 1
    S: +OK${quit}`,
  );
  const account = accountAt(pop3, { retention: { kind: 'remove-when-stored' } });
  const first = await checkOnce(fresh.tools, account);
  const second = await checkOnce(fresh.tools, account);
  expect([sum(first), sum(second), states(fresh.store), await pop3.finished()]).toEqual([
    ['failed', 'deletion-unknown', 2, 0],
    ['done', null, 0, 1],
    { 'a#1': 'gone', 'b#1': 'delete-sent' },
    [],
  ]);
});

test('a line cut in the middle of a message: what is here is deleted first, then that message is asked for alone', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 30', 'b 30'])}${retrieve(2, 'two')}
    C: RETR 1
    S: +OK|Subject: on
    S: <close>`,
    `${opening(['a 30', 'b 30'])}
    C: DELE 2
    S: +OK${quit}`,
    `${opening(['a 30'])}${retrieve(1, 'one')}
    C: DELE 1
    S: +OK${quit}`,
  );
  const account = accountAt(pop3, { retention: { kind: 'remove-when-stored' } });
  const record = await checkOnce(fresh.tools, account);
  expect([sum(record), subjectsIn(fresh.store), await pop3.finished()]).toEqual([
    ['done', null, 2, 2],
    ['one', 'two'],
    [],
  ]);
});

test('a message whose end is in doubt is kept and shown, and never deleted by itself', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 300', 'b 30'])}${retrieve(2, 'two')}
    C: RETR 1
    S: +OK|Subject: one||text|.|more text|.
    C: DELE 2
    S: +OK${quit}`,
  );
  const record = await checkOnce(fresh.tools, accountAt(pop3, { retention: { kind: 'remove-when-stored' } }));
  const doubtful = fresh.store.lists
    .page({ place: { kind: 'folder', folder: 'inbox', accountId: id }, offset: 0, limit: 9 })
    .rows.filter((row) => row.isDoubtful)
    .map((row) => row.subject);
  expect([sum(record), doubtful, pop3.deleted, await pop3.finished()]).toEqual([
    ['done', null, 2, 1],
    ['one'],
    [2],
    [],
  ]);
});

test('a message that falls into doubt after its end, before it is durable, is kept as doubtful', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 30', 'b 30'])}${retrieve(2, 'two')}${retrieve(1, 'one')}
    C: STAT
    S: +OK that was for another command
    C: <close>`,
  );
  const record = await checkOnce(fresh.tools, accountAt(pop3, { retention: { kind: 'remove-when-stored' } }));
  const { rows } = fresh.store.lists.page({
    place: { kind: 'folder', folder: 'inbox', accountId: id },
    offset: 0,
    limit: 9,
  });
  expect([sum(record), rows.map((row) => [row.subject, row.isDoubtful])]).toEqual([
    ['failed', 'protocol', 2, 0],
    [
      ['one', true],
      ['two', true],
    ],
  ]);
});

test('one message that cannot be fetched blocks none of the others and stays on the server', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 30', 'b 30', 'c 30'])}${retrieve(3, 'three')}
    C: RETR 2
    S: -ERR cannot read this message${retrieve(1, 'one')}
    C: DELE 1
    S: +OK
    C: DELE 3
    S: +OK${quit}`,
  );
  const record = await checkOnce(fresh.tools, accountAt(pop3, { retention: { kind: 'remove-when-stored' } }));
  expect([
    record.stored,
    record.skipped,
    record.deletedOnServer,
    subjectsIn(fresh.store),
    await pop3.finished(),
  ]).toEqual([2, 1, 2, ['one', 'three'], []]);
});

test('a mailbox that is suddenly empty forgets nothing, and nothing comes twice when it is back', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    opening(['a 30', 'b 30']) + retrieve(2, 'two') + retrieve(1, 'one') + quit,
    opening([]) + quit,
    opening(['a 30', 'b 30']) + quit,
  );
  const account = accountAt(pop3);
  await checkOnce(fresh.tools, account);
  await checkOnce(fresh.tools, account);
  const whenEmpty = states(fresh.store);
  const third = await checkOnce(fresh.tools, account);
  expect([whenEmpty, sum(third), subjectsIn(fresh.store), await pop3.finished()]).toEqual([
    { 'a#1': 'stored', 'b#1': 'stored' },
    ['done', null, 0, 0],
    ['one', 'two'],
    [],
  ]);
});

test('a listing that stays unbelieved does not keep what has been here for a day on the server for good', async () => {
  await using fresh = await freshStore();
  const many = Array.from({ length: 12 }, (_, index) => ({
    uidl: `old${index}`,
    sizeBytes: 9,
    occurrence: 1,
  }));
  await fresh.store.ledger(id).reconcile(many);
  const left = opening(['a 30', 'b 30']);
  await using pop3 = await serverSaying(
    left + retrieve(2, 'two') + retrieve(1, 'one') + quit,
    `${left}
    C: DELE 1
    S: +OK
    C: DELE 2
    S: +OK${quit}`,
  );
  const account = accountAt(pop3, { retention: { kind: 'remove-when-stored' } });
  const first = await checkOnce(fresh.tools, account);
  fresh.clock.now += dayMs;
  const second = await checkOnce(fresh.tools, account);
  expect([sum(first), sum(second), await pop3.finished()]).toEqual([
    ['done', null, 2, 0],
    ['done', null, 0, 2],
    [],
  ]);
});

test('a server that changed all its ids costs a second download, but gives no second message', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    opening(['a 30', 'b 30']) + retrieve(2, 'two') + retrieve(1, 'one') + quit,
    opening(['x 30', 'y 30']) + retrieve(2, 'two') + retrieve(1, 'one') + quit,
  );
  const account = accountAt(pop3);
  await checkOnce(fresh.tools, account);
  const second = await checkOnce(fresh.tools, account);
  expect([sum(second), subjectsIn(fresh.store), await pop3.finished()]).toEqual([
    ['done', null, 0, 0],
    ['one', 'two'],
    [],
  ]);
});

/** TOP, answered with the headers of a message. */
const headersOf = (number: number, subject: string) => `
    C: TOP ${number} 0
    S: +OK|Subject: ${subject}||.`;

test('two messages under one id both come, once each', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    opening(['same 30', 'same 30']) + retrieve(2, 'two') + retrieve(1, 'one') + quit,
    opening(['same 30', 'same 30']) + headersOf(1, 'one') + headersOf(2, 'two') + quit,
  );
  const account = accountAt(pop3);
  await checkOnce(fresh.tools, account);
  const second = await checkOnce(fresh.tools, account);
  expect([sum(second), states(fresh.store), await pop3.finished()]).toEqual([
    ['done', null, 0, 0],
    { 'same#1': 'stored', 'same#2': 'stored' },
    [],
  ]);
});

test('without UIDL a message is known by its headers and size, so that keeping it does not fetch it twice', async () => {
  await using fresh = await freshStore();
  const headers = (number: number, subject: string) => `
    C: TOP ${number} 0
    S: +OK|Subject: ${subject}||.`;
  const listed = opening(['- 30', '- 30'], { uidl: false });
  const named = headers(1, 'one') + headers(2, 'two');
  const again = listed.replace(/\n\s*C: UIDL\n\s*S: .*$/, '');
  await using pop3 = await serverSaying(
    listed + named + retrieve(2, 'two') + retrieve(1, 'one') + quit,
    again + named + quit,
  );
  const account = accountAt(pop3);
  const first = await checkOnce(fresh.tools, account);
  const second = await checkOnce(fresh.tools, account);
  expect([sum(first), sum(second), subjectsIn(fresh.store), await pop3.finished()]).toEqual([
    ['done', null, 2, 0],
    ['done', null, 0, 0],
    ['one', 'two'],
    [],
  ]);
});

test('without UIDL and TOP another message under the same number and size is fetched before it is deleted', async () => {
  await using fresh = await freshStore();
  const noTop = (number: number) => `
    C: TOP ${number} 0
    S: -ERR unknown command`;
  const first = opening(['- 30'], { uidl: false, top: false });
  const again = first.replace(/\n\s*C: UIDL\n\s*S: .*$/, '');
  const remove = `
    C: DELE 1
    S: +OK`;
  await using pop3 = await serverSaying(
    first + noTop(1) + retrieve(1, 'one') + remove + quit,
    `${again}${noTop(1)}
    C: RETR 1
    S: -ERR not now${quit}`,
    again + noTop(1) + retrieve(1, 'two') + remove + quit,
  );
  const account = accountAt(pop3, { retention: { kind: 'remove-when-stored' } });
  const records = [
    await checkOnce(fresh.tools, account),
    await checkOnce(fresh.tools, account),
    await checkOnce(fresh.tools, account),
  ];
  expect([records.map(sum), subjectsIn(fresh.store), await pop3.finished()]).toEqual([
    [
      ['done', null, 1, 1],
      ['done', null, 0, 0],
      ['done', null, 1, 1],
    ],
    ['one', 'two'],
    [],
  ]);
});

test('of a message over the limit only the beginning comes, and its copy stays on the server', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 30', 'b 900000'])}
    C: TOP 2 30
    S: +OK|Subject: large||first line|.${retrieve(1, 'one')}
    C: DELE 1
    S: +OK${quit}`,
    opening(['b 900000']) + quit,
  );
  const account = accountAt(pop3, { partialAboveBytes: 100_000, retention: { kind: 'remove-when-stored' } });
  const first = await checkOnce(fresh.tools, account);
  const second = await checkOnce(fresh.tools, account);
  expect([sum(first), sum(second), states(fresh.store), await pop3.finished()]).toEqual([
    ['done', null, 2, 1],
    ['done', null, 0, 0],
    { 'a#1': 'gone', 'b#1': 'partial' },
    [],
  ]);
});

test('days are counted from the day of storing, and a clock set a year ahead removes nothing early', async () => {
  await using fresh = await freshStore();
  const still = opening(['a 30']) + quit;
  await using pop3 = await serverSaying(
    opening(['a 30']) + retrieve(1, 'one') + quit,
    still,
    still,
    `${opening(['a 30'])}
    C: DELE 1
    S: +OK${quit}`,
  );
  const account = accountAt(pop3, { retention: { kind: 'remove-after-days', days: 14 } });
  const start = fresh.clock.now;
  const deleted: number[] = [];
  for (const days of [0, 366, 1, 15]) {
    fresh.clock.now = start + days * dayMs;
    deleted.push((await checkOnce(fresh.tools, account)).deletedOnServer);
  }
  expect([deleted, await pop3.finished()]).toEqual([[0, 0, 0, 1], []]);
});

test('a rule that works before the download costs headers only, and may skip or fetch first', async () => {
  await using fresh = await freshStore();
  const rule = (contains: string, kind: 'skip' | 'fetch-first'): Rule => ({
    id: kind,
    name: kind,
    isOn: true,
    accountId: null,
    conditions: [{ kind: 'subject', contains }],
    actions: [{ kind }],
  });
  const headers = (number: number, subject: string) => `
    C: TOP ${number} 0
    S: +OK|Subject: ${subject}||.`;
  await using pop3 = await serverSaying(
    opening(['a 30', 'b 30', 'c 30']) +
      headers(3, 'three') +
      headers(2, 'advert') +
      headers(1, 'urgent') +
      retrieve(1, 'urgent') +
      retrieve(3, 'three') +
      quit,
    opening(['a 30', 'b 30', 'c 30']) + quit,
  );
  const rules = [rule('advert', 'skip'), rule('urgent', 'fetch-first')];
  await checkOnce(fresh.tools, accountAt(pop3), rules);
  await checkOnce(fresh.tools, accountAt(pop3), rules);
  expect([states(fresh.store), subjectsIn(fresh.store), await pop3.finished()]).toEqual([
    { 'a#1': 'stored', 'b#1': 'skipped', 'c#1': 'stored' },
    ['three', 'urgent'],
    [],
  ]);
});

test('what a rule deletes unread is written down as it leaves, and judged anew where it did not', async () => {
  await using fresh = await freshStore();
  const unwanted: Rule = {
    id: 'unwanted',
    name: 'unwanted',
    isOn: true,
    accountId: null,
    conditions: [{ kind: 'from', contains: 'shop.example' }],
    actions: [{ kind: 'delete-on-server' }],
  };
  const headers = `
    C: TOP 1 0
    S: +OK|From: Shop <offers@shop.example>|Subject: Buy||.`;
  await using pop3 = await serverSaying(
    `${opening(['a 30'])}${headers}
    C: DELE 1
    S: <close>`,
    `${opening(['a 30'])}${headers}
    C: DELE 1
    S: +OK
    C: QUIT
    S: -ERR not now`,
    `${opening(['a 30'])}${headers}
    C: DELE 1
    S: +OK${quit}`,
    opening([]) + quit,
  );
  const account = accountAt(pop3);
  const seen = [];
  for (let check = 0; check < 4; check += 1) {
    const record = await checkOnce(fresh.tools, account, [unwanted]);
    seen.push([sum(record), states(fresh.store)['a#1'], fresh.store.history.serverDeletions().length]);
  }
  expect([seen, fresh.store.history.serverDeletions(), await pop3.finished()]).toEqual([
    [
      [['failed', 'connection-lost', 0, 0], 'seen', 0],
      [['failed', 'server-refused', 0, 0], 'seen', 0],
      [['done', null, 0, 1], 'delete-sent', 1],
      [['done', null, 0, 0], 'gone', 1],
    ],
    [
      {
        accountId: id,
        at: fresh.clock.now,
        uidl: 'a',
        from: 'offers@shop.example',
        subject: 'Buy',
        sizeBytes: 30,
        wasStoredHere: false,
        outcome: 'applied',
      },
    ],
    [],
  ]);
});

test('a wrong password is told as such, with the server’s words, and nothing is asked after it', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`
    S: +OK ready
    C: CAPA
    S: +OK|UIDL|.
    C: USER ann
    S: +OK
    C: PASS secret
    S: -ERR [AUTH] wrong password
    C: <close>`);
  const { outcome, failure } = await checkOnce(fresh.tools, accountAt(pop3));
  expect([outcome, failure]).toMatchObject([
    'failed',
    { kind: 'authentication', step: 'sign-in', responseCode: 'AUTH', canRetry: false, host: '127.0.0.1' },
  ]);
});

test('Stop keeps what has arrived and is no failure', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${opening(['a 30', 'b 30'])}${retrieve(2, 'two')}
    C: RETR 1
    S: +OK|Subject: on
    C: <close>`);
  const stop = new AbortController();
  fresh.store.onCommitted(() => stop.abort());
  const record = await checkMail(fresh.tools, accountAt(pop3), {
    signal: stop.signal,
    rules: [],
    onProgress: () => undefined,
  });
  expect([sum(record), subjectsIn(fresh.store), fresh.store.history.checks(id, 1)[0]?.outcome]).toEqual([
    ['stopped', null, 1, 0],
    ['two'],
    'stopped',
  ]);
});

test('a message refused in three sessions is named, and not before', async () => {
  await using fresh = await freshStore();
  const session = `${opening(['a 30'])}
    C: RETR 1
    S: -ERR cannot read this message${quit}`;
  await using pop3 = await serverSaying(session, session, session);
  const account = accountAt(pop3);
  const records = [
    await checkOnce(fresh.tools, account),
    await checkOnce(fresh.tools, account),
    await checkOnce(fresh.tools, account),
  ];
  expect([
    records.map((record) => [record.skipped, record.failure?.serverText ?? null]),
    await pop3.finished(),
  ]).toEqual([
    [
      [1, null],
      [1, null],
      [1, '1: cannot read this message'],
    ],
    [],
  ]);
});

test('a message in doubt stays on the server under every retention, also when its copy was deleted for good', async () => {
  const policies: Account['retention'][] = [
    { kind: 'remove-when-stored' },
    { kind: 'remove-after-days', days: 1 },
    { kind: 'keep-newest', count: 1 },
    { kind: 'keep-under', megabytes: 1 },
  ];
  const outcomes: unknown[] = [];
  for (const retention of policies) {
    await using fresh = await freshStore();
    await using pop3 = await serverSaying(
      `${opening(['a 900000', 'b 900000'])}${retrieve(2, 'two')}${retrieve(1, 'one')}${quit}`,
      `${opening(['a 900000', 'b 900000'])}${quit}`,
    );
    await checkOnce(fresh.tools, accountAt(pop3));
    const ids = fresh.store.lists.ids({ place: { kind: 'folder', folder: 'inbox', accountId: id } });
    await fresh.store.marks.setDoubtful(ids, true);
    await fresh.store.trash.deleteForever(ids);
    fresh.clock.now += 2 * dayMs;
    const record = await checkOnce(fresh.tools, accountAt(pop3, { retention }));
    outcomes.push([...sum(record), pop3.deleted, await pop3.finished()]);
  }
  expect(outcomes).toEqual(policies.map(() => ['done', null, 0, 0, [], []]));
});
