import { onThisComputer } from '../../../shared/folder.ts';
import type { FoundMail, MovingInReport } from '../../../shared/moving-in.ts';

/** Mail of another program that the pretended program finds. */
export const foundMail: readonly FoundMail[] = [
  {
    program: 'thunderbird',
    place: '/home/olga/.thunderbird/8f2k1x0q.default-release',
    folders: 37,
    sizeBytes: 3_412_000_000,
  },
];

/** What would come of it, or came. */
export function movedMail(isDone: boolean): MovingInReport {
  const folder = (mailbox: string, path: readonly string[], read: number, here: number, leftOut: number) => ({
    ...{ mailbox, path, read, here, leftOut },
    new: read - here - leftOut,
  });
  const folders = [
    folder('olga@example.org', ['Inbox'], 12_408, isDone ? 0 : 37, 13),
    folder(
      'olga@example.org',
      ['Семья', 'Фотографии с дачи и другие длинные названия папок', '2019'],
      803,
      0,
      0,
    ),
    folder('', ['Archive of the old computer'], 35_000, 0, 0),
  ];
  const sum = (of: 'read' | 'new' | 'here') => folders.reduce((all, one) => all + one[of], 0);
  return {
    programs: ['thunderbird'],
    running: isDone ? [] : ['thunderbird'],
    folders,
    leftOut: [{ why: 'deleted', count: 13, places: ['Mail/pop.example.org/Inbox, message 48'] }],
    accounts: [
      {
        accountId: onThisComputer,
        name: 'Olga',
        address: 'olga@example.org',
        host: 'pop.example.org',
        user: 'olga',
        isHere: false,
      },
    ],
    ...{ read: sum('read'), new: sum('new'), here: sum('here'), isStopped: false },
  };
}
