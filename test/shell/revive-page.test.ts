import { expect, test } from 'vitest';
import { revivePage } from '../../electron/shell/windows/revive-page.ts';

test('a page that dies is loaded again, but not more than three times a minute', () => {
  let loads = 0;
  const page = {
    reload: () => {
      loads += 1;
    },
  };
  const loadsAfter = (seconds: number) => {
    revivePage(page, seconds * 1000);
    return loads;
  };
  expect([0, 1, 2, 3, 4, 60, 64].map(loadsAfter)).toEqual([1, 2, 3, 3, 3, 3, 4]);
});
