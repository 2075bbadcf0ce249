import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { autostartEntry, keepAutostart } from '../../electron/shell/start/login-item.ts';

const folder = mkdtempSync(join(tmpdir(), 'poppy-shell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('quotes the program as the desktop reads it', () => {
  const entry = autostartEntry(['/opt/My "Mail" 100%/$poppy']);
  expect(entry.split('\n').find((line) => line.startsWith('Exec='))).toBe(
    'Exec="/opt/My \\\\"Mail\\\\" 100%%/\\\\$poppy" --hidden',
  );
});

test('writes the entry once, and takes it away', () => {
  const path = join(folder, 'autostart', 'poppy.desktop');
  keepAutostart(path, null);
  const isThereBefore = existsSync(join(folder, 'autostart'));
  keepAutostart(path, autostartEntry(['/usr/bin/poppy']));
  const first = statSync(path).mtimeMs;
  keepAutostart(path, autostartEntry(['/usr/bin/poppy']));
  const second = statSync(path).mtimeMs;
  const text = readFileSync(path, 'utf8');
  keepAutostart(path, null);
  expect([
    isThereBefore,
    second === first,
    text.includes('Exec="/usr/bin/poppy" --hidden\n'),
    existsSync(path),
  ]).toEqual([false, true, true, false]);
});
