import { expect, test } from 'vitest';
import { checkMail } from '../../../electron/mailbox/checking/check-mail.ts';
import { accountAt, freshStore, opening, quit, serverSaying } from '../maildrop-fixture.ts';

const hangsUpAtPassword = `
    S: +OK ready
    C: CAPA
    S: +OK|UIDL|TOP|.
    C: USER ann
    S: +OK
    C: PASS secret
    S: <close>`;

const works = `${opening([])}${quit}`;

/** What each of the checks is told as. */
async function toldAs(conversations: readonly string[]): Promise<unknown[]> {
  await using fresh = await freshStore();
  await using server = await serverSaying(...conversations);
  const told: unknown[] = [];
  for (const _conversation of conversations) {
    const request = { signal: new AbortController().signal, rules: [], onProgress: () => undefined };
    const { failure } = await checkMail(fresh.tools, accountAt(server), request);
    told.push(failure?.kind ?? null);
  }
  return told;
}

test('the third hang-up in a row at the password asks whether it is right', async () => {
  expect(await toldAs([hangsUpAtPassword, hangsUpAtPassword, hangsUpAtPassword, hangsUpAtPassword])).toEqual([
    'connection-lost',
    'connection-lost',
    'authentication',
    'authentication',
  ]);
});

test('a check that signs in in between says that the line was to blame', async () => {
  expect(await toldAs([hangsUpAtPassword, hangsUpAtPassword, works, hangsUpAtPassword])).toEqual([
    'connection-lost',
    'connection-lost',
    null,
    'connection-lost',
  ]);
});
