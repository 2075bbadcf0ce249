import { expect, test } from 'vitest';
import { folderWith, foundAt } from '../found-at.ts';

const from = 'From vera@example.org Sat Jan  3 09:00:00 2004\n';
const texts = (found: { messages: readonly { text: string }[] }) => found.messages.map(({ text }) => text);

test('marks that programs write at the end of the headers become ours, and leave the bytes', async () => {
  const folder = folderWith({
    'Work.mbox': `${from}Subject: one\nStatus: RO\nX-Status: AF\nX-Keywords: $label2 Orders\nX-UID: 7\n\nBody.\n\n${from}Subject: two\nStatus: O\n\nBody.\n\n${from}Subject: three\nX-Status: D\n\nBody.\n\n${from}Status: mine\nReceived: by a server\nSubject: four\n\nBody.\n`,
  });
  const { messages, leftOut } = await foundAt(`${folder}/Work.mbox`);
  const receivedAt = Date.UTC(2004, 0, 3, 9);
  expect([messages, leftOut]).toEqual([
    [
      {
        folder: ':Work',
        marks: 'read starred replied',
        tags: ['Work', 'Orders'],
        text: 'Subject: one\r\n\r\nBody.\r\n',
        uidl: null,
        receivedAt,
      },
      { folder: ':Work', marks: '', tags: [], text: 'Subject: two\r\n\r\nBody.\r\n', uidl: null, receivedAt },
      {
        folder: ':Work',
        marks: 'read',
        tags: [],
        text: 'Status: mine\r\nReceived: by a server\r\nSubject: four\r\n\r\nBody.\r\n',
        uidl: null,
        receivedAt,
      },
    ],
    ['deleted'],
  ]);
});

test('a line of a letter that begins with From does not cut it, though a blank line is before it', async () => {
  const body = 'Hello.\n\nFrom the garden I send you greetings.\n\nFrom Sat Jan  3 on we are away.\n';
  const folder = folderWith({ Letters: `${from}Subject: one\n\n${body}\n${from}Subject: two\n\nBody.\n` });
  expect(texts(await foundAt(`${folder}/Letters`))).toEqual([
    `Subject: one\r\n\r\n${body.replaceAll('\n', '\r\n')}`,
    'Subject: two\r\n\r\nBody.\r\n',
  ]);
});

test('one bare From line says of all counted messages that none of them is quoted', async () => {
  const counted = (body: string) => `${from}Content-Length: ${body.length}\n\n${body}\n`;
  const quoting = folderWith({ box: counted('>From one\n') + counted('two\n') });
  const bare = folderWith({ box: counted('>From one\n') + counted('From two\n') });
  expect([texts(await foundAt(`${quoting}/box`)), texts(await foundAt(`${bare}/box`))]).toEqual([
    ['\r\nFrom one\r\n', '\r\ntwo\r\n'],
    ['\r\n>From one\r\n', '\r\nFrom two\r\n'],
  ]);
});

test('Google Takeout gives labels as folders and tags, in the language of the account', async () => {
  const entry = (labels: string) =>
    `From 1700000000000000000@xxx Sat Jan 03 09:00:00 +0000 2004\nX-GM-THRID: 17\nX-Gmail-Labels: ${labels}\nSubject: a\n\nBody.\n\n`;
  const folder = folderWith({
    'Takeout/Mail/All mail.mbox': [
      entry('Inbox,Unread,Starred,"a, b \\"c\\""'),
      entry('Archived,Opened,Family/2019,Category Updates'),
      entry(
        '=?UTF-8?B?0JLRhdC+0LTRj9GJ0LjQtSzQndC10L/RgNC+0YfQuNGC0LDQvdC90YvQtSzQlNC+?=\n =?UTF-8?B?0Lw=?=',
      ),
      entry('Inbox,Trash,Opened'),
    ].join(''),
  });
  const { messages, mails } = await foundAt(folder);
  expect(mails[0]?.program).toBe('takeout');
  expect(messages.map(({ folder: name, marks, tags, text }) => [name, marks, tags, text])).toEqual([
    [':Inbox', 'starred', ['a, b "c"'], 'Subject: a\r\n\r\nBody.\r\n'],
    [':Archive', 'read', ['Family/2019'], 'Subject: a\r\n\r\nBody.\r\n'],
    [':Inbox', '', ['Дом'], 'Subject: a\r\n\r\nBody.\r\n'],
    [':Trash', 'read', [], 'Subject: a\r\n\r\nBody.\r\n'],
  ]);
});
