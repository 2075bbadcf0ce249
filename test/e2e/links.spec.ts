import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openPoppy } from './poppy-window.ts';

const folder = mkdtempSync(join(tmpdir(), 'poppy-links-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const links = {
  honest: '<a href="https://example.com/plain">our page</a>',
  mismatch: '<a href="https://evil.example/">https://bank.example/</a>',
  lookalike: '<a href="https://xn--80ak6aa92e.com/">apple</a>',
  number: '<a href="http://192.0.2.7/x">the number</a>',
  user: '<a href="https://bank.example@evil.example/">the user</a>',
};

test('a link opens outside; one that is not as it seems asks first', async () => {
  const file = join(folder, 'letter.eml');
  const head =
    'From: Eve <eve@example.net>\r\nSubject: Links\r\nContent-Type: text/html; charset=utf-8\r\n\r\n';
  const body = Object.entries(links).map(([name, link]) => `<p class="${name}">${link}</p>`);
  writeFileSync(file, `${head}${body.join('\r\n')}`);
  await using poppy = await openPoppy({ args: [file] });
  const { app, window } = poppy;
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => {
      opened.push(url);
    };
  });
  const opened = () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  const patient = { timeout: 20_000, interval: 100 };
  const link = (name: string) => window.frameLocator('iframe.body-frame').locator(`.${name} a`);

  await link('honest').click();
  await expect.poll(opened, patient).toEqual(['https://example.com/plain']);
  for (const name of ['mismatch', 'lookalike', 'number', 'user']) {
    await link(name).click();
    await window.getByRole('alertdialog').waitFor();
    await window.keyboard.press('Escape');
    await window.getByRole('alertdialog').waitFor({ state: 'detached' });
  }
  expect({ opened: await opened(), windows: app.windows().length }).toEqual({
    opened: ['https://example.com/plain'],
    windows: 1,
  });
}, 90_000);
