import { expect, test } from 'vitest';
import { allowWeakerSignIn } from '../../../electron/mailbox/maildrop/maildrop-session.ts';
import {
  accountAt,
  checkOnce,
  freshStore,
  opening,
  quit,
  retrieve,
  serverSaying,
} from '../maildrop-fixture.ts';

test('a check ends before it shows the password to a server that was safer, until the person agrees', async () => {
  const asked = `
    S: +OK ready
    C: CAPA
    S: +OK|UIDL|TOP|.
    C: <close>`;
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(asked, asked, opening(['a 30']) + retrieve(1, 'one') + quit);
  const account = accountAt(pop3);
  const { host, port } = account.server;
  const check = async () => (await checkOnce(fresh.tools, account)).failure?.kind ?? 'done';
  await fresh.store.servers.learn(host, port, { scram: true, channelBinding: true });
  const told = [await check(), await check()];
  await allowWeakerSignIn(fresh.tools, host, port);
  expect([told, await check(), await pop3.finished()]).toEqual([
    ['weaker-sign-in', 'weaker-sign-in'],
    'done',
    [],
  ]);
});
