import { expect, test } from 'vitest';
import { checkMail } from '../../../electron/mailbox/checking/check-mail.ts';
import { LiveServerView } from '../../../electron/mailbox/server-view/live-server-view.ts';
import { Transcript } from '../../../electron/pop3/connection/transcript.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { accountAt, freshStore, id, opening, quit, retrieve, serverSaying } from '../maildrop-fixture.ts';
import { headers, openView, remove } from './open-view.ts';

guardAgainstLeaks();

const states = (session: LiveServerView) =>
  session.rows
    .page({ by: 'date', descending: true }, 0, 9)
    .rows.map(({ headers, state }) => [headers?.subject, state]);

const three = ['a 30', 'b 40', 'c 50'];
const named = headers(3, 'three') + headers(2, 'two') + headers(1, 'one');

test('shows what is there, newest first, with headers by TOP and what is already stored here', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    opening(['a 30']) + retrieve(1, 'one') + quit,
    `${opening(three)}${headers(3, 'three')}${headers(2, 'two')}
    C: <close>`,
  );
  await checkMail(fresh.tools, accountAt(pop3), {
    signal: new AbortController().signal,
    rules: [],
    onProgress: () => undefined,
  });
  await using view = await openView(fresh, pop3);
  expect([view.session.view(), states(view.session)]).toMatchObject([
    { connection: 'open', count: 3, sizeBytes: 120, headersDone: 3, failure: null },
    [
      ['three', 'new'],
      ['two', 'new'],
      ['one', 'stored'],
    ],
  ]);
});

test('carries the plan out as RETR, DELE, QUIT, logs what left, and opens again', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    opening(three) + named + retrieve(3, 'three') + remove(1) + remove(2) + quit,
    `${opening(['c 50'])}
    C: <close>`,
  );
  await using view = await openView(fresh, pop3);
  view.session.rows.plan(['c#1'], 'download');
  view.session.rows.plan(['a#1', 'b#1'], 'delete');
  const planned = view.session.view().plan;
  const applied = await view.session.apply(false);
  const log = fresh.store.history
    .serverDeletions(id)
    .map(({ subject, outcome, wasStoredHere }) => [subject, outcome, wasStoredHere]);
  expect([planned, applied, states(view.session), pop3.deleted, log.sort()]).toMatchObject([
    { download: 1, downloadBytes: 50, delete: 2, deleteBytes: 70, deleteNotStored: 2 },
    { ok: true, value: { count: 1, applied: { outcome: 'applied' }, plan: { delete: 0 } } },
    [['three', 'stored']],
    [1, 2],
    [
      ['one', 'applied', false],
      ['two', 'applied', false],
    ],
  ]);
});

test('keeps whole copies of what is deleted unseen, when asked to, before it goes', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    opening(['a 30']) + headers(1, 'one') + retrieve(1, 'one') + remove(1) + quit,
    `${opening([])}
    C: <close>`,
  );
  await using view = await openView(fresh, pop3);
  view.session.rows.plan(['a#1'], 'delete');
  await view.session.apply(true);
  expect([pop3.deleted, fresh.store.history.serverDeletions(id)[0]?.wasStoredHere]).toEqual([[1], true]);
});

test('a plan taken back before it was applied costs the server nothing', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${opening(['a 30'])}${headers(1, 'one')}
    C: <close>`);
  await using view = await openView(fresh, pop3);
  view.session.rows.plan(['a#1'], 'delete');
  const undone = await view.session.undo();
  expect([undone, pop3.deleted]).toMatchObject([
    { ok: true, value: { plan: { delete: 0 }, sentDeletions: 0 } },
    [],
  ]);
});

test('what cannot be fetched whole to be kept stays on the server, even where its beginning is here', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 900'])}
    C: TOP 1 30
    S: +OK|Subject: one||text|.${quit}`,
    `${opening(['a 900'])}
    C: RETR 1
    S: -ERR not now${quit}`,
    `${opening(['a 900'])}
    C: <close>`,
  );
  await checkMail(fresh.tools, accountAt(pop3, { partialAboveBytes: 100 }), {
    signal: new AbortController().signal,
    rules: [],
    onProgress: () => undefined,
  });
  await using view = await openView(fresh, pop3);
  await view.session.plan(['a#1'], 'delete');
  await view.session.apply(true);
  expect([states(view.session), pop3.deleted, fresh.store.ledger(id).inState('delete-pending')]).toEqual([
    [['one', 'partial']],
    [],
    [],
  ]);
});

