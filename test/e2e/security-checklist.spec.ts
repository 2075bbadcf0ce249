import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import type { Frame, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { PoppyBridge } from '../../shared/contract.ts';
import { top } from '../support/shots.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';

/*
 * Electron's own security checklist, walked on the running program and from inside a message. Each test is one or
 * several of its points.
 */

declare const poppy: PoppyBridge;

const folder = mkdtempSync(join(tmpdir(), 'poppy-checklist-'));
const file = join(folder, 'letter.eml');
const letter = [
  'From: Eve <eve@example.net>',
  'To: anna@example.org',
  'Subject: Checklist',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p id="x">Hello <a href="https://example.com/">there</a></p>',
].join('\r\n');

let started: PoppyWindow;
let window: Page;

beforeAll(async () => {
  writeFileSync(file, letter);
  started = await openPoppy({ args: [file] });
  window = await vi.waitUntil(
    () => started.app.windows().find((one) => one.url().includes('window=message')),
    { timeout: 30_000, interval: 100 },
  );
  await window.locator('iframe.body-frame').waitFor();
});

afterAll(async () => {
  await started.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The frame the body of the message is in. */
async function messageFrame(): Promise<Frame> {
  const handle = await window.locator('iframe.body-frame').elementHandle();
  const frame = await handle?.contentFrame();
  if (frame === null || frame === undefined) throw new Error('the message is in no frame');
  await frame.waitForLoadState();
  return frame;
}

describe("Electron's security checklist", () => {
  test('every window is sandboxed, isolated and without Node', async () => {
    const preferences = await started.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((one) => {
        const shown = one.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
        const all = shown.getLastWebPreferences();
        return [
          'sandbox',
          'contextIsolation',
          'nodeIntegration',
          'nodeIntegrationInSubFrames',
          'nodeIntegrationInWorker',
          'webSecurity',
          'allowRunningInsecureContent',
          'experimentalFeatures',
          'enableBlinkFeatures',
          'webviewTag',
          'devTools',
        ].map((name) => [name, all[name] ?? false]);
      }),
    );
    const safe = [
      ['sandbox', true],
      ['contextIsolation', true],
      ['nodeIntegration', false],
      ['nodeIntegrationInSubFrames', false],
      ['nodeIntegrationInWorker', false],
      ['webSecurity', true],
      ['allowRunningInsecureContent', false],
      ['experimentalFeatures', false],
      ['enableBlinkFeatures', expect.toBeOneOf([false, ''])],
      ['webviewTag', false],
      ['devTools', false],
    ];
    expect(preferences.length).toBeGreaterThan(0);
    expect(preferences).toEqual(preferences.map(() => safe));
  });

  test('pages come from a scheme of our own, never from files or the web', async () => {
    const addresses = await started.app.evaluate(({ BrowserWindow, webContents }) => [
      ...BrowserWindow.getAllWindows().map((one) => one.webContents.getURL()),
      ...webContents.getAllWebContents().map((one) => one.getURL()),
    ]);
    expect(addresses.filter((url) => !url.startsWith('poppy://window/'))).toEqual([]);
  });

  test('the page has a policy that lets nothing in and no text become code', async () => {
    const outcomes = await window.evaluate(async () => {
      const tried = async (work: () => unknown): Promise<string> => {
        try {
          await work();
          return 'done';
        } catch {
          return 'refused';
        }
      };
      const script = document.createElement('script');
      return {
        script: await tried(() => {
          script.textContent = 'globalThis.ranInline = true';
          document.body.append(script);
        }),
        markup: await tried(() => {
          document.createElement('p').innerHTML = '<b>x</b>';
        }),
        // In a turn of its own: what a test evaluates itself is exempt from the policy.
        text: await new Promise((resolve) => {
          setTimeout(() => resolve(tried(() => new Function('return 1')())), 0);
        }),
        inline: 'ranInline' in globalThis,
        fetch: await tried(() => fetch('https://example.com/')),
        loopback: await tried(() => fetch('http://127.0.0.1:9/')),
        file: await tried(() => fetch('file:///etc/passwd')),
        worker: await tried(() => new Worker('data:text/javascript,1')),
      };
    });
    expect(outcomes).toEqual({
      script: 'refused',
      markup: 'refused',
      text: 'refused',
      inline: false,
      fetch: 'refused',
      loopback: 'refused',
      file: 'refused',
      worker: 'refused',
    });
  });

  test('no permission is given', async () => {
    const outcomes = await window.evaluate(async () => {
      const states: Record<string, string> = {};
      for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'])
        states[name] = await navigator.permissions
          .query({ name: name as PermissionName })
          .then((status) => status.state)
          .catch(() => 'denied');
      return states;
    });
    expect(new Set(Object.values(outcomes))).toEqual(new Set(['denied']));
  });

  test('the page has the bridge and nothing else of the program', async () => {
    const reached = await window.evaluate(() => ({
      bridge: Object.keys(poppy).sort(),
      others: ['process', 'require', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
        (name) => name in globalThis,
      ),
    }));
    expect(reached).toEqual({ bridge: ['on', 'request'], others: [] });
  });

  test('what the page sends is checked', async () => {
    const refused = await window.evaluate(async () => {
      const ask = poppy.request as (name: string, body: unknown) => Promise<unknown>;
      const outcomes: string[] = [];
      for (const [name, body] of [
        ['no/such', {}],
        ['constructor', {}],
        ['message/read', { id: '1; drop table' }],
        ['message/mark', null],
        ['attachment/copy', { id: 1, part: '1', folder: '/tmp' }],
        ['engine/close', {}],
      ] as const)
        outcomes.push(
          await ask(name, body)
            .then((answer) => ((JSON.stringify(answer) ?? '').includes('"ok":true') ? 'done' : 'refused'))
            .catch(() => 'refused'),
        );
      return outcomes;
    });
    expect(new Set(refused)).toEqual(new Set(['refused']));
  });
});

describe('from inside a message', () => {
  test('nothing of the program can be reached, and no script runs', async () => {
    const frame = await messageFrame();
    const handle = await frame.frameElement();
    expect({
      sandbox: await handle.getAttribute('sandbox'),
      scheme: new URL(frame.url()).protocol,
      // The test's own tools may look into the frame; its page may not run anything.
      reached: await frame.evaluate(() => ({
        origin: globalThis.origin,
        names: ['poppy', 'process', 'require', 'Buffer'].filter((name) => name in globalThis),
      })),
    }).toEqual({ sandbox: 'allow-popups', scheme: 'poppy-message:', reached: { origin: 'null', names: [] } });
  });

  test('neither the window nor another message can be read', async () => {
    const frame = await messageFrame();
    const outcomes = await frame.evaluate(async (own) => {
      const tried = async (work: () => unknown): Promise<string> => {
        try {
          await work();
          return 'done';
        } catch {
          return 'refused';
        }
      };
      return {
        parent: await tried(() => parent.document.title),
        top: await tried(() => {
          if (globalThis.top !== null) globalThis.top.location.href = 'https://example.com/';
          throw new Error('asked for');
        }),
        fetchOwn: await tried(() => fetch(own)),
        storage: await tried(() => localStorage.length),
        cookie: await tried(() => document.cookie),
        database: await tried(() => indexedDB.open('x')),
      };
    }, frame.url());
    expect(outcomes).toEqual({
      parent: 'refused',
      top: 'refused',
      fetchOwn: 'refused',
      storage: 'refused',
      cookie: 'refused',
      database: 'refused',
    });
    expect(window.url()).toContain('poppy://window/');
  });

  test('a guessed address shows nothing', async () => {
    const status = await started.app.evaluate(async ({ session }) => {
      const answer = await session.fromPartition('poppy').fetch('poppy-message://0123456789abcdef/');
      return answer.status;
    });
    expect(status).toBe(404);
  });
});

describe('the program', () => {
  // The test's own tools wait for ever for a journey that was refused, so this comes last.
  test('the page cannot be led elsewhere, nor open a window', async () => {
    const before = { url: window.url(), windows: started.app.windows().length };
    await started.app.evaluate(({ BrowserWindow }) => {
      const tried: string[] = [];
      Object.assign(globalThis, { tried });
      for (const { webContents } of BrowserWindow.getAllWindows())
        webContents.on('will-frame-navigate', ({ url }) => tried.push(url));
    });
    const opened = await window.evaluate(() => open('https://example.com/') === null);
    await window.evaluate(() => {
      location.href = 'file:///etc/passwd';
    });
    await window.evaluate(() => {
      location.href = 'https://example.com/';
    });
    // The program is asked last about what was tried last; by then it has refused everything before.
    await expect
      .poll(() => started.app.evaluate(() => (globalThis as unknown as { tried: string[] }).tried), {
        timeout: 20_000,
      })
      .toContain('https://example.com/');
    expect({ opened, url: window.url(), windows: started.app.windows().length }).toEqual({
      opened: true,
      ...before,
    });
  });

  test('shows the message again after the process of its page has died', async () => {
    const reasons = await started.app.evaluate(({ BrowserWindow }) =>
      Promise.all(
        BrowserWindow.getAllWindows().map(
          ({ webContents }) =>
            new Promise<string>((resolve) => {
              webContents.once('render-process-gone', (_event, { reason }) => resolve(reason));
              webContents.forcefullyCrashRenderer();
            }),
        ),
      ),
    );
    expect(reasons.length).toBeGreaterThan(0);
    // A page that is on its way answers later or never; then the next turn asks again.
    const texts = () =>
      started.app.evaluate(({ BrowserWindow }) =>
        Promise.all(
          BrowserWindow.getAllWindows().map(({ webContents }) =>
            Promise.race([
              webContents.executeJavaScript("document.querySelector('iframe.body-frame')?.title ?? ''"),
              new Promise((resolve) => setTimeout(resolve, 2_000, 'no answer')),
            ]),
          ),
        ).catch(() => []),
      );
    await expect
      .poll(texts, { timeout: 60_000, interval: 250 })
      .toContainEqual(expect.stringContaining('Checklist'));
  });

  const dist = join(top, 'build', 'dist');
  const packed = existsSync(dist) ? readdirSync(dist).find((name) => /-unpacked$/.test(name)) : undefined;

  // There is nothing to look at before `npm run dist` has packed the program.
  if (packed !== undefined)
    test('is packed with fuses that let nobody in by the side door', async () => {
      const unpacked = join(dist, packed);
      const binary = readdirSync(unpacked).find((name) => /^poppy(\.exe)?$/i.test(name)) ?? '';
      const fuses = await getCurrentFuseWire(join(unpacked, binary));
      const isOn = (fuse: FuseV1Options): boolean => String.fromCharCode(Number(fuses[fuse])) === '1';
      expect({
        runAsNode: isOn(FuseV1Options.RunAsNode),
        nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
        inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
        onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
        integrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
        filePrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
      }).toEqual({
        runAsNode: false,
        nodeOptions: false,
        inspect: false,
        onlyAsar: true,
        integrity: true,
        filePrivileges: false,
      });
    });
});
