import { expect, test } from 'vitest';
import { type AnsweredMessage, longestMailto, mailtoFor } from '../../../electron/mailbox/replying/mailto.ts';

const message: AnsweredMessage = {
  from: [{ name: 'Anna', address: 'anna@example.org' }],
  replyTo: [],
  to: [
    { name: '', address: 'me@example.org' },
    { name: 'Bob', address: 'bob@example.org' },
  ],
  cc: [
    { name: '', address: 'carl+list@example.org' },
    { name: '', address: 'BOB@example.org' },
    { name: '', address: 'also.me@example.net' },
  ],
  subject: 'Garden & café',
  messageId: '1@example.org',
  references: ['0@example.org'],
  text: 'Hello\n\n> earlier\n',
  intro: 'On Monday Anna wrote:',
};

const limits = { ownAddresses: ['Me@Example.org', 'also.me@example.net'], longestUrl: 1_900 };
const bodyOf = (url: string) => new URL(url).searchParams.get('body') ?? '';

test('a reply goes to the sender, in its thread, with the text quoted as plain text', () => {
  expect(mailtoFor('reply', message, limits)).toBe(
    'mailto:anna@example.org?subject=Re%3A%20Garden%20%26%20caf%C3%A9&in-reply-to=%3C1%40example.org%3E' +
      '&references=%3C0%40example.org%3E%20%3C1%40example.org%3E' +
      '&body=%0D%0A%0D%0AOn%20Monday%20Anna%20wrote%3A%0D%0A%3E%20Hello%0D%0A%3E%0D%0A%3E%3E%20earlier%0D%0A',
  );
});

test('a reply to all names everybody once and leaves out all addresses of the own accounts', () => {
  const url = new URL(mailtoFor('reply-all', message, limits));
  expect([url.pathname, url.searchParams.get('cc')]).toEqual([
    'anna@example.org',
    'bob@example.org,carl+list@example.org',
  ]);
});

test('Reply-To is honoured; a forward names nobody, answers nothing and quotes nothing', () => {
  const withReplyTo = { ...message, replyTo: [{ name: '', address: 'list@example.org' }] };
  expect(new URL(mailtoFor('reply', withReplyTo, limits)).pathname).toBe('list@example.org');
  const forward = new URL(mailtoFor('forward', message, limits));
  expect([forward.pathname, [...forward.searchParams.keys()], forward.searchParams.get('body')]).toEqual([
    '',
    ['subject', 'body'],
    '\r\n\r\nOn Monday Anna wrote:\r\nHello\r\n\r\n> earlier\r\n\r\n',
  ]);
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
    limits,
  );
  expect([...new URL(url).searchParams.keys()]).toEqual(['subject', 'in-reply-to', 'references', 'body']);
});

test('a long text is cut, and says so, so that the address stays within what systems take', () => {
  const lines = mailtoFor('reply', { ...message, text: 'строка текста\n'.repeat(500) }, limits);
  const paragraph = mailtoFor('reply', { ...message, text: 'слово '.repeat(2000) }, limits);
  const word = mailtoFor('reply', { ...message, text: 'ы'.repeat(5000) }, limits);
  expect(
    [lines, paragraph, word].map((url) => [
      url.length > 1_500 || url === word,
      url.length <= 1_900,
      bodyOf(url).endsWith('[…]'),
      bodyOf(url).includes('\ufffd'),
    ]),
  ).toEqual([
    [true, true, true, false],
    [true, true, true, false],
    [true, true, true, false],
  ]);
  expect(bodyOf(paragraph).split('\r\n').at(-1)).toMatch(/^> (?:слово )+\[…\]$/);
  const elsewhere = { ...limits, longestUrl: longestMailto('linux') };
  expect(
    bodyOf(mailtoFor('reply', { ...message, text: 'строка текста\n'.repeat(50) }, elsewhere)),
  ).not.toContain('[…]');
});

test('half a letter and a thread of a thousand ids do no harm', () => {
  const references = Array.from({ length: 1000 }, (_, at) => `${at}@example.org`);
  const url = mailtoFor('reply', { ...message, references, text: 'half \ud83d letter' }, limits);
  const given = new URL(url).searchParams.get('references') ?? '';
  expect([given.endsWith('<999@example.org> <1@example.org>'), given.length < 400, bodyOf(url)]).toEqual([
    true,
    true,
    expect.stringContaining('> half \ufffd letter'),
  ]);
});
