import { expect, test } from 'vitest';
import { type MarkOfTheWebTools, setMarkOfTheWeb } from '../../electron/reading/mark-of-the-web.ts';

async function markedOn(platform: NodeJS.Platform, breaks = false) {
  const done: unknown[] = [];
  const note = async (...what: unknown[]) => {
    done.push(what);
    if (breaks) throw new Error('not on this disk');
  };
  const tools: MarkOfTheWebTools = {
    platform,
    writeStream: note,
    run: note,
    now: () => 1_700_000_000_000,
    newId: () => 'a2f6c1f0-0000-4000-8000-000000000001',
  };
  await setMarkOfTheWeb('/saved/report.pdf', tools);
  return done;
}

test('a saved file is marked as the system it is on expects', async () => {
  expect({
    windows: await markedOn('win32'),
    mac: await markedOn('darwin'),
    linux: await markedOn('linux'),
  }).toEqual({
    windows: [
      ['/saved/report.pdf:Zone.Identifier', '[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=about:internet\r\n'],
    ],
    mac: [
      [
        '/usr/bin/xattr',
        [
          '-w',
          'com.apple.quarantine',
          '0083;6553f100;Poppy;A2F6C1F0-0000-4000-8000-000000000001',
          '/saved/report.pdf',
        ],
      ],
    ],
    linux: [],
  });
});

test('a disk that cannot hold the mark still has the file', async () => {
  expect(await markedOn('win32', true)).toHaveLength(1);
});
