import { expect, test } from 'vitest';
import { folderWith, foundAt } from '../found-at.ts';

const letter = (subject: string) => `Subject: ${subject}\n\nBody.\n`;
const subjectOf = (text: string) => /^Subject: (.*)\r$/m.exec(text)?.[1];

test('Maildir++ gives folders with readable names, flags and keywords', async () => {
  const folder = folderWith({
    'Maildir/cur/1700000000.M1P2.host,S=23,W=26:2,FRS': letter('one'),
    'Maildir/cur/1700000001.M1P2.host:2,abSP': letter('two'),
    'Maildir/cur/1700000002.M1P2.host:2,ST': letter('deleted'),
    'Maildir/new/1700000003.M1P2.host': letter('new'),
    'Maildir/tmp/1700000004.M1P2.host': letter('half'),
    'Maildir/dovecot-keywords': '0 $label1\n1 Orders\n',
    'Maildir/.&BBQEPgQ8-.2019/cur/1700000005.M1P2.host:2,': letter('deep'),
    'Maildir/.R&-D/new/1700000006.M1P2.host': letter('and'),
  });
  const { messages, leftOut, folders, mails } = await foundAt(folder);
  expect(messages.map(({ text, ...one }) => ({ ...one, subject: subjectOf(text) }))).toEqual([
    { folder: ':Inbox', marks: '', tags: [], uidl: null, receivedAt: 1_700_000_003_000, subject: 'new' },
    {
      folder: ':Inbox',
      marks: 'read starred replied',
      tags: [],
      uidl: null,
      receivedAt: 1_700_000_000_000,
      subject: 'one',
    },
    {
      folder: ':Inbox',
      marks: 'read forwarded',
      tags: ['Important', 'Orders'],
      uidl: null,
      receivedAt: 1_700_000_001_000,
      subject: 'two',
    },
    { folder: ':Дом/2019', marks: '', tags: [], uidl: null, receivedAt: 1_700_000_005_000, subject: 'deep' },
    { folder: ':R&D', marks: '', tags: [], uidl: null, receivedAt: 1_700_000_006_000, subject: 'and' },
  ]);
  expect([mails[0]?.program, leftOut, folders]).toEqual([
    'maildir',
    ['deleted'],
    [':Inbox', ':Дом/2019', ':R&D'],
  ]);
});

test('KMail keeps folders in folders of its own naming, and Evolution escapes dots', async () => {
  const kmail = folderWith({
    'mail/inbox/cur/1700000000.R1.host:2,S': letter('one'),
    'mail/Work/new/1700000001.R1.host': letter('two'),
    'mail/.Work.directory/2019/cur/1700000002.R1.host:2,S': letter('three'),
  });
  const evolution = folderWith({
    'evolution/mail/local/cur/1700000000.R1.host:2,S': letter('one'),
    'evolution/mail/local/.v1_2E0.sub/cur/1700000001.R1.host:2,S': letter('two'),
  });
  const found = [await foundAt(kmail), await foundAt(`${evolution}/evolution/mail/local`)];
  expect(
    found.map(({ mails, messages }) => [mails[0]?.program, messages.map((one) => one.folder).toSorted()]),
  ).toEqual([
    ['kmail', [':Work', ':Work/2019', ':inbox']],
    ['evolution', [':Inbox', ':v1.0/sub']],
  ]);
});
