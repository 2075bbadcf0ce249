import { expect, test } from 'vitest';
import { indexPath } from '../../../electron/store/index/open-index.ts';
import { Sql } from '../../../electron/store/index/sql.ts';
import type { CheckRecord } from '../../../shared/account-state.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { Rule } from '../../../shared/rule.ts';
import type { ServerDeletion } from '../../../shared/server-view.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

const rule: Rule = {
  id: 'r1',
  name: 'Sort',
  isOn: true,
  accountId: null,
  conditions: [{ kind: 'from', contains: 'news' }],
  actions: [{ kind: 'tag', tag: 'news' }],
};
const check: CheckRecord = {
  ...{ accountId: anna, startedAt: 1, endedAt: 2, stored: 3, storedBytes: 4, deletedOnServer: 0, skipped: 0 },
  ...{ onServer: 3, outcome: 'failed', failure: { kind: 'offline', canRetry: true } },
};
const deletion: ServerDeletion = {
  ...{ accountId: anna, at: 1, uidl: 'a', from: '', subject: '', sizeBytes: 1, wasStoredHere: true },
  outcome: 'applied',
};

/** What a store says of all that it keeps as JSON, after its index was changed by hand. */
async function toldAfter(statements: string): Promise<unknown> {
  const folder = newFolder();
  const before = await openTestStore({ folder });
  const [id] = (await storeMail(before, [{ uidl: 'a', bytes: mail('a') }])) as [MessageId];
  await before.rules.save([rule]);
  await before.history.recordCheck(check);
  await before.history.recordDeletions(deletion);
  await before.servers.learn('pop.example.org', 110, { top: true });
  await before.close();
  const sql = new Sql(indexPath(folder));
  sql.exec(statements);
  sql.close();
  const store = await openTestStore({ folder });
  const message = store.messages.find(id);
  return [
    store.rules.all(),
    store.history.checks(anna),
    store.history.serverDeletions(anna),
    store.servers.quirks('pop.example.org', 110),
    [message?.to, message?.cc, message?.attachments, message?.warnings],
  ];
}

test('JSON of the index is believed where it has its form and counts as not there where it has none', async () => {
  const nothing = [[], [], [], {}, [[], [], [], []]];
  const all = (value: string) => `
    update rule set body = '${value}'; update check_record set body = '${value}';
    update server_deletion set body = '${value}'; update server_quirk set body = '${value}';
    update envelope set recipients = '${value}', copies = '${value}', attachments = '${value}', warnings = '${value}';`;
  expect([
    await toldAfter('select 1'),
    await toldAfter(`update envelope set recipients = '[{"name":"A","address":"a@b"},{"name":1},7]'`),
    await toldAfter(all('{"id":')),
    await toldAfter(all('{"id":1}')),
    await toldAfter(all('[null, 1, {"name":2}]')),
  ]).toEqual([
    [[rule], [check], [deletion], { top: true }, [[], [], [], []]],
    [[rule], [check], [deletion], { top: true }, [[{ name: 'A', address: 'a@b' }], [], [], []]],
    nothing,
    nothing,
    nothing,
  ]);
});