test('a copy is in the Trash only when its original has left, and a message held here before stays where it is', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    opening(['a 30']) + retrieve(1, 'one') + quit,
    `${opening(['x 30', 'b 40'])}${headers(2, 'two')}${headers(1, 'one')}${retrieve(1, 'one')}${retrieve(2, 'two')}${remove(1)}
    C: DELE 2
    S: -ERR no${quit}`,
    `${opening(['b 40'])}
    C: <close>`,
  );
  await checkMail(fresh.tools, accountAt(pop3), {
    signal: new AbortController().signal,
    rules: [],
    onProgress: () => undefined,
  });
  await using view = await openView(fresh, pop3);
  await view.session.plan(['x#1', 'b#1'], 'delete');
  await view.session.apply(true);
  const place = { kind: 'folder', folder: 'inbox', accountId: id } as const;
  const rows = fresh.store.lists.page({ place, offset: 0, limit: 9 }).rows;
  expect(rows.map(({ subject }) => subject).sort()).toEqual(['one', 'two']);
});

test('deletions that broke off before QUIT are left to no later check', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${opening(['a 30', 'b 40'])}${headers(2, 'two')}${headers(1, 'one')}
    C: DELE 1
    S: +OK
    C: DELE 2
    S: <close>`);
  await using view = await openView(fresh, pop3);
  await view.session.plan(['a#1', 'b#1'], 'delete');
  const applied = await view.session.apply(false);
  const kept = view.session.view().plan.delete;
  expect([applied.ok, kept, fresh.store.ledger(id).inState('delete-pending')]).toEqual([false, 2, []]);
});

test('a plan taken back after a QUIT that was refused is left to no later check', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 30', 'b 40'])}${headers(2, 'two')}${headers(1, 'one')}${remove(1)}${remove(2)}
    C: QUIT
    S: -ERR could not delete`,
    `${opening(['a 30', 'b 40'])}
    C: <close>`,
  );
  await using view = await openView(fresh, pop3);
  await view.session.plan(['a#1', 'b#1'], 'delete');
  await view.session.apply(false);
  const pending = () => fresh.store.ledger(id).inState('delete-pending').length;
  const before = pending();
  await view.session.plan(['a#1'], null);
  const between = pending();
  await view.session.undo();
  expect([before, between, pending()]).toEqual([2, 1, 0]);
});

test('a session the server drops keeps the plan, and opening again finds it', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 30', 'b 40'])}${headers(2, 'two')}${headers(1, 'one')}
    C: STAT
    S: +OK 2 70
    S: <wait drop>
    S: <close>`,
    `${opening(['b 40'])}
    C: <close>`,
  );
  await using view = await openView(fresh, pop3);
  view.session.rows.plan(['b#1'], 'delete');
  const dropped = view.until((one) => one.connection === 'dropped');
  pop3.release('drop');
  await dropped;
  const whenDropped = view.session.view().plan.delete;
  const again = await view.session.open();
  expect([whenDropped, again, states(view.session)]).toMatchObject([
    1,
    { ok: true, value: { connection: 'open', count: 1, headersDone: 1, plan: { delete: 1 } } },
    [['two', 'new']],
  ]);
});

test('a QUIT that is refused is told, the log says so, and the messages are still listed', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 30'])}${headers(1, 'one')}${remove(1)}
    C: QUIT
    S: -ERR could not delete`,
    `${opening(['a 30'])}
    C: <close>`,
  );
  await using view = await openView(fresh, pop3);
  view.session.rows.plan(['a#1'], 'delete');
  await view.session.apply(false);
  expect([view.session.view(), fresh.store.history.serverDeletions(id)[0]?.outcome]).toMatchObject([
    { count: 1, applied: { outcome: 'refused' } },
    'refused',
  ]);
});

