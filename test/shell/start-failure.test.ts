import { expect, test } from 'vitest';
import { startFailureText } from '../../electron/shell/start/start-failure.ts';
import type { Failure } from '../../shared/failure.ts';

test.each<[Failure, RegExp]>([
  [{ kind: 'store-busy', canRetry: true }, /already running/],
  [{ kind: 'disk-full', canRetry: true }, /disk is full.*Nothing was lost/],
  [{ kind: 'folder-read-only', canRetry: true }, /\/mail cannot be written to/],
  [{ kind: 'store-damaged', what: 'index', canRetry: false }, /\/mail could not be opened \(store-damaged\)/],
])('says in words why the mail folder does not open: $kind', (failure, expected) => {
  expect(startFailureText(failure, '/mail', 'en')).toMatch(expected);
});
