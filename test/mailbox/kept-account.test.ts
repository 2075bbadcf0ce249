import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkMail } from '../../electron/mailbox/check-mail.ts';
import { findKeptAccount } from '../../electron/mailbox/kept-account.ts';
import { restoreBackup } from '../../electron/mailbox/restore-backup.ts';
import type { Account, AccountId } from '../../shared/model.ts';
import { accountAt, freshStore, id, opening, quit, retrieve, serverSaying } from './maildrop-fixture.ts';

const noted = (accountId: string, user: string, host: string, address: string, messages = 1) => ({
  accountId: accountId as AccountId,
  maildrop: { host, port: 995, user, address },
  messages,
});
const wanted = (user: string, host: string, address: string, port = 995) => ({
  address,
  server: { host, port, security: 'tls', user, mechanism: 'auto', plaintextConsent: false } as const,
});

test('kept mail is known again by its maildrop, else by its address, and never taken from an account in use', () => {
  const all = [
    noted('aa', 'anna', 'pop.example.org', 'anna@example.org'),
    noted('bb', 'anna', 'old.example.org', 'anna@example.org', 7),
    noted('cc', 'boris', 'pop.example.org', 'boris@example.org'),
  ];
  const found = (user: string, host: string, address: string, inUse: string[] = [], port = 995) =>
    findKeptAccount(
      all,
      inUse.map((one) => ({ id: one as AccountId })),
      wanted(user, host, address, port),
    );
  expect([
    found('anna', 'POP.example.org', 'other@example.org', [], 110),
    found('anna', 'new.example.org', 'Anna@example.org'),
    found('anna', 'pop.example.org', 'anna@example.org', ['aa']),
    found('anna@example.org', 'pop.example.org', 'anna@example.org', ['bb']),
    found('boris', 'pop.example.org', '', [], 1995),
    found('carl', 'pop.example.org', 'carl@example.org'),
  ]).toEqual([
    { accountId: 'aa', trust: 'same' },
    { accountId: 'bb', trust: 'perhaps' },
    { accountId: 'bb', trust: 'perhaps' },
    { accountId: 'aa', trust: 'other' },
    null,
    null,
  ]);
});

const check = (tools: Parameters<typeof checkMail>[0], account: Account) =>
  checkMail(tools, account, {
    signal: new AbortController().signal,
    rules: [],
    onProgress: () => undefined,
  });

test('a check notes whose mail it brings, but not that of the sample', async () => {
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(opening([]) + quit, opening([]) + quit);
  const other = '00000000000000bb' as AccountId;
  await check(fresh.tools, accountAt(pop3));
  await check(fresh.tools, accountAt(pop3, { id: other, isSample: true }));
  expect(fresh.store.maildrops()).toEqual([
    {
      accountId: id,
      maildrop: { host: '127.0.0.1', port: pop3.port, user: 'ann', address: 'ann@example.org' },
      messages: 0,
    },
  ]);
});

test('the mail of a backup goes to the account its mailbox has now, and is not fetched again', async () => {
  await using first = await freshStore();
  await using second = await freshStore();
  await using pop3 = await serverSaying(
    opening(['a 30']) + retrieve(1, 'one') + quit,
    opening(['a 30']) + quit,
  );
  await check(first.tools, accountAt(pop3));
  const path = join(first.store.folder, 'whole.tar');
  await first.store.backUpWhole(path);
  const now = accountAt(pop3, { id: '00000000000000cc' as AccountId });
  const restored = await restoreBackup(second.store, { path, accounts: [now], onProgress: () => undefined });
  await rm(path);
  const record = await check(second.tools, now);
  expect([restored, record.stored, second.store.accountIds(), await pop3.finished()]).toEqual([
    { ok: true, value: { messages: 1 } },
    0,
    [now.id],
    [],
  ]);
});
