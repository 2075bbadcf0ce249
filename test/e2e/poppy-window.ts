import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { afterEach, expect, vi } from 'vitest';
import { shoot, top } from '../support/shots.ts';

/** How to start Poppy for a test; everything has a default. */
export type WindowOptions = {
  /** Folder for all of Poppy's data; kept when given, else made and removed. */
  readonly userData?: string;
  /** Arguments after the checkout's folder, such as the path of a message. */
  readonly args?: readonly string[];
  /** Folder of the program to start in place of the checkout's own. */
  readonly program?: string;
  /** Environment on top of the test's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Takes the window that says what a long start is waiting for as the first; else the one that it gives way to. */
  readonly mayWait?: boolean;
};

/** A running Poppy; close it, or hold it with `await using`. */
export type PoppyWindow = AsyncDisposable & {
  readonly app: ElectronApplication;
  /** The first window that opened. */
  readonly window: Page;
  readonly userData: string;
  /** What the program has written to stderr and its console so far. */
  output(): string;
  close(): Promise<void>;
};

/** What is open now, for a picture of it when a test fails. */
const open = new Set<PoppyWindow>();

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const [index, window] of [...open].flatMap(({ app }) => app.windows()).entries())
    await shoot(window, `failed ${expect.getState().currentTestName} ${index + 1}`).catch(() => undefined);
});

/** The first start on a slow machine reads much from the disk. */
const longestStartMs = 60_000;

/** Starts the built Poppy and waits for its first window to have loaded. */
export async function openPoppy(options: WindowOptions = {}): Promise<PoppyWindow> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'poppy-data-'));
  const app = await _electron.launch({
    executablePath: options.env?.POPPY_ELECTRON ?? electronBinary(),
    chromiumSandbox: process.env.POPPY_SANDBOX === 'on',
    args: [`--user-data-dir=${userData}`, options.program ?? top, ...(options.args ?? [])],
    env: { ...environment(), ...options.env },
    cwd: top,
  });
  let output = '';
  app.process().stderr?.on('data', (bytes: Buffer) => {
    output += bytes;
  });
  app.on('console', (message) => {
    output += `${message.text()}\n`;
  });
  const isMeant = (url: string) =>
    url !== '' && url !== 'about:blank' && (options.mayWait || !isWaiting(url));
  const window = await vi.waitUntil(() => app.windows().find((one) => isMeant(one.url())), {
    timeout: longestStartMs,
    interval: 20,
  });
  await window.waitForLoadState();
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    open.delete(started);
    await shoot(window, `last-seen ${expect.getState().currentTestName}`).catch(() => undefined);
    await app.close();
    if (options.userData === undefined) rmSync(userData, { recursive: true, force: true });
  };
  const started = { app, window, userData, output: () => output, close, [Symbol.asyncDispose]: close };
  open.add(started);
  return started;
}

/** The page of words that a long start shows has an address that holds it. */
function isWaiting(url: string): boolean {
  return url.startsWith('data:') && decodeURIComponent(url).includes('role="status"');
}

/** The Electron that the end-to-end tests were set up with. */
export function electronBinary(): string {
  const path = process.env.POPPY_ELECTRON;
  if (path === undefined) throw new Error('the end-to-end tests run with build/vitest.e2e.config.ts');
  return path;
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
