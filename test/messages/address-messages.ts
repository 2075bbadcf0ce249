import { lines, type MadeMessage, made } from './made-message.ts';

const fields = (habit: string, head: readonly string[], expected: MadeMessage['expected']): MadeMessage =>
  made(habit, lines(...head, 'Subject: x', '', 'hello', ''), expected);
const from = (habit: string, field: string, wanted: string): MadeMessage =>
  fields(habit, [`From: ${field}`], { from: wanted });
const to = (habit: string, field: string, ...wanted: string[]): MadeMessage =>
  fields(habit, [`To: ${field}`], { to: wanted });

/** Addresses and ids as the standard allows them and as programs break them. */
export const addressMessages: readonly MadeMessage[] = [
  from(
    'a quoted local part without brackets',
    '"taro..hana."@docomo.example',
    '"taro..hana."@docomo.example',
  ),
  to(
    'quoted local parts among others',
    '"b b"@home.example, c@d.example, "e,f"@g.example',
    '"b b"@home.example',
    'c@d.example',
    '"e,f"@g.example',
  ),
  to('a quoted name before an address', '"a@b.example" <c@d.example>', 'a@b.example <c@d.example>'),
  from('an IPv6 literal', 'anna@[IPv6:2001:db8::1]', 'anna@[IPv6:2001:db8::1]'),
  to(
    'literals among others',
    'a@[IPv6:2001:db8::1], b@[192.0.2.1], c@d.example',
    'a@[IPv6:2001:db8::1]',
    'b@[192.0.2.1]',
    'c@d.example',
  ),
  from('an IPv6 literal in brackets', 'Anna <anna@[IPv6:2001:db8::1]>', 'Anna <anna@[IPv6:2001:db8::1]>'),
  from(
    'comments within the brackets',
    'Anna (gardener) <anna(home)@one.example(work)>',
    'Anna <anna@one.example>',
  ),
  to('comments within an address', 'ben(desk)@two.example, c@(x)d.example', 'ben@two.example', 'c@d.example'),
  to('a comment behind an address, as a name', 'ben@two.example (Ben)', 'Ben <ben@two.example>'),
  to(
    'a bracket that is not closed',
    ' <Jan Kos <jan@home.example, Eva Lind <eva@home.example>,\r\n "Tom Oak" <tom@home.example>',
    'Jan Kos <jan@home.example>',
    'Eva Lind <eva@home.example>',
    'Tom Oak <tom@home.example>',
  ),
  to(
    'brackets that are never closed',
    'Jan <jan@home.example, Eva <eva@home.example',
    'Jan <jan@home.example>',
    'Eva <eva@home.example>',
  ),
  to(
    'a bracket too many',
    'Jan <<jan@home.example>, eva@home.example',
    'Jan <jan@home.example>',
    'eva@home.example',
  ),
  to('a route of hosts', '<@a.example,@b.example:c@d.example>, e@f.example', 'c@d.example', 'e@f.example'),
  to(
    'a group',
    'Friends: a@b.example, "C D" <c@d.example>;, e@f.example',
    'a@b.example',
    'C D <c@d.example>',
    'e@f.example',
  ),
  to('an empty group', 'undisclosed-recipients:;'),
  from(
    'words between the brackets',
    '<Saved by a browser>',
    '<Saved by a browser>'.replace(/[<>]/g, '') + ' <>',
  ),
  fields(
    'several To and Cc fields',
    ['To: a@b.example', 'Cc: c@d.example', 'To: e@f.example', 'Cc: g@h.example'],
    {
      to: ['a@b.example', 'e@f.example'],
      cc: ['c@d.example', 'g@h.example'],
    },
  ),
  fields('two senders', ['From: Ann <a@b.example>, Bank <c@d.example>'], {
    from: 'Ann <a@b.example>, Bank <c@d.example>',
  }),
  fields('two From fields', ['From: a@b.example', 'From: c@d.example'], { from: 'a@b.example, c@d.example' }),
  made(
    'blanks before the colon of the first field',
    lines('From  : Anna <anna@one.example>', 'To: b@c.example', '', 'x', ''),
    {
      from: 'Anna <anna@one.example>',
      to: ['b@c.example'],
    },
  ),
  made(
    'the line of an mbox file before the fields',
    lines('From anna@one.example Tue Mar  5 14:07:09 2024', 'From: a@b.example', '', 'x', ''),
    {
      from: 'a@b.example',
    },
  ),
  fields(
    'references in encoded words',
    ['References: <one@x.example>', ' =?utf-8?q?=3Ctwo=40x=2Eexample=3E?='],
    {
      references: ['one@x.example', 'two@x.example'],
    },
  ),
  fields('references in several fields', ['References: <a@x>', 'References: <b@x> <a@x>'], {
    references: ['a@x', 'b@x'],
  }),
  made(
    'a soft line break in an encoded word',
    lines('Subject: =?iso-8859-1?Q?Mitgli=  eder f=FCr =\r\n alle?=', '', 'x', ''),
    {
      subject: 'Mitglieder für alle',
    },
  ),
  ...(
    [
      ['ter, 1 out 2024 10:00:00 -0300', '2024-10-01T13:00:00.000Z'],
      ['sex, 7 fev 2025 10:00:00 -0300', '2025-02-07T13:00:00.000Z'],
      ['mar., 6 août 2024 10:00:00 +0200', '2024-08-06T08:00:00.000Z'],
      ['Di, 4 Dez 2024 10:00:00 +0100', '2024-12-04T09:00:00.000Z'],
      ['wo, 12 mrt 2025 10:00:00 +0100', '2025-03-12T09:00:00.000Z'],
      ['śr, 3 wrz 2025 10:00:00 +0200', '2025-09-03T08:00:00.000Z'],
      ['pá, 10 říj 2025 10:00:00 +0200', '2025-10-10T08:00:00.000Z'],
      ['tis, 6 maj 2025 10:00:00 +0200', '2025-05-06T08:00:00.000Z'],
      ['Sal, 9 Eyl 2025 10:00:00 +0300', '2025-09-09T07:00:00.000Z'],
      ['ti, 4 marraskuuta 2025 10:00:00 +0200', '2025-11-04T08:00:00.000Z'],
      ['2025. márc. 5. 10:00:00 +0100', '2025-03-05T09:00:00.000Z'],
      ['Вт, 4 лют 2025 10:00:00 +0200', '2025-02-04T08:00:00.000Z'],
      ['joi, 6 noi 2025 10:00:00 +0200', '2025-11-06T08:00:00.000Z'],
      ['2024年3月5日 10:00:00 +0900', '2024-03-05T01:00:00.000Z'],
      ['mer, 12 giu 2024 10:00:00 +0200', '2024-06-12T08:00:00.000Z'],
      ['jue, 4 ene 2024 10:00:00 +0100', '2024-01-04T09:00:00.000Z'],
    ] as const
  ).map(([date, wanted]) => fields(`the date ${date}`, [`Date: ${date}`], { date: wanted })),
];
