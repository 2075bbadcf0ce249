import { expect, test } from 'vitest';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import type { ScriptedServer } from '../../servers/scripted.ts';
import { freshStore, id, opening, quit, serverSaying, subjectsIn } from '../maildrop-fixture.ts';
import { headers, openView, remove, sentLine } from './open-view.ts';

guardAgainstLeaks();

type Fresh = Awaited<ReturnType<typeof freshStore>>;

const two = `${opening(['a 30', 'b 40'])}${headers(2, 'two')}${headers(1, 'one')}`;

/** Applies a plan that deletes both messages, and takes it back when a command has gone out. */
async function undoAt(line: string, fresh: Fresh, pop3: ScriptedServer, keepInBin = false) {
  await using view = await openView(fresh, pop3);
  await view.session.plan(['a#1', 'b#1'], 'delete');
  const sent = sentLine(view.transcript, line);
  const told: unknown[] = [];
  const applying = view.session.apply(keepInBin);
  await sent;
  await view.session.plan(['a#1'], null);
  const undone = await view.session.undo();
  told.push(undone.ok && [undone.value.applied?.outcome, undone.value.plan.delete]);
  pop3.release('undo');
  await applying;
  const { connection, applied, plan, sentDeletions } = view.session.view();
  told.push([connection, applied?.outcome, plan.delete, sentDeletions]);
  return {
    told,
    deleted: pop3.deleted,
    pending: fresh.store
      .ledger(id)
      .inState('delete-pending')
      .map(({ key }) => key),
    logged: fresh.store.history.serverDeletions(id).map(({ outcome }) => outcome),
  };
}

const nothingDeleted = { deleted: [], pending: [], logged: [] };

test('while a copy is being fetched first: no DELE is sent and no further copy is asked for', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${two}
    C: RETR 1
    S: <wait undo>
    S: +OK|Subject: one||text|.
    C: <close>`);
  expect([await undoAt('RETR 1', fresh, pop3, true), subjectsIn(fresh.store)]).toEqual([
    {
      told: [
        ['running', 0],
        ['open', 'taken-back', 0, 0],
      ],
      ...nothingDeleted,
    },
    ['one'],
  ]);
});

test('between two DELEs: the second is not sent, and RSET takes the first back', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${two}
    C: DELE 1
    S: <wait undo>
    S: +OK
    C: RSET
    S: +OK
    C: <close>`);
  expect(await undoAt('DELE 1', fresh, pop3)).toEqual({
    told: [
      ['running', 0],
      ['open', 'taken-back', 0, 0],
    ],
    ...nothingDeleted,
  });
});

test('at the last DELE: RSET takes all back', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${two}${remove(1)}
    C: DELE 2
    S: <wait undo>
    S: +OK
    C: RSET
    S: +OK
    C: <close>`);
  expect(await undoAt('DELE 2', fresh, pop3)).toEqual({
    told: [
      ['running', 0],
      ['open', 'taken-back', 0, 0],
    ],
    ...nothingDeleted,
  });
});

test('where RSET is refused the session ends, so that no later QUIT deletes what was taken back', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${two}
    C: DELE 1
    S: <wait undo>
    S: +OK
    C: RSET
    S: -ERR no
    C: <close>`);
  expect(await undoAt('DELE 1', fresh, pop3)).toEqual({
    told: [
      ['running', 0],
      ['dropped', 'failed', 0, 0],
    ],
    ...nothingDeleted,
  });
});

test('where the line is lost before RSET nothing was deleted, and no later check deletes it', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${two}
    C: DELE 1
    S: <wait undo>
    S: <close>`);
  expect(await undoAt('DELE 1', fresh, pop3)).toEqual({
    told: [
      ['running', 0],
      ['dropped', 'failed', 0, 0],
    ],
    ...nothingDeleted,
  });
});

test('once QUIT is written it is too late: the plan stays, and the window says that the server has been asked', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${two}${remove(1)}${remove(2)}
    C: QUIT
    S: <wait undo>
    S: +OK`,
    `${opening([])}
    C: <close>`,
  );
  expect(await undoAt('QUIT', fresh, pop3)).toEqual({
    told: [
      ['asked', 2],
      ['open', 'applied', 0, 0],
    ],
    deleted: [1, 2],
    pending: [],
    logged: ['applied', 'applied'],
  });
});

test('too late and then refused: the messages are still planned, and an undo takes back what the ledger wants', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${two}${remove(1)}${remove(2)}
    C: QUIT
    S: <wait undo>
    S: -ERR not now`,
    `${opening(['a 30', 'b 40'])}
    C: <close>`,
  );
  expect(await undoAt('QUIT', fresh, pop3)).toMatchObject({
    told: [
      ['asked', 2],
      ['open', 'refused', 2, 0],
    ],
    pending: ['a#1', 'b#1'],
    logged: ['refused', 'refused'],
  });
});

test('too late and then the line is lost: the next listing decides', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${two}${remove(1)}${remove(2)}
    C: QUIT
    S: <wait undo>
    S: <close>`,
    `${opening(['b 40'])}
    C: <close>`,
  );
  expect(await undoAt('QUIT', fresh, pop3)).toMatchObject({
    told: [
      ['asked', 2],
      ['open', 'unknown', 1, 0],
    ],
    pending: ['a#1', 'b#1'],
    logged: ['unknown', 'unknown'],
  });
});

test('after QUIT was answered there is nothing to take back', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(
    `${two}${remove(1)}${remove(2)}${quit}`,
    `${opening([])}
    C: <close>`,
  );
  await using view = await openView(fresh, pop3);
  await view.session.plan(['a#1', 'b#1'], 'delete');
  await view.session.apply(false);
  const undone = await view.session.undo();
  expect([
    undone.ok && undone.value.applied?.outcome,
    fresh.store
      .ledger(id)
      .entries()
      .map(({ state }) => state),
  ]).toEqual(['applied', ['delete-sent', 'delete-sent']]);
});
