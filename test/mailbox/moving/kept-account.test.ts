import { readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkMail } from '../../../electron/mailbox/checking/check-mail.ts';
import { findKeptAccount } from '../../../electron/mailbox/moving/kept-account.ts';
import { restoreBackup } from '../../../electron/mailbox/moving/restore-backup.ts';
import type { Account } from '../../../shared/account.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { anna, mail, storeMail } from '../../store/open-test-store.ts';
import { accountAt, freshStore, id, opening, quit, retrieve, serverSaying } from '../maildrop-fixture.ts';

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
  expect(fresh.store.maildrops.all()).toEqual([
    {
      accountId: id,
      maildrop: { host: '127.0.0.1', port: pop3.port, user: 'ann', address: 'ann@example.org' },
      messages: 0,
    },
  ]);
});

test('the mail of a backup goes to the account its mailbox has now, and only its headers are asked for', async () => {
  await using first = await freshStore();
  await using second = await freshStore();
  await using pop3 = await serverSaying(
    opening(['a 30']) + retrieve(1, 'one') + quit,
    `${opening(['a 30'])}
    C: TOP 1 0
    S: +OK|Subject: one||.${quit}`,
  );
  await check(first.tools, accountAt(pop3));
  const path = join(first.store.folder, 'whole.tar');
  await first.store.upkeep.backUpWhole(path);
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

test('a backup brings tags along, and makes whole what is damaged here by now', async () => {
  await using first = await freshStore();
  await using second = await freshStore();
  await storeMail(first.store, [
    { uidl: 'a', bytes: mail('One', 'The whole of it.\r\n') },
    { uidl: 'b', bytes: mail('Two') },
  ]);
  const all = { place: { kind: 'folder', folder: 'inbox', accountId: null }, offset: 0, limit: 9 } as const;
  const ids = first.store.lists.page(all).rows.flatMap((row) => (row.subject === 'One' ? row.id : []));
  await first.store.tags.save([{ name: 'work', color: 'blue' }]);
  await first.store.marks.setTags({ kind: 'ids', ids }, { add: ['work'] });
  const path = join(first.store.folder, 'whole.tar');
  await first.store.upkeep.backUpWhole(path);
  const segment = join(first.store.folder, 'mail', anna, '000001.tar');
  const bytes = readFileSync(segment);
  bytes.write('hole', bytes.indexOf('whole'));
  writeFileSync(segment, bytes);
  await first.store.upkeep.verify();
  const request = { path, accounts: [], onProgress: () => undefined };
  const here = await restoreBackup(first.store, request);
  const elsewhere = await restoreBackup(second.store, request);
  const rows = ({ store }: typeof first) =>
    store.lists
      .page(all)
      .rows.map(({ subject, tags }) => `${subject} ${tags.join()}`)
      .sort();
  const verified = await first.store.upkeep.verify();
  expect([here, elsewhere, verified, rows(first), rows(second), second.store.tags.all()]).toEqual([
    { ok: true, value: { messages: 1 } },
    { ok: true, value: { messages: 2 } },
    { checked: 2, damaged: [] },
    ['One work', 'Two '],
    ['One work', 'Two '],
    [{ name: 'work', color: 'blue' }],
  ]);
});
