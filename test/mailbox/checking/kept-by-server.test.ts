import { expect, test } from 'vitest';
import { checkMail } from '../../../electron/mailbox/checking/check-mail.ts';
import { accountAt, freshStore, opening, quit, retrieve, serverSaying } from '../maildrop-fixture.ts';

const listed = opening(['a 22']);
const deletes = `
    C: DELE 1
    S: +OK`;

test('a server that keeps what it deletes is told of once, in the fourth check, and nothing is fetched or counted twice', async () => {
  await using fresh = await freshStore();
  const again = `${listed}${deletes}${quit}`;
  await using server = await serverSaying(
    `${listed}${retrieve(1, 'one')}${deletes}${quit}`,
    ...Array.from({ length: 4 }, () => again),
  );
  const account = accountAt(server, { retention: { kind: 'remove-when-stored' } });
  const told: unknown[] = [];
  for (let checks = 0; checks < 5; checks += 1) {
    const request = { signal: new AbortController().signal, rules: [], onProgress: () => undefined };
    const { failure, stored, deletedOnServer } = await checkMail(fresh.tools, account, request);
    told.push([failure?.kind ?? null, stored, deletedOnServer]);
  }
  expect(told).toEqual([
    [null, 1, 1],
    [null, 0, 0],
    [null, 0, 0],
    ['deletion-ignored', 0, 0],
    [null, 0, 0],
  ]);
});
