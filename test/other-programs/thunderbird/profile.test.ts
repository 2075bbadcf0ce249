import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, foundAt } from '../found-at.ts';

const prefs = `// a comment
user_pref("mail.accountmanager.accounts", "account1,account2,account3");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account2.server", "server2");
user_pref("mail.account.account3.server", "server3");
user_pref("mail.identity.id1.useremail", "vera@example.org");
user_pref("mail.server.server1.type", "pop3");
user_pref("mail.server.server1.hostname", "pop.example.org");
user_pref("mail.server.server1.userName", "vera");
user_pref("mail.server.server1.socketType", 3);
user_pref("mail.server.server1.leave_on_server", true);
user_pref("mail.server.server1.delete_by_age_from_server", true);
user_pref("mail.server.server1.num_days_to_leave_on_server", 30);
user_pref("mail.server.server1.directory-rel", "[ProfD]Mail/pop.example.org");
user_pref("mail.server.server2.type", "none");
user_pref("mail.server.server2.hostname", "Local Folders");
user_pref("mail.server.server2.directory-rel", "[ProfD]Mail/Local Folders");
user_pref("mail.server.server3.type", "pop3");
user_pref("mail.server.server3.hostname", "pop.example.net");
user_pref("mail.server.server3.userName", "vera2");
user_pref("mail.server.server3.socketType", 1);
user_pref("mail.server.server3.deferred_to_account", "account2");
user_pref("mail.server.server3.directory-rel", "[ProfD]Mail/pop.example.net");
user_pref("mailnews.tags.=d0=b4=d0=be=d0=bc.tag", "дом");
user_pref("half
`;

/** An entry as Thunderbird on Linux writes it: the separator and the blank line in CRLF, the mail in LF. */
const entry = (
  subject: string,
  status: string,
  more: { keys?: string; account?: string; body?: string } = {},
) =>
  `From - Sat Nov 28 13:06:25 2026\r\nX-Account-Key: ${more.account ?? 'account1'}\nX-UIDL: id-${subject}\nX-Mozilla-Status: ${status}\nX-Mozilla-Status2: 00000000\nX-Mozilla-Keys: ${(more.keys ?? '').padEnd(80)}\nSubject: ${subject}\nX-Mozilla-Draft-Info: mine\n\n${more.body ?? 'Body.\n'}\r\n`;

const sent = (subject: string, body = 'Body.\r\n') =>
  `Subject: ${subject}\r\nX-Mozilla-Draft-Info: mine\r\n\r\n${body}`;

function profile() {
  return folderWith({
    'prefs.js': prefs,
    'folderCache.json': JSON.stringify({
      '/elsewhere/Mail/pop.example.org/a.be21945a4.msf': { folderName: 'a.b: c?' },
    }),
    'Mail/pop.example.org/Inbox':
      entry('one', '0001') +
      entry('two', '0000', {
        keys: '$label1 =d0=b4=d0=be=d0=bc NonJunk',
        body: '>From here\n>>From there\n',
      }) +
      entry('moved', '0009') +
      entry('three', '1007'),
    'Mail/pop.example.org/Inbox.msf': '// mork',
    'Mail/pop.example.org/a.be21945a4': entry('four', '0001'),
    'Mail/pop.example.org/Семья.msf': '',
    'Mail/pop.example.org/Семья.sbd/2019/cur/1700000000.M1P2.host.eml': entry('five', '0001').replace(
      /^From .*\r\n|\r\n$/g,
      '',
    ),
    'Mail/pop.example.org/popstate.dat':
      '# POP3 State File\n\n*pop.example.org vera\nk id-one 1\nd id-gone 2\nb id-big 3\n',
    'Mail/Local Folders/Inbox': entry('six', '0000', { account: 'account3' }) + entry('seven', '0001'),
    'Mail/Local Folders/Unsent Messages': entry('eight', '0001'),
    'Mail/Local Folders/Empty': '',
    'Mail/pop.example.net/popstate.dat': '*pop.example.net vera2\nk id-six 1\n',
  });
}

