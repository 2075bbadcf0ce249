import { expect, test } from 'vitest';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { type UnrulyLetter, UnrulyServer } from '../../servers/unruly.ts';
import { accountAt, checkOnce, freshStore } from '../maildrop-fixture.ts';

guardAgainstLeaks();

const count = 230;

/** Letters of a server that lists the newest first. */
function letters(): UnrulyLetter[] {
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(Date.UTC(2026, 0, 1) - index * 3_600_000).toUTCString();
    return {
      uidl: `u${index}`,
      bytes: Buffer.from(
        `Date: ${date}\r\nSubject: ${index}\r\nMessage-ID: <${index}@example.org>\r\n\r\ntext\r\n`,
      ),
    };
  });
}

test('of many letters that need a proof, the headers of the 200 oldest are asked for in one check', async () => {
  await using fresh = await freshStore();
  await using pop3 = await new UnrulyServer(letters()).listen();
  await checkOnce(fresh.tools, accountAt(pop3));
  await fresh.store.ledger(accountAt(pop3).id).doubtProofs();
  const account = accountAt(pop3, { retention: { kind: 'remove-when-stored' } });
  await checkOnce(fresh.tools, account);
  const first =
    pop3
      .heard('TOP')
      .at(-1)
      ?.map((line) => Number(line.split(' ')[1])) ?? [];
  const left = pop3.left.length;
  await checkOnce(fresh.tools, account);
  expect({ asked: first.length, newest: Math.min(...first), left, leftThen: pop3.left.length }).toEqual({
    asked: 200,
    newest: count - 199,
    left: count - 200,
    leftThen: 0,
  });
});
