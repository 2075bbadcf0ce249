import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';

const folder = mkdtempSync(join(tmpdir(), 'poppy-links-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const links = {
  honest: '<a href="https://example.com/plain">our page</a>',
  mismatch: '<a href="https://evil.example/">https://bank.example/</a>',
  lookalike: '<a href="https://xn--80ak6aa92e.com/">apple</a>',
  number: '<a href="http://192.0.2.7/x">the number</a>',
  user: '<a href="https://bank.example@evil.example/">the user</a>',
};

/** Each printable character of ASCII in each part of an address that leads elsewhere than its text says. */
function lyingLinks(): string[] {
  const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));
  const parts: readonly ((one: string) => string)[] = [
    (one) => `http${one}s://evil.example/`,
    (one) => `https://us${one}er@evil.example/`,
    (one) => `https://us:se${one}cret@evil.example/`,
    (one) => `https://ev${one}il.example/`,
    (one) => `https://evil.example:8${one}1/`,
    (one) => `https://evil.example/pa${one}th`,
    (one) => `https://evil.example/pa%${one.charCodeAt(0).toString(16)}th`,
    (one) => `https://evil.example/?que${one}ry`,
    (one) => `https://evil.example/#frag${one}ment`,
    (one) => `mailto:e${one}vil@evil.example?subject=a${one}b`,
  ];
  return parts.flatMap((part) =>
    printable.map((one) => {
      const href = part(one).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
      return `<a href="${href}">${href.startsWith('mailto') ? 'help@bank.test' : 'https://bank.test/'}</a>`;
    }),
  );
}

type Asked = { readonly url: string; readonly reasons: readonly string[] };

/** Notes what is opened outside. Questions are noted too, and never reach the window, where one would hide the rest. */
async function withoutAnyAnswer({ app }: PoppyWindow) {
  await app.evaluate(({ shell, MessageChannelMain }) => {
    const noted: { opened: string[]; asked: unknown[] } = { opened: [], asked: [] };
    Object.assign(globalThis, { noted });
    shell.openExternal = async (url) => {
      noted.opened.push(url);
    };
    const port = Object.getPrototypeOf(new MessageChannelMain().port1);
    const send = port.postMessage;
    port.postMessage = function (told: { name?: string; payload?: unknown }) {
      if (told.name !== 'link/asked') return send.call(this, told);
      noted.asked.push(told.payload);
      const instead = { name: 'link/hovered', payload: { url: null, host: null } };
      return send.call(this, { ...told, ...instead });
    };
  });
  return () =>
    app.evaluate(() => (globalThis as unknown as { noted: { opened: string[]; asked: Asked[] } }).noted);
}

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

test('no character in any part of an address lets a link that lies open unasked', async () => {
  const file = join(folder, 'lies.eml');
  const head =
    'From: Eve <eve@example.net>\r\nSubject: Lies\r\nContent-Type: text/html; charset=utf-8\r\n\r\n';
  const style = '<style>a{display:inline-block;width:14px;height:8px;font-size:1px;overflow:hidden}</style>';
  writeFileSync(file, `${head}${style}<div style="line-height:8px">${lyingLinks().join('\r\n')}</div>`);
  await using poppy = await openPoppy({ args: [file] });
  const { window } = poppy;
  const noted = await withoutAnyAnswer(poppy);
  const frame = window.frameLocator('iframe.body-frame');
  const links = frame.locator('a[href]');
  await links.first().waitFor();
  const origin = await window.locator('iframe.body-frame').boundingBox();
  const places = await links.evaluateAll((all) =>
    all.map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return { href: one.getAttribute('href') ?? '', x: x + width / 2, y: y + height / 2 };
    }),
  );
  const hand = await window.context().newCDPSession(window);
  const clicks = places.flatMap(({ x, y }) =>
    (['mousePressed', 'mouseReleased'] as const).map((type) =>
      hand.send('Input.dispatchMouseEvent', {
        type,
        x: x + (origin?.x ?? 0),
        y: y + (origin?.y ?? 0),
        button: 'left',
        clickCount: 1,
      }),
    ),
  );
  await Promise.all(clicks);
  const patient = { timeout: 20_000, interval: 100 };
  await expect
    .poll(async () => ((all) => all.asked.length + all.opened.length)(await noted()), patient)
    .toBe(places.length);
  const { opened, asked } = await noted();
  const unfounded = asked.filter(({ reasons }) => !reasons.includes('text-mismatch'));
  expect({ opened, unfounded, some: places.length > 700 }).toEqual({ opened: [], unfounded: [], some: true });
}, 60_000);