test('a profile gives folders, marks and tags, and the bytes that the server sent', async () => {
  const { messages, leftOut, folders } = await foundAt(profile());
  const at = Date.UTC(2026, 10, 28, 13, 6, 25);
  const message = (folder: string, subject: string, marks: string, more: object = {}) => ({
    folder,
    marks,
    tags: [],
    text: sent(subject),
    uidl: `id-${subject}`,
    receivedAt: at,
    ...more,
  });
  expect(messages).toEqual([
    message('account1:Inbox', 'one', 'read'),
    message('account1:Inbox', 'two', '', {
      tags: ['Important', 'дом'],
      text: sent('two', 'From here\r\n>From there\r\n'),
    }),
    message('account1:Inbox', 'three', 'read starred replied forwarded'),
    message('account1:a.b: c?', 'four', 'read'),
    message('account1:Семья/2019', 'five', 'read', {
      receivedAt: 1_700_000_000_000,
    }),
    message('account3:Inbox', 'six', ''),
    // The id is that of another account's server.
    message(':Inbox', 'seven', 'read', { uidl: null }),
    message(':Outbox', 'eight', 'read', { uidl: null }),
  ]);
  expect(leftOut).toEqual(['deleted']);
  expect(folders).toContain(':Empty');
});

test('accounts come with server, security and retention, and with the ids that are known', async () => {
  const { mails } = await foundAt(profile());
  expect(mails[0]?.accounts).toEqual([
    {
      key: 'account1',
      name: 'vera@example.org',
      address: 'vera@example.org',
      host: 'pop.example.org',
      port: 995,
      security: 'tls',
      user: 'vera',
      retention: { kind: 'remove-after-days', days: 30 },
      deletesOnServerWhenDeletedHere: false,
      checkEveryMinutes: null,
    },
    {
      key: 'account3',
      name: 'vera2',
      address: 'vera2@pop.example.net',
      host: 'pop.example.net',
      port: 110,
      security: 'starttls',
      user: 'vera2',
      retention: { kind: 'remove-when-stored' },
      deletesOnServerWhenDeletedHere: false,
      checkEveryMinutes: null,
    },
  ]);
  expect(mails[0]?.knownIds).toEqual([
    { accountKey: 'account1', uidl: 'id-one', state: 'kept' },
    { accountKey: 'account1', uidl: 'id-gone', state: 'to-delete' },
    { accountKey: 'account1', uidl: 'id-big', state: 'partial' },
    { accountKey: 'account3', uidl: 'id-six', state: 'kept' },
  ]);
});

test.skipIf(process.platform === 'win32')('a program that runs is noticed by its lock', async () => {
  const folder = profile();
  const before = (await foundAt(folder)).mails[0]?.isRunning;
  symlinkSync('127.0.1.1:+99999', join(folder, 'lock'));
  const { mails, leftOut } = await foundAt(folder);
  expect([before, mails[0]?.isRunning, leftOut]).toEqual([false, true, ['deleted']]);
});

test('rules become ours where all of their conditions have an equal', async () => {
  const rules = `version="9"
name="Builds"
enabled="yes"
type="17"
action="Move to folder"
actionValue="mailbox://vera@pop.example.org/%D0%A1%D0%B5%D0%BC%D1%8C%D1%8F/2019"
action="Mark read"
action="Stop execution"
condition="AND (from,contains,bot@example.org) AND (\\"list-id\\",contains,a, b)"
name="Either"
enabled="no"
action="AddTag"
actionValue="$label1"
condition="OR (subject,contains,one) OR (from,is,two) OR (size,is greater than,5)"
name="Spam"
action="Delete"
condition="AND (subject,contains,say \\"hi\\") AND (body,contains,pills)"
`;
  const { mails } = await foundAt(
    folderWith({
      'Mail/pop.example.org/msgFilterRules.dat': rules,
      'prefs.js': prefs,
      'Mail/pop.example.org/Семья.sbd/2019': '',
    }),
  );
  expect(mails[0]?.filters).toEqual([
    {
      accountKey: 'account1',
      name: 'Builds',
      isEnabled: true,
      rules: [
        {
          conditions: [
            { kind: 'from', contains: 'bot@example.org' },
            { kind: 'header', name: 'list-id', contains: 'a, b' },
          ],
          actions: [
            { kind: 'move', folder: { accountKey: 'account1', path: ['Семья', '2019'], role: null } },
            { kind: 'mark-read' },
          ],
        },
      ],
      notTaken: ['Stop execution'],
    },
    {
      accountKey: 'account1',
      name: 'Either',
      isEnabled: false,
      rules: [
        { conditions: [{ kind: 'subject', contains: 'one' }], actions: [{ kind: 'tag', tag: 'Important' }] },
        { conditions: [{ kind: 'larger', bytes: 5120 }], actions: [{ kind: 'tag', tag: 'Important' }] },
      ],
      notTaken: ['from is two'],
    },
    {
      accountKey: 'account1',
      name: 'Spam',
      isEnabled: true,
      rules: [],
      notTaken: ['body contains pills'],
    },
  ]);
});
