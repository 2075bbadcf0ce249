import { expect, test } from 'vitest';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { type UnrulyLetter, UnrulyServer } from '../../servers/unruly.ts';
import { accountAt, checkOnce, freshStore, subjectsIn } from '../maildrop-fixture.ts';

guardAgainstLeaks();

const numbers = Array.from({ length: 60 }, (_, index) => index + 1);

/** Letters of one moment, as a program gives them that writes many at once. */
function letters(idOf: (number: number) => string, onTop = ''): UnrulyLetter[] {
  return numbers.map((number) => ({
    uidl: idOf(number),
    bytes: Buffer.from(
      `${onTop}Date: Thu, 1 Jan 2026 10:00:00 +0000\r\nFrom: bob@example.org\r\nSubject: report\r\nMessage-ID: <${number}@example.org>\r\n\r\nNumbers: ${number % 3}\r\n`,
    ),
  }));
}

const changes = {
  'after the server has written a line of its own into each': letters(
    (number) => `u${number}`,
    'Status: RO\r\n',
  ),
  'after a move to another host, which adds a trace and gives new ids': letters(
    (number) => `new-${number}`,
    'Received: from old.example by new.example; Fri, 2 Jan 2026 10:00:00 +0000\r\n',
  ),
};

for (const [words, changed] of Object.entries(changes))
  test(`sixty letters of one Date and subject are here once ${words}`, async () => {
    await using fresh = await freshStore();
    await using pop3 = await new UnrulyServer(letters((number) => `u${number}`)).listen();
    await checkOnce(fresh.tools, accountAt(pop3));
    pop3.letters = changed;
    for (let check = 0; check < 2; check += 1) await checkOnce(fresh.tools, accountAt(pop3));
    expect([subjectsIn(fresh.store).length, pop3.heard('RETR').at(-1)]).toEqual([60, []]);
  });
