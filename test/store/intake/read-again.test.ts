import { expect, test } from 'vitest';
import { indexPath } from '../../../electron/store/index/open-index.ts';
import { Sql } from '../../../electron/store/index/sql.ts';
import type { MessageFindings } from '../../../electron/store/intake/parsed-messages.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

function letter(text: string, sentAt: number): MessageFindings {
  return {
    subject: text,
    from: { name: '', address: '' },
    to: [],
    cc: [],
    sentAt,
    messageId: null,
    inReplyTo: [],
    references: [],
    preview: '',
    text,
    attachments: [],
    warnings: [],
  };
}

test('mail that an older version has read is found as before, and is read again, the newest first', async () => {
  const folder = newFolder();
  const before = await openTestStore({ folder });
  const ids = (await storeMail(before, [
    { uidl: 'a', bytes: mail('a') },
    { uidl: 'b', bytes: mail('b') },
    { uidl: 'c', bytes: mail('c') },
  ])) as [MessageId, MessageId, MessageId];
  await before.parsed.setMany([
    { id: ids[0], parsed: letter('earlier', 1e12) },
    { id: ids[1], parsed: letter('later', 2e11 + 1e12) },
  ]);
  await before.close();
  const sql = new Sql(indexPath(folder));
  sql.exec("delete from setting where name = 'reader-version'");
  sql.close();

  const store = await openTestStore({ folder });
  const left = store.parsed.unparsed(10);
  const found = store.lists.search('earlier ').total;
  const coverage = store.parsed.coverage();
  await store.parsed.set(ids[0], letter('anew', 1e12));
  expect({
    left,
    found,
    coverage,
    after: [
      store.parsed.unparsed(10),
      store.lists.search('earlier ').total,
      store.lists.search('anew ').total,
    ],
  }).toEqual({
    left: [ids[2], ids[1], ids[0]],
    found: 1,
    coverage: { found: 2, total: 3, outdated: 2 },
    after: [[ids[2], ids[1]], 0, 1],
  });
  await store.close();
  const again = await openTestStore({ folder });
  expect(again.parsed.unparsed(10)).toEqual([ids[2], ids[1]]);
});
