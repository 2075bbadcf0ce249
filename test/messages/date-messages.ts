import { lines, type MadeMessage, made } from './made-message.ts';

const date = (raw: string, wanted: string | null, problem: string | null = null): MadeMessage =>
  made(`Date: ${raw}`, lines(`Date: ${raw}`, 'Subject: x', '', 'body'), {
    date: wanted,
    dateProblem: problem,
  });

const moment = '2024-03-05T14:07:09.000Z';

/** Dates as they are really written, and those that are none. */
export const dateMessages: readonly MadeMessage[] = [
  date('Tue, 5 Mar 2024 14:07:09 +0000', moment),
  date('Tue, 05 Mar 2024 17:07:09 +0300 (MSK)', moment),
  date('5 Mar 2024 14:07:09 GMT', moment),
  date('Tue, 5 Mar 2024 09:07:09 EST', moment),
  date('Tue, 5 Mar 2024 17:07:09 MSK', moment),
  date('Tue,5 Mar 2024 14:07:09 +0000', moment),
  date('Tue, 5 Mar 2024 14:07 +0000', '2024-03-05T14:07:00.000Z'),
  date('Tue, 5 Mar 24 14:07:09 +0000', moment),
  date('Tue, 5 Mar 124 14:07:09 +0000', moment),
  date('Tue, 5 March 2024 14:07:09 +0000', moment),
  date('Tue Mar  5 14:07:09 2024', moment, 'zone-unknown'),
  date('Tue Mar  5 17:07:09 MSK 2024', moment),
  date('Tue, Mar 5 2024 2:07:09 PM +0000', moment),
  date('2024-03-05T14:07:09Z', moment),
  date('2024-03-05 17:07:09 +0300', moment),
  date('2024-03-05T14:07:09.123+00:00', moment),
  date('Tue, 5 Mar 2024 14.07.09 +0000', moment),
  date('5-Mar-2024 14:07:09 UT', moment),
  date('Вт, 5 мар 2024 17:07:09 +0300', moment),
  date('5 марта 2024 г. 17:07:09 +0300', moment),
  date('Di, 5 Mär 2024 15:07:09 +0100', moment),
  date('Tue, 5 Mar 2024 17:07:09 GMT+0300', moment),
  date('Tue, 5 Mar 2024 17:07:09 +03:00', moment),
  date('Tue, 5 Mar 2024 14:07:09', moment, 'zone-unknown'),
  date('Tue, 5 Mar 2024 14:07:09 XYZ', moment, 'zone-unknown'),
  date('Tue, 5 Mar 2024 14:07:09 -0000', moment),
  date('Tue, 5 Mar 2024 14:07:60 +0000', '2024-03-05T14:07:59.000Z'),
  date('Tue, (spring) 5 Mar (third) 2024 14:07:09 +0000', moment),
  date('Tue, 5 Mar 2024\r\n 14:07:09 +0000', moment),
  date('Tue, 31 Feb 2024 14:07:09 +0000', null, 'impossible'),
  date('Tue, 5 Mar 2024 27:07:09 +0000', null, 'impossible'),
  date('Tue, 5 Mar 9024 14:07:09 +0000', null, 'impossible'),
  date('05.03.2024 17:07:09 +0300', moment),
  date('yesterday', null, 'unreadable'),
  date('%DATE%', null, 'unreadable'),
  date('', null, 'missing'),
  made('no Date at all', lines('Subject: x', '', 'body'), { date: null, dateProblem: 'missing' }),
];
