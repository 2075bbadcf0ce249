import { expect, test } from 'vitest';
import { decidePerhapsHere } from '../../../electron/mailbox/checking/perhaps-here.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { type UnrulyLetter, UnrulyServer } from '../../servers/unruly.ts';
import { accountAt, checkOnce, freshStore, id, subjectsIn } from '../maildrop-fixture.ts';

guardAgainstLeaks();

const trace = 'Received: from old.example by new.example; Fri, 2 Jan 2026 10:00:00 +0000\r\n';

function letter(uidl: string, subject: string, body: string, onTop = ''): UnrulyLetter {
  const head = `Date: Thu, 1 Jan 2026 10:00:00 +0000\r\nFrom: bob@example.org\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@example.org>\r\n\r\n`;
  return { uidl, bytes: Buffer.from(`${onTop}${head}${body}\r\n`) };
}

/** An account whose mail is here, and whose server has just been changed to one with these letters. */
async function moved(letters: readonly UnrulyLetter[]) {
  const fresh = await freshStore();
  const pop3 = await new UnrulyServer([
    letter('u1', 'one', 'Grüße'),
    letter('u2', 'two', 'Grüße'),
    letter('u3', 'three', 'plain'),
  ]).listen();
  const account = accountAt(pop3);
  await checkOnce(fresh.tools, account);
  pop3.letters = letters;
  await fresh.store.ledger(account.id).doubtIds();
  const check = async () => {
    const { outcome, failure } = await checkOnce(fresh.tools, account);
    return [outcome, failure?.kind === 'perhaps-here' ? failure.count : (failure?.kind ?? null)];
  };
  return {
    ...{ fresh, pop3, check, store: fresh.store },
    [Symbol.asyncDispose]: async () => {
      await pop3[Symbol.asyncDispose]();
      await fresh[Symbol.asyncDispose]();
    },
  };
}

/** The new host has encoded two of the letters anew, and has a fourth one. */
const encoded = [
  letter('n1', 'one', 'Gr=C3=BC=C3=9Fe', trace),
  letter('n2', 'two', 'Gr=C3=BC=C3=9Fe', trace),
  letter('n3', 'three', 'plain', trace),
  letter('n4', 'four', 'new'),
];

test('letters that a new server has changed wait for an answer, with their number, while all others come', async () => {
  await using mailbox = await moved(encoded);
  const told = [await mailbox.check(), await mailbox.check()];
  expect([told, subjectsIn(mailbox.store), mailbox.pop3.heard('RETR').slice(1)]).toEqual([
    [
      ['failed', 2],
      ['failed', 2],
    ],
    ['four', 'one', 'three', 'two'],
    [['RETR 4', 'RETR 3'], []],
  ]);
});

test('they are fetched if the person says so', async () => {
  await using mailbox = await moved(encoded);
  await mailbox.check();
  await decidePerhapsHere(mailbox.store, id, 'fetch');
  expect([await mailbox.check(), subjectsIn(mailbox.store)]).toEqual([
    ['done', null],
    ['four', 'one', 'one', 'three', 'two', 'two'],
  ]);
});

test('they stay on the server if the person says so, and are asked about no more', async () => {
  await using mailbox = await moved(encoded);
  await mailbox.check();
  await decidePerhapsHere(mailbox.store, id, 'leave');
  const told = [await mailbox.check(), await mailbox.check()];
  expect([told, subjectsIn(mailbox.store), mailbox.pop3.left]).toEqual([
    [
      ['done', null],
      ['done', null],
    ],
    ['four', 'one', 'three', 'two'],
    ['n1', 'n2', 'n3', 'n4'],
  ]);
});

test('nobody is asked where the new server only adds a trace', async () => {
  await using mailbox = await moved([
    letter('n1', 'one', 'Grüße', trace),
    letter('n2', 'two', 'Grüße', trace),
    letter('n3', 'three', 'plain', trace),
  ]);
  expect([await mailbox.check(), subjectsIn(mailbox.store)]).toEqual([
    ['done', null],
    ['one', 'three', 'two'],
  ]);
});

test('a session that breaks while the headers are looked at leaves the question to the next one', async () => {
  await using mailbox = await moved(encoded);
  await mailbox.store.perhapsHere.examine(id);
  await mailbox.store.ledger(id).reconcile([]);
  expect([await mailbox.check(), subjectsIn(mailbox.store)]).toEqual([
    ['failed', 2],
    ['four', 'one', 'three', 'two'],
  ]);
});
