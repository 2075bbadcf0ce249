import { lines, type MadeMessage, made, word } from './made-message.ts';

const from = (raw: string, ...wanted: string[]): MadeMessage =>
  made(`From: ${raw}`, lines(`From: ${raw}`, 'Subject: x', '', 'body'), { from: wanted.join(', ') });
const to = (raw: string, ...wanted: string[]): MadeMessage =>
  made(`To: ${raw.slice(0, 60)}`, lines(`To: ${raw}`, 'Subject: x', '', 'body'), { to: wanted });
const subject = (habit: string, raw: string, wanted: string): MadeMessage =>
  made(habit, lines(`Subject: ${raw}`, '', 'body'), { subject: wanted, text: 'body' });

const addresses: MadeMessage[] = [
  from('a@example.com', 'a@example.com'),
  from('<a@example.com>', 'a@example.com'),
  from('Ann Lee <a@example.com>', 'Ann Lee <a@example.com>'),
  from('"Lee, Ann" <a@example.com>', 'Lee, Ann <a@example.com>'),
  from('Lee, Ann <a@example.com>', 'Lee, Ann <a@example.com>'),
  from('"Ann \\"Annie\\" Lee" <a@example.com>', 'Ann "Annie" Lee <a@example.com>'),
  from('a@example.com (Ann Lee)', 'Ann Lee <a@example.com>'),
  from('a@example.com (Ann (the first) Lee)', 'Ann (the first) Lee <a@example.com>'),
  from("'Ann Lee' <a@example.com>", 'Ann Lee <a@example.com>'),
  from('Ann Lee a@example.com', 'Ann Lee <a@example.com>'),
  from('Ann Lee <a@example.com', 'Ann Lee <a@example.com>'),
  from('Ann Lee < a@example.com >', 'Ann Lee <a@example.com>'),
  from('"a@example.com" <a@example.com>', 'a@example.com <a@example.com>'),
  from('Team <news> <a@example.com>', 'Team news <a@example.com>'),
  from('<@relay.example,@b.example:a@example.com>', 'a@example.com'),
  from(`${word('Пётр')} <a@example.com>`, 'Пётр <a@example.com>'),
  from(`"${word('Пётр')}" <a@example.com>`, 'Пётр <a@example.com>'),
  from(`${word('Иванов, Пётр', 'utf-8', 'Q')} <a@example.com>`, 'Иванов, Пётр <a@example.com>'),
  from('=?utf-8?Q?Lee,_Ann?= <a@example.com>', 'Lee, Ann <a@example.com>'),
  from('=?utf-8?Q?Ann_<evil@example.org>?= <a@example.com>', 'Ann <evil@example.org> <a@example.com>'),
  from('MAILER-DAEMON', 'MAILER-DAEMON <>'),
  from('"Ann\tLee" <a@example.com>', 'Ann Lee <a@example.com>'),
  from("Ann O'Neil-Smith Jr. <a@example.com>", "Ann O'Neil-Smith Jr. <a@example.com>"),
  from('<почта@пример.рф>', 'почта@пример.рф'),
  to('a@example.com, b@example.com', 'a@example.com', 'b@example.com'),
  to('a@example.com; b@example.com', 'a@example.com', 'b@example.com'),
  to('Team: a@example.com, Ann <b@example.com>;', 'a@example.com', 'Ann <b@example.com>'),
  to('undisclosed-recipients:;'),
  to('a@example.com,, ,b@example.com,', 'a@example.com', 'b@example.com'),
  to('"A, B" <a@example.com>, C <c@example.com>', 'A, B <a@example.com>', 'C <c@example.com>'),
  to(
    `Anna Maria\r\n Lee <a@example.com>,\r\n\tb@example.com`,
    'Anna Maria Lee <a@example.com>',
    'b@example.com',
  ),
  to('mailto:a@example.com', 'a@example.com'),
];

