import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { whyUnusable } from '../../electron/shell/start/user-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'poppy-shell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('makes the folder for all data, for its owner only', () => {
  const path = join(folder, 'deep', 'data');
  expect([whyUnusable(path), whyUnusable(path), statSync(path).mode & 0o777]).toEqual([null, null, 0o700]);
});

test('says why a folder cannot be used', () => {
  const path = join(folder, 'file');
  writeFileSync(path, '');
  expect([whyUnusable(path), whyUnusable(join(path, 'data'))]).toEqual([
    expect.stringContaining('EEXIST'),
    expect.stringContaining('ENOTDIR'),
  ]);
});
