import { expect, test } from 'vitest';
import { checkMail } from '../../../electron/mailbox/checking/check-mail.ts';
import { accountAt, freshStore, id, opening, quit, retrieve, serverSaying } from '../maildrop-fixture.ts';

test('ids with control characters or of absurd length are kept, told apart and not fetched again', async () => {
  const ids = ['a\0b', 'a\0c', 'e\u001b[31m', 'x'.repeat(300), 'y'.repeat(100)];
  const listing = opening(ids.map((one) => `${one} 30`));
  const fetched = [5, 4, 3, 2, 1].map((number) => retrieve(number, `${number}`)).join('');
  await using fresh = await freshStore();
  await using pop3 = await serverSaying(listing + fetched + quit, listing + quit);
  const check = () =>
    checkMail(fresh.tools, accountAt(pop3), {
      signal: new AbortController().signal,
      rules: [],
      onProgress: () => undefined,
    });
  const first = await check();
  const second = await check();
  const keys = fresh.store
    .ledger(id)
    .entries()
    .map(({ key }) => key.replace(/[0-9a-f]{40}/, 'HASH'));
  expect([first.stored, second.stored, second.failure, keys.sort(), await pop3.finished()]).toEqual([
    5,
    0,
    null,
    ['odd:HASH#1', 'odd:HASH#1', 'odd:HASH#1', 'odd:HASH#1', `${'y'.repeat(100)}#1`],
    [],
  ]);
});
