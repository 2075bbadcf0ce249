import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { electronRelease } from '../../electron/shell/start/electron-release.ts';
import { isOldRelease } from '../../shared/app-state.ts';

test('the day of release is known of every Electron that Poppy is started or packaged with', () => {
  const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
  const versions = ['electron', 'electron-33'].map(
    (name): string => lock.packages[`node_modules/${name}`].version,
  );
  const undated = versions.filter((version) => electronRelease(version).releasedAt === null);
  expect([undated, electronRelease('1.2.3')]).toEqual([[], { version: '1.2.3', releasedAt: null }]);
});

test('an Electron is old after half a year, and never where its day is not known', () => {
  const releasedAt = Date.UTC(2026, 0, 1);
  const at = (month: number) => isOldRelease({ version: '45.0.0', releasedAt }, Date.UTC(2026, month, 1));
  expect([at(0), at(5), at(7), isOldRelease({ version: '1.2.3', releasedAt: null }, Date.now())]).toEqual([
    false,
    false,
    true,
    false,
  ]);
});
