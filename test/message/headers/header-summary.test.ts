import { expect, test } from 'vitest';
import { summariseHeaders } from '../../../electron/message/headers/header-summary.ts';
import { parseMessage } from '../../../electron/message/parsing/parse.ts';
import { messageGroups } from '../../messages/all-messages.ts';
import { lines } from '../../messages/made-message.ts';

test('gives the list what the reader shows, for every made message', async () => {
  const different: string[] = [];
  const { hostile: _, ...groups } = messageGroups;
  for (const { habit, bytes } of Object.values(groups).flat()) {
    const message = await parseMessage(bytes);
    const { subject, from, sentAt } = summariseHeaders(bytes);
    const nobody = { name: '', address: '' };
    const shown = {
      subject: message.subject,
      from: message.from[0] ?? message.sender ?? message.replyTo[0] ?? nobody,
      sentAt: message.sentAt,
    };
    const summary = { subject, from, sentAt };
    // A subject that is hidden inside of what is signed shows when the message is read whole.
    if (subject === '...') continue;
    if (JSON.stringify(shown) !== JSON.stringify(summary)) different.push(habit);
  }
  expect(different).toEqual([]);
});

test('takes headers without a body, cut off, or none at all', () => {
  const subjects = [
    lines('Subject: x', 'From: a@b.example'),
    'Subject: x\r\n',
    'Subject: x',
    '',
    '\r\n\r\n',
    '\0\0',
  ];
  expect(subjects.map((text) => summariseHeaders(Buffer.from(text)).subject)).toEqual([
    'x',
    'x',
    'x',
    '',
    '',
    '',
  ]);
});

test('reads raw letters in the charset the account falls back to when nothing else tells', () => {
  const bytes = Buffer.concat([Buffer.from('Subject: '), Buffer.from([0xe4]), Buffer.from('\r\n\r\n')]);
  expect([
    summariseHeaders(bytes).subject,
    summariseHeaders(bytes, { fallbackCharset: 'windows-1251' }).subject,
    summariseHeaders(bytes, { charset: 'koi8-r' }).subject,
  ]).toEqual(['ä', 'д', 'Д']);
});
