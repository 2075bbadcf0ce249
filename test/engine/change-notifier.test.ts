import { expect, test } from 'vitest';
import { ChangeNotifier } from '../../electron/engine/change-notifier.ts';
import type { AccountId } from '../../shared/ids.ts';

const anna = 'a11a000000000001' as AccountId;

test('a change right after a report is told too, whether or not its account is known', async () => {
  const reports: (readonly AccountId[])[] = [];
  let heard: () => void = () => undefined;
  const notifier = new ChangeNotifier((accountIds) => {
    reports.push(accountIds);
    heard();
  });
  const next = () =>
    new Promise<void>((resolve) => {
      heard = resolve;
    });
  notifier.note([anna]);
  const second = next();
  notifier.note();
  notifier.note();
  await second;
  const third = next();
  notifier.note([anna]);
  await third;
  notifier.close();
  expect(reports).toEqual([[anna], [], [anna]]);
});
