import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, afterEach, expect } from 'vitest';
import type { FakeOptions } from '../renderer/preview/fake-bridge.ts';
import { messageRows } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';

/** The page before a program that only pretends; close it, or hold it with `await using`. */
export type PoppyPage = AsyncDisposable & {
  readonly window: Page;
  /** Loads the page anew; the pretended program begins anew with it, with these preferences. */
  restart(preferences?: FakeOptions['preferences']): Promise<void>;
  close(): Promise<void>;
};

/** Nothing but the loopback address is to be reached, and nothing is to be asked of the network behind the test's back. */
const switches = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Promise<Browser> | undefined;
const open = new Set<Page>();
/** What pages tried that their policy forbids, since the last test. */
const violated: string[] = [];

afterEach(() => expect(takeViolations()).toEqual([]));

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const [index, window] of [...open].entries())
    await shoot(window, `failed ${expect.getState().currentTestName} ${index + 1}`).catch(() => undefined);
});

afterAll(async () => (await browser)?.close());

/** What pages have tried by now that their policy forbids; counted once. */
export function takeViolations(): string[] {
  return violated.splice(0);
}

/** Opens the page in a window of 1024 by 640, the smallest there is, and waits for its list of mail or the welcome. */
export async function openPage(options: FakeOptions = {}): Promise<PoppyPage> {
  const started: FakeOptions = { hugeCount: 300, ...options };
  const window = await (await chromiumBrowser()).newPage({ viewport: { width: 1024, height: 640 } });
  open.add(window);
  window.on('console', (said) => {
    if (/Content Security Policy|TrustedHTML|TrustedScript/.test(said.text())) violated.push(said.text());
  });
  const restart = async (preferences: FakeOptions['preferences'] = {}) => {
    const all = { ...started, preferences: { ...started.preferences, ...preferences } };
    await window.goto('about:blank');
    await window.goto(`${address()}?${encodeURIComponent(JSON.stringify(all))}`);
    await (all.isFresh === true ? window.getByRole('button').first() : messageRows(window).nth(5)).waitFor();
  };
  const close = async () => {
    open.delete(window);
    await window.close();
  };
  await restart();
  return { window, restart, close, [Symbol.asyncDispose]: close };
}

/** The Chromium of this file of tests. */
export function chromiumBrowser(): Promise<Browser> {
  const { POPPY_CHROMIUM: executablePath = '' } = process.env;
  browser ??= chromium.launch({
    executablePath,
    args: switches,
    // Root has no sandbox to give away.
    chromiumSandbox: process.getuid?.() !== 0,
    // The page's own bars of scrolling are part of its layout.
    ignoreDefaultArgs: ['--hide-scrollbars'],
  });
  return browser;
}

function address(): string {
  const url = process.env.POPPY_PAGE;
  if (url === undefined) throw new Error('the tests of the page run with build/vitest.page.config.ts');
  return url;
}

/** Makes the window so large, in CSS pixels. */
export async function resize({ window }: PoppyPage, width: number, height: number): Promise<void> {
  await window.setViewportSize({ width, height });
  await window.waitForFunction((wanted) => innerWidth === wanted, width);
}

/** Shows the message of a row in the reading pane, counted from 0; returns its subject. */
export async function readRow(window: Page, index: number): Promise<string> {
  const row = messageRows(window).nth(index);
  const subject = (await row.locator('.card-subject').textContent()) ?? '';
  await row.click();
  await window
    .frameLocator(`iframe[title$=${JSON.stringify(subject)}]`)
    .locator('p')
    .first()
    .waitFor();
  return subject;
}
