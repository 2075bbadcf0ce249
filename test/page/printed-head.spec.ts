import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildMessagePage } from '../../electron/message/safety/message-page.ts';
import { sanitiseHtml } from '../../electron/message/safety/sanitise-html.ts';
import { withPrintedHead } from '../../electron/reading/printed-frame.ts';
import { hostileLooks } from '../messages/hostile-looks.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.POPPY_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  page = await browser.newPage({ viewport: { width: 700, height: 500 }, javaScriptEnabled: false });
});

afterAll(() => browser?.close());

const lines = ['A letter', 'Eve &lt;eve@example.net&gt;', 'anna@example.org'];
/** Subject, two rows and the rule under them. */
const head = { x: 0, y: 0, width: 700, height: 80 };

/** How the head looks above a message, on the screen and on paper. */
async function looks(html: string): Promise<string[]> {
  const body = sanitiseHtml(html, { contentIdUrl: () => null, remoteImages: 'block' });
  const written = buildMessagePage(body, { kind: 'html', theme: 'light', partsSource: '' });
  await page.setContent(withPrintedHead(written, lines));
  const shots: string[] = [];
  for (const media of ['screen', 'print'] as const) {
    await page.emulateMedia({ media });
    shots.push((await page.screenshot({ clip: head })).toString('base64'));
  }
  return shots;
}

test('nothing that a message says about looks changes the head of a printed or saved page', async () => {
  const honest = await looks('<p>x');
  const none = await page.setContent('<body>').then(() => page.screenshot({ clip: head }));
  const changed: string[] = [];
  for (const [name, html] of Object.entries(hostileLooks))
    if (String(await looks(html)) !== String(honest)) changed.push(name);
  expect({ changed, isThere: honest[0] !== none.toString('base64') }).toEqual({ changed: [], isThere: true });
});
