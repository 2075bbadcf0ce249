import { expect, test } from 'vitest';
import { type AnsweredMessage, mailtoFor } from '../../electron/mailbox/mailto.ts';

const message: AnsweredMessage = {
  from: [{ name: 'Anna', address: 'anna@example.org' }],
  replyTo: [],
  to: [
    { name: '', address: 'me@example.org' },
    { name: 'Bob', address: 'bob@example.org' },
  ],
  cc: [{ name: '', address: 'carl+list@example.org' }],
  subject: 'Garden & café',
  messageId: '<1@example.org>',
  text: 'Hello\n> earlier',
  dateLine: 'On Monday Anna wrote:',
};

test('a reply goes to the sender, with the text quoted as plain text', () => {
  expect(mailtoFor('reply', message, 'me@example.org')).toBe(
    'mailto:anna@example.org?subject=Re%3A%20Garden%20%26%20caf%C3%A9&in-reply-to=%3C1%40example.org%3E' +
      '&body=%0D%0A%0D%0AOn%20Monday%20Anna%20wrote%3A%0D%0A%3E%20Hello%0D%0A%3E%3E%20earlier%0D%0A',
  );
});

test('a reply to all leaves out the own address', () => {
  const url = new URL(mailtoFor('reply-all', message, 'Me@Example.org'));
  expect([url.pathname, url.searchParams.get('cc')]).toEqual([
    'anna@example.org',
    'bob@example.org,carl+list@example.org',
  ]);
});

test('Reply-To is honoured and a forward names nobody', () => {
  const withReplyTo = { ...message, replyTo: [{ name: '', address: 'list@example.org' }] };
  expect(new URL(mailtoFor('reply', withReplyTo, '')).pathname).toBe('list@example.org');
  expect(mailtoFor('forward', message, '').startsWith('mailto:?subject=Fwd%3A%20Garden')).toBe(true);
});

test('a header hidden in a name, an address or a subject stays text', () => {
  const url = mailtoFor(
    'reply',
    {
      ...message,
      from: [
        { name: '', address: 'a@example.org?bcc=x@example.net' },
        { name: '', address: 'b@e.org\r\nBcc: y@e.org' },
      ],
      subject: 'x\r\nBcc: z@example.net&bcc=w@example.net',
    },
    '',
  );
  expect([...new URL(url).searchParams.keys()]).toEqual(['subject', 'in-reply-to', 'body']);
});

test('a long text is cut between lines so that the address stays within what systems take', () => {
  const url = mailtoFor('reply', { ...message, text: 'строка текста\n'.repeat(500) }, '');
  expect([url.length <= 1_900, url.endsWith('%0D%0A')]).toEqual([true, true]);
});
