import { expect } from 'vitest';
import { startDovecot } from './dovecot.ts';
import { withDovecot } from './with-dovecot.ts';

withDovecot('a private Dovecot serves what was put into its maildrop', async () => {
  await using server = await startDovecot({
    users: [{ name: 'anna', password: 'a:b "c" é', messages: ['Subject: one\r\n\r\nhello\r\n'] }],
  });
  server.addMessage('Subject: two\n\nhello\n');
  expect((await server.readMaildrop()).map(({ number, size }) => [number, size])).toEqual([
    [1, 23],
    [2, 23],
  ]);
});
