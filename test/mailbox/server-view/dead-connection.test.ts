import { expect, test } from 'vitest';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { freshStore, opening, serverSaying } from '../maildrop-fixture.ts';
import { headers, openView, sentLine } from './open-view.ts';

guardAgainstLeaks();

const two = `${opening(['a 30', 'b 40'])}${headers(2, 'two')}${headers(1, 'one')}`;

test('a view whose connection died lets the maildrop go, so that a check can begin, and keeps the plan', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${two}
    C: <close>`);
  await using view = await openView(fresh, pop3);
  await view.session.plan(['a#1'], 'delete');
  const account = fresh.store.maildrops.all()[0]?.accountId;
  view.session.cut();
  const { connection, plan } = view.session.view();
  await new Promise((settled) => setImmediate(settled));
  const isHeld = account === undefined ? null : fresh.tools.locks.isHeld(account);
  expect([connection, plan.delete, isHeld]).toEqual(['dropped', 1, false]);
});

test('a plan whose connection dies while it is carried out ends, and deletes nothing', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(`${two}
    C: DELE 1
    C: <close>`);
  await using view = await openView(fresh, pop3);
  await view.session.plan(['a#1'], 'delete');
  const sent = sentLine(view.transcript, 'DELE 1');
  const applying = view.session.apply(false);
  await sent;
  view.session.cut();
  const applied = await applying;
  const { connection, plan } = view.session.view();
  expect([applied.ok, connection, plan.delete, pop3.deleted]).toEqual([false, 'dropped', 1, []]);
});
