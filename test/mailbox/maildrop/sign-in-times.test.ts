import { expect, test } from 'vitest';
import { checkMail } from '../../../electron/mailbox/checking/check-mail.ts';
import { SignInTimes } from '../../../electron/mailbox/maildrop/sign-in-times.ts';
import { accountAt, checkOnce, freshStore, opening, quit, serverSaying } from '../maildrop-fixture.ts';

const announcing = `${opening([])}${quit}`.replaceAll('UIDL|', 'UIDL|LOGIN-DELAY 300|');

test('the delay that a server announces is waited out from the last sign-in on, also after a restart', async () => {
  await using fresh = await freshStore();
  await using server = await serverSaying(announcing);
  const { tools, clock } = fresh;
  const account = accountAt(server);
  const waits = [tools.signIns.waitMs(account)];
  await checkMail(tools, account, {
    signal: new AbortController().signal,
    rules: [],
    onProgress: () => undefined,
  });
  clock.now += 100_000;
  const restarted = new SignInTimes({ store: tools.store, now: () => clock.now });
  waits.push(tools.signIns.waitMs(account), restarted.waitMs(account));
  clock.now -= 86_400_000;
  waits.push(tools.signIns.waitMs(account));
  clock.now += 300_000;
  waits.push(tools.signIns.waitMs(account));
  expect(waits).toEqual([0, 200_000, 200_000, 300_000, 0]);
});

test('what a server says of its delay and of how long it keeps mail is known until it says otherwise', async () => {
  await using fresh = await freshStore();
  await using server = await serverSaying(
    announcing.replaceAll('UIDL|', 'UIDL|EXPIRE 30|'),
    announcing.replaceAll('UIDL|', 'UIDL|EXPIRE NEVER|').replaceAll('LOGIN-DELAY 300|', ''),
  );
  const account = accountAt(server);
  const { host, port } = account.server;
  const known = [];
  for (let check = 0; check < 2; check += 1) {
    await checkOnce(fresh.tools, account);
    const { loginDelaySeconds, expireDays } = fresh.store.servers.quirks(host, port);
    known.push([loginDelaySeconds, expireDays]);
  }
  expect(known).toEqual([
    [300, 30],
    [0, undefined],
  ]);
});
