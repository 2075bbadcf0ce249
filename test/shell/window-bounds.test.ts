import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fitBounds, keepWindowPlace, readWindowPlace } from '../../electron/shell/windows/window-bounds.ts';

const folder = mkdtempSync(join(tmpdir(), 'poppy-shell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const usual = { width: 1280, height: 800, minWidth: 800, minHeight: 480 };
const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const small = { x: 0, y: 0, width: 1024, height: 600 };
const second = { x: 1920, y: -200, width: 1600, height: 900 };

describe('a window opens', () => {
  test.each([
    ['in its usual size the first time', null, [screen], { width: 1280, height: 800 }],
    ['no larger than a small screen', null, [small], { width: 1024, height: 600 }],
    [
      'where it was left',
      { x: 50, y: 60, width: 900, height: 700 },
      [screen],
      { x: 50, y: 60, width: 900, height: 700 },
    ],
    [
      'on the second screen it was left on',
      { x: 2000, y: -100, width: 900, height: 700 },
      [screen, second],
      { x: 2000, y: -100, width: 900, height: 700 },
    ],
    [
      'in the usual place when that screen is gone',
      { x: 2000, y: -100, width: 900, height: 700 },
      [screen],
      { width: 1280, height: 800 },
    ],
    [
      'smaller when the screen has shrunk',
      { x: 0, y: 0, width: 1900, height: 1000 },
      [small],
      { x: 0, y: 0, width: 1024, height: 600 },
    ],
    [
      'with its title bar in sight',
      { x: 10, y: -30, width: 900, height: 700 },
      [screen],
      { x: 10, y: 0, width: 900, height: 700 },
    ],
    [
      'no smaller than it can be used',
      { x: 10, y: 10, width: 1, height: 1 },
      [screen],
      { width: 1280, height: 800 },
    ],
    ['without any screen', null, [], { width: 1280, height: 800 }],
  ])('%s', (_how, left, areas, expected) => {
    expect(fitBounds(left, areas, usual)).toEqual(expected);
  });
});

describe('the place of a window', () => {
  test('is kept', () => {
    const path = join(folder, 'kept.json');
    const place = { bounds: { x: 1, y: -2, width: 900, height: 700 }, isMaximized: true };
    keepWindowPlace(path, place);
    expect(readWindowPlace(path)).toEqual(place);
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"bounds":{"x":"1","y":2,"width":3,"height":4}}',
    '{"bounds":{"x":1e99,"y":2,"width":3,"height":4}}',
    '{"bounds":{"x":1.5,"y":2,"width":3,"height":4}}',
  ])('is unknown where the file says %j', (text) => {
    const path = join(folder, 'odd.json');
    writeFileSync(path, text);
    expect(readWindowPlace(path)).toBeNull();
  });

  test('that cannot be kept is let go', () => {
    const path = join(folder, 'no', 'such', 'folder.json');
    keepWindowPlace(path, { bounds: screen, isMaximized: false });
    expect(readWindowPlace(path)).toBeNull();
  });
});
