import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { startDovecot } from '../servers/dovecot.ts';
import { violations } from './axe.ts';
import { choose, resize } from './dress.ts';
import { inTheClear, letter } from './letters.ts';
import { messageRows, readMessage, statusSays } from './mail-list.ts';
import { openPoppy, shoot, top } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

const patient = { timeout: 20_000, interval: 50 };
const html = 'MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n';
const newsletter = (name: string) =>
  readFileSync(join(top, 'test', 'message', 'safety', 'newsletters', `${name}.html`), 'utf8').replace(
    /\r?\n/g,
    '\r\n',
  );
const table = `<table width="600"><tr><td width="300">Left</td><td width="300">${'Right '.repeat(200)}</td></tr></table>`;

/** How many pixels the body can be scrolled sideways. */
const sideways = (window: Page) =>
  window
    .frameLocator('iframe.body-frame')
    .locator('html')
    .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);

test('a newsletter that is wider than its pane is made to fit, and seen at its full size when wanted', async () => {
  await using server = await startDovecot({
    users: [
      {
        name: 'anna',
        password: 'secret',
        messages: [
          letter('Table', { headers: html, body: `${table}\r\n` }),
          letter('Wide for ever', { headers: html, body: '<div style="width:120vw">Wider</div>\r\n' }),
          letter('Digest', { headers: html, body: newsletter('weekly-digest') }),
          letter('Plain'),
        ],
      },
    ],
  });
  await using poppy = await openPoppy();
  const { window } = poppy;
  await addMailbox(window, inTheClear(server.plainPort));
  await statusSays(window, /4 new/);
  await resize(poppy, 1024, 640);
  await readMessage(window, 'Table');
  const smaller = window.getByRole('button', { name: /^Shown at \d+% · Full size$/ });
  await smaller.waitFor();
  await expect.poll(() => sideways(window), patient).toBe(0);
  await shoot(window, 'fit-table');
  expect(await violations(window)).toEqual([]);
  await smaller.click();
  await expect.poll(() => sideways(window), patient).toBeGreaterThan(50);
  await shoot(window, 'fit-full');
  await window.getByRole('button', { name: 'Fit to width' }).click();
  await expect.poll(() => sideways(window), patient).toBe(0);

  await readMessage(window, 'Plain');
  await expect.poll(() => smaller.count(), patient).toBe(0);
  await messageRows(window).filter({ hasText: 'Wide for ever' }).click();
  await smaller.waitFor();
  await readMessage(window, 'Digest');
  await expect.poll(() => sideways(window), patient).toBe(0);
  await shoot(window, 'fit-digest');
  await readMessage(window, 'Table');
  await smaller.waitFor();
  await resize(poppy, 1600, 1000);
  await expect.poll(() => smaller.count(), patient).toBe(0);
  await resize(poppy, 1024, 640);
  await smaller.waitFor();
  await choose(poppy, { theme: 'dark' });
  await window.locator('html[data-theme=dark]').waitFor();
  await expect.poll(() => sideways(window), patient).toBe(0);
  await shoot(window, 'fit-dark');
});
