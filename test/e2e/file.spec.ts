import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { shoot } from '../support/shots.ts';
import { openPoppy } from './poppy-window.ts';

const folder = mkdtempSync(join(tmpdir(), 'poppy-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('opens a message file in a window of its own', async () => {
  const file = join(folder, 'письмо 1.eml');
  writeFileSync(
    file,
    'From: Вера <vera@example.net>\r\nSubject: Hello from a file\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nПривет!\r\n',
  );
  await using poppy = await openPoppy({ args: [file] });
  const { window } = poppy;
  await window.getByRole('heading', { name: 'Hello from a file' }).waitFor();
  const body = window.frameLocator('iframe').locator('body');
  await body.waitFor();
  await shoot(window, 'file');
  expect([(await body.textContent())?.trim(), poppy.app.windows().length]).toEqual(['Привет!', 1]);
});

test('shows the main window when the file is not there', async () => {
  await using poppy = await openPoppy({ args: [join(folder, 'missing.eml')] });
  await poppy.window.getByRole('button', { name: 'Add your mailbox' }).waitFor();
});