test('the safe commands may be typed, and no other reaches the server', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${opening(['a 30'])}${headers(1, 'one')}
    C: LIST 1
    S: +OK 1 30
    C: UIDL
    S: +OK|1 a|.
    C: <close>`);
  await using view = await openView(fresh, pop3);
  const list = await view.session.command('list 1');
  await view.session.command('UIDL');
  const dele = await view.session.command('DELE 1');
  const smuggled = await view.session.command('STAT 1\r\nDELE 1');
  const said = view.transcript.entries.map(({ direction, text }) => `${direction}: ${text}`);
  expect([list, dele, smuggled.ok, said.slice(-5)]).toMatchObject([
    { ok: true, value: '+OK 1 30' },
    { ok: false, failure: { kind: 'bad-input' } },
    false,
    ['client: LIST 1', 'server: +OK 1 30', 'client: UIDL', 'server: +OK', 'server: 1 a'],
  ]);
});

test('rows are found by sender, age and size, and the space they take is told', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${opening(three)}${named}
    C: <close>`);
  await using view = await openView(fresh, pop3);
  const { rows } = view.session;
  const later = Date.UTC(2026, 1, 20);
  expect([
    rows.find({ kind: 'from', sender: 'ANNA@example.org' }, later),
    rows.find({ kind: 'from-like', words: ' anna@EX ' }, later),
    rows.find({ kind: 'from-like', words: '' }, later),
    rows.find({ kind: 'older', days: 49 }, later),
    rows.find({ kind: 'age', bucket: 'quarter' }, later),
    rows.find({ kind: 'age', bucket: 'month' }, later),
    rows.find({ kind: 'larger', bytes: 40 }, later),
    rows.space(later).bySender,
  ]).toEqual([
    ['a#1', 'b#1', 'c#1'],
    ['a#1', 'b#1', 'c#1'],
    [],
    ['a#1', 'b#1', 'c#1'],
    ['a#1', 'b#1', 'c#1'],
    [],
    ['c#1'],
    [{ sender: 'anna@example.org', count: 3, sizeBytes: 120 }],
  ]);
});

test('asked for twice at once, by two windows, one session is opened for both', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${opening(['a 30'])}${headers(1, 'one')}
    C: <close>`);
  const session = new LiveServerView(fresh.tools, accountAt(pop3), new Transcript(), {
    onChanged: () => undefined,
    onHeaders: () => undefined,
  });
  const [first, second] = await Promise.all([session.open(), session.open()]);
  await session.close();
  expect([first.ok, second.ok, fresh.tools.locks.isHeld(id)]).toEqual([true, true, false]);
});

test('a line that breaks among the deletions deletes nothing, now or at the next check, and keeps the plan', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 30', 'b 40'])}${headers(2, 'two')}${headers(1, 'one')}
    C: DELE 1
    S: <close>`,
  );
  await using view = await openView(fresh, pop3);
  view.session.rows.plan(['a#1', 'b#1'], 'delete');
  const applied = await view.session.apply(false);
  using _free = await fresh.tools.locks.acquire(id, new AbortController().signal);
  const pending = fresh.store.ledger(id).inState('delete-pending');
  expect([applied, view.session.view(), pending]).toMatchObject([
    { ok: false, failure: { kind: 'connection-lost' } },
    { connection: 'dropped', plan: { delete: 2 } },
    [],
  ]);
});

test('a view that nobody looks at lets the maildrop go, and finds its plan when it is opened again', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(['a 30'])}${headers(1, 'one')}
    C: <close>`,
    `${opening(['a 30'])}
    C: <close>`,
  );
  await using view = await openView(fresh, pop3);
  view.session.rows.plan(['a#1'], 'delete');
  view.session.rest();
  await new Promise((resolve) => setImmediate(resolve));
  const resting = [view.session.view().connection, fresh.tools.locks.isHeld(id)];
  const again = await view.session.open();
  expect([resting, again, pop3.deleted]).toMatchObject([
    ['dropped', false],
    { ok: true, value: { connection: 'open', plan: { delete: 1 } } },
    [],
  ]);
});

test('a plan that two windows apply is carried out once, and no command is let in between', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${opening(three)}${named}${remove(1)}${quit}`,
    `${opening(['b 40', 'c 50'])}
    C: <close>`,
  );
  await using view = await openView(fresh, pop3);
  await view.session.plan(['a#1'], 'delete');
  const [first, second, typed] = await Promise.all([
    view.session.apply(false),
    view.session.apply(false),
    view.session.command('RSET'),
  ]);
  const busy = { ok: false, failure: { kind: 'mailbox-busy', canRetry: true } };
  expect([first.ok, second, typed, pop3.deleted]).toEqual([true, busy, busy, [1]]);
});