const subjects: MadeMessage[] = [
  subject('a folded subject', 'one\r\n two\r\n\tthree', 'one two\tthree'.replace('\t', ' ')),
  subject('an encoded word beside plain text', `Re: ${word('Привет')} (fwd)`, 'Re: Привет (fwd)'),
  subject('encoded words without a blank between', `${word('При')}${word('вет')}`, 'Привет'),
  subject('an encoded word glued to text', `[list]${word('Привет')}!`, '[list]Привет!'),
  subject('an encoded word with blanks inside', '=?utf-8?Q?Hello big world?=', 'Hello big world'),
  subject('an encoded word with an unencoded question mark', '=?utf-8?Q?Who=3F_You??=', 'Who? You?'),
  subject('an encoded word with a language', '=?utf-8*ru?B?0J/RgNC40LLQtdGC?=', 'Привет'),
  subject('an encoded word whose end was lost on the way', '=?utf-8?B?0J/RgNC40LLQtdGC', 'Привет'),
  subject('something that only looks like an encoded word', 'a =?b?c', 'a =?b?c'),
  subject('a lower-case encoding letter', '=?UTF-8?b?0J/RgNC40LLQtdGC?=', 'Привет'),
  subject('base64 without padding', '=?utf-8?B?0J/RgNC40LLQtdGC0L4?=', 'Привето'),
  subject('several padded pieces in one word', '=?utf-8?B?0J/RgNC4?= =?utf-8?B?0LI==0LXRgg==?=', 'Привет'),
  subject('a subject that is encoded twice stays as decoded once', word(word('x')), word('x')),
  subject('an encoded line break becomes a blank', '=?utf-8?Q?one=0D=0ABcc:_two?=', 'one Bcc: two'),
  subject('an encoded zero is no letter', '=?utf-8?Q?a=00b?=', 'a b'),
  subject('direction overrides are taken out', '=?utf-8?B?4oCuZ3BqLmV4ZQ==?=', 'gpj.exe'),
  made('an empty subject', lines('Subject:', '', 'body'), { subject: '', text: 'body' }),
  made('no subject at all', lines('From: a@example.com', '', 'body'), { subject: '', text: 'body' }),
  made('two subjects: the first counts', lines('Subject: one', 'Subject: two', '', 'body'), {
    subject: 'one',
  }),
  made('header names in capitals', lines('SUBJECT: x', 'FROM: A@example.com', '', 'body'), {
    subject: 'x',
    from: 'A@example.com',
  }),
  made('blanks before the colon', lines('Subject : x', 'From : a@example.com', '', 'body'), {
    subject: 'x',
    from: 'a@example.com',
    text: 'body',
  }),
  made('no blank after the colon', lines('Subject:x', '', 'body'), { subject: 'x' }),
  made('a stray line among the headers', lines('Received: by x', 'stray words', 'Subject: x', '', 'body'), {
    subject: 'x',
    text: 'body',
  }),
  made(
    'an encoded word of another charset right after one',
    lines(`Subject: ${word('Привет', 'koi8-r')} ${word('всем', 'utf-8')}`, '', 'x'),
    { subject: 'Приветвсем' },
  ),
];

const ids: MadeMessage[] = [
  made(
    'ids with line ends between',
    lines('Message-ID: <a@x>', 'References: <1@x>', ' <2@x>\t<3@x>', '', 'b'),
    { messageId: 'a@x', references: ['1@x', '2@x', '3@x'] },
  ),
  made('an id without brackets', lines('Message-ID: a@x', '', 'b'), { messageId: 'a@x' }),
  made('ids glued together', lines('References: <1@x><2@x>', '', 'b'), { references: ['1@x', '2@x'] }),
  made('ids parted by commas', lines('References: <1@x>,<2@x>', '', 'b'), { references: ['1@x', '2@x'] }),
  made('an id folded onto the next line', lines('Message-ID:', ' <a@x>', '', 'b'), { messageId: 'a@x' }),
  made('references that are no ids', lines('References: your letter of today', '', 'b'), { references: [] }),
];

/** Headers: people, subjects, ids. */
export const headerMessages: readonly MadeMessage[] = [...addresses, ...subjects, ...ids];
