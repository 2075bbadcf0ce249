import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import type { PoppyBridge } from '../../shared/contract.ts';
import type { Preferences } from '../../shared/preferences.ts';
import { startDovecot } from '../servers/dovecot.ts';
import { inTheClear, letter } from './letters.ts';
import { readMessage } from './mail-list.ts';
import { openPoppy } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

declare const poppy: PoppyBridge;

const patient = { timeout: 20_000, interval: 50 };
const white = 'rgb(255, 255, 255)';
const isHtml = 'Content-Type: text/html; charset=utf-8\r\n';

const body = (window: Page) => window.frameLocator('iframe.body-frame').locator('body');
const ground = (window: Page) => body(window).evaluate((one) => getComputedStyle(one).backgroundColor);
const targetIn = (window: Page): Locator => window.locator('.status-link');

function choose(window: Page, preferences: Partial<Preferences>): Promise<unknown> {
  return window.evaluate((chosen) => poppy.request('preferences/update', chosen), preferences);
}

test("a link's target stands in the window's own line, and the body follows the theme, in both windows", async () => {
  const messages = [
    letter('Links', {
      headers: isHtml,
      body: '<p><a href="https://bank.example@evil.example/a?b#c">bank</a> <a href="mailto:a@example.net">write</a></p>\r\n',
    }),
  ];
  await using server = await startDovecot({ users: [{ name: 'anna', password: 'secret', messages }] });
  await using started = await openPoppy();
  const { app, window: main } = started;
  await addMailbox(main, { ...inTheClear(server.plainPort), host: server.host });
  await choose(main, { theme: 'light' });
  await readMessage(main, 'Links');
  const opened = app.waitForEvent('window');
  await main.keyboard.press('Enter');
  const own = await opened;
  await own.getByRole('heading', { name: 'Links' }).waitFor();

  for (const window of [main, own]) {
    const link = (words: string) => body(window).getByText(words);
    const words = () => targetIn(window).textContent();
    await link('bank').hover();
    await expect.poll(words, patient).toBe('https://bank.example@evil.example/a?b#c');
    expect(await targetIn(window).locator('strong').textContent()).toBe('evil.example');
    await link('write').hover();
    await expect.poll(words, patient).toBe('mailto:a@example.net');
    await window.getByRole('heading', { name: 'Links' }).hover();
    await targetIn(window).waitFor({ state: 'detached' });

    const isNow = (wanted: 'light' | 'dark') =>
      expect.poll(async () => ((await ground(window)) === white ? 'light' : 'dark'), patient).toBe(wanted);
    await isNow('light');
    await choose(window, { theme: 'dark' });
    await isNow('dark');
    await window.getByRole('button', { name: 'More actions' }).click();
    await window.getByRole('menuitem', { name: 'Dark background' }).click();
    await isNow('light');
    // Asking the message for something else leaves it as it is, and does not tie it to the theme of that moment.
    await window.keyboard.press('Control+f');
    await window.getByRole('textbox', { name: 'Find in this message' }).fill('write');
    await expect.poll(() => body(window).locator('mark').count(), patient).toBe(1);
    await isNow('light');
    await window.keyboard.press('Escape');
    await window.getByRole('button', { name: 'More actions' }).click();
    await window.getByRole('menuitem', { name: 'Dark background' }).click();
    await isNow('dark');
    await choose(window, { theme: 'light' });
    await isNow('light');
    await choose(window, { theme: 'dark' });
    await isNow('dark');
    await choose(window, { darkBodies: false });
    await isNow('light');
    await choose(window, { theme: 'light', darkBodies: true });
  }
}, 120_000);
