import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { windowFile } from '../../electron/shell/windows/window-files.ts';

const outer = mkdtempSync(join(tmpdir(), 'poppy-shell-'));
afterAll(() => rmSync(outer, { recursive: true, force: true }));
const folder = join(outer, 'renderer');
for (const path of [folder, `${folder}-beside`]) {
  mkdirSync(path);
  writeFileSync(join(path, 'index.html'), '<p>page</p>');
  writeFileSync(join(path, 'secret.txt'), 'secret');
}
writeFileSync(join(outer, 'index.html'), 'outside');

test('serves a file of the window under its policy', async () => {
  const answer = await windowFile(folder, new URL('poppy://window/index.html'));
  expect([
    answer.status,
    await answer.text(),
    answer.headers.get('content-type'),
    answer.headers.get('x-content-type-options'),
    answer.headers.get('content-security-policy')?.startsWith("default-src 'none';"),
  ]).toEqual([200, '<p>page</p>', 'text/html; charset=utf-8', 'nosniff', true]);
});

test.each([
  'poppy://other/index.html',
  'poppy://window/',
  'poppy://window/missing.html',
  'poppy://window/secret.txt',
  'poppy://window/..%2findex.html',
  'poppy://window/%2e%2e%2frenderer-beside%2findex.html',
  'poppy://window/index.html%00.png',
  'poppy://window/%E0%A4%A',
])('has nothing at %s', async (address) => {
  expect((await windowFile(folder, new URL(address))).status).toBe(404);
});

test.each(['poppy://window/../index.html', 'poppy://window/%2e%2e/%2e%2e/index.html'])(
  'stays in its folder at %s',
  async (address) => {
    expect(await (await windowFile(folder, new URL(address))).text()).toBe('<p>page</p>');
  },
);
