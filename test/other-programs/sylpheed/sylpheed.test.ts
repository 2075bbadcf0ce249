import { expect, test } from 'vitest';
import { folderWith, foundAt } from '../found-at.ts';

const letter = (subject: string) => `Subject: ${subject}\n\nBody.\n`;
const sent = (subject: string) => letter(subject).replaceAll('\n', '\r\n');

/** Numbers of 32 bits, the lowest byte first. */
function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeInt32LE(value, index * 4);
  return bytes;
}

const accountrc = `[Account: 1]
account_name=Vera
address=vera@example.org
protocol=0
receive_server=pop.example.org
user_id=vera
password=never
set_popport=1
pop_port=8110
ssl_pop=2
remove_mail=0
message_leave_time=7
inbox=#mh/Mail/inbox
`;

const folderlist = `<?xml version="1.0" encoding="UTF-8"?>
<folderlist><folder type="mh" path="Mail" name="Mail">
<folderitem path="inbox" type="inbox" name="inbox" />
<folderitem path="queue" type="queue" name="queue" />
<folderitem path="Дом" type="normal" name="Дом"><folderitem path="Дом/2019" type="normal" name="2019" /></folderitem>
<folderitem path="Empty" type="normal" name="Empty" />
</folder></folderlist>
`;

const claws = {
  '.claws-mail/accountrc': accountrc,
  '.claws-mail/clawsrc': '',
  '.claws-mail/folderlist.xml': folderlist,
  '.claws-mail/passwordstorerc': '[account:1]\nrecv=secret\n',
  '.claws-mail/tagsrc': 'max_id 2\n1\tImportant\n2\tЗаказы\n',
  '.claws-mail/tagsdb/#mh/Mail/inbox/.claws_tags': words(1, 2, 1, 2, -1, 10, -1),
  '.claws-mail/uidl/pop.example.org-vera': 'a\t1\t0\nb\t2\t1\n',
  '.claws-mail/matcherrc':
    '[filtering]\nenabled rulename "one" account 0 from matchcase "bot@example.org" & subject match "x" move "#mh/Mail/Дом/2019" mark_as_read stop\nenabled rulename "two" account 0 ~subject regexp "^x" mark\n\n[other]\n',
  'Mail/inbox/1': letter('one'),
  'Mail/inbox/2': letter('two'),
  'Mail/inbox/10': letter('ten'),
  'Mail/inbox/11': letter('new'),
  // Read; starred and answered; deleted, with the marks not yet carried out; 11 is not known yet.
  'Mail/inbox/.claws_mark': words(2, 1, 0, 2, 0b110110, 10, 0b1000),
  'Mail/inbox/.claws_cache': 'x',
  'Mail/Дом/2019/1': letter('deep'),
  'Mail/Дом/2019/.mh_sequences': 'unseen: 1-3 7\n',
};

test('Claws Mail gives its folders, marks and tags, and the bytes of the server', async () => {
  const { mails, messages, leftOut, folders } = await foundAt(folderWith(claws));
  const message = (subject: string, marks: string, tags: readonly string[] = []) => ({
    folder: 'account1:inbox',
    marks,
    tags,
    text: sent(subject),
    uidl: null,
    receivedAt: null,
  });
  expect([messages.length, mails[0]?.program, leftOut]).toEqual([4, 'claws', ['deleted']]);
  expect(messages.toSorted((a, b) => a.folder.localeCompare(b.folder))).toEqual([
    message('one', 'read'),
    message('two', 'starred replied forwarded', ['Important', 'Заказы']),
    message('new', ''),
    { ...message('deep', ''), folder: 'account1:Дом/2019' },
  ]);
  expect(folders.toSorted()).toEqual([
    'account1:Empty',
    'account1:inbox',
    'account1:queue',
    'account1:Дом',
    'account1:Дом/2019',
  ]);
});

test('Claws Mail gives its account, known ids and rules', async () => {
  const { mails } = await foundAt(folderWith(claws));
  expect(mails[0]?.accounts).toMatchObject([
    { host: 'pop.example.org', port: 8110, security: 'starttls', user: 'vera', retention: { kind: 'keep' } },
  ]);
  expect(mails[0]?.knownIds).toEqual([
    { accountKey: 'account1', uidl: 'a', state: 'kept' },
    { accountKey: 'account1', uidl: 'b', state: 'partial' },
  ]);
  expect(mails[0]?.filters).toEqual([
    {
      accountKey: null,
      name: 'one',
      isEnabled: true,
      rules: [
        {
          conditions: [
            { kind: 'from', contains: 'bot@example.org' },
            { kind: 'subject', contains: 'x' },
          ],
          actions: [
            { kind: 'move', folder: { accountKey: 'account1', path: ['Дом', '2019'], role: null } },
            { kind: 'mark-read' },
          ],
        },
      ],
      notTaken: ['stop'],
    },
    { accountKey: null, name: 'two', isEnabled: true, rules: [], notTaken: ['~subject regexp ^x'] },
  ]);
});

test('a folder of MH without a program has its unread messages named, and one file that is no mail is told', async () => {
  const folder = folderWith({
    'Mail/work/3': letter('three'),
    'Mail/work/.mh_sequences': 'cur: 3\nunseen: 3\n',
    'Mail/inbox/1': letter('one'),
    'Mail/inbox/,2': letter('removed'),
    'Mail/other/notes.txt': 'not mail',
  });
  const { messages, leftOut, mails } = await foundAt(`${folder}/Mail`);
  expect([mails[0]?.program, leftOut]).toEqual(['mh', ['not-mail']]);
  expect(messages.map(({ folder: name, marks }) => [name, marks]).toSorted()).toEqual([
    [':inbox', 'read'],
    [':work', ''],
  ]);
});
