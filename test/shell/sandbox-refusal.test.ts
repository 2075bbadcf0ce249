import { expect, test } from 'vitest';
import { hasWholeSandbox, refusedSwitch } from '../../electron/shell/start/sandbox-refusal.ts';

const started = (isPackaged: boolean, userNumber: number | undefined, ...switches: string[]) =>
  refusedSwitch({ isPackaged, userNumber, hasSwitch: (name) => switches.includes(name) });

test('a packaged program refuses every switch that opens the sandbox or the pages, unless root gives it', () => {
  expect({
    user: started(true, 1000, 'no-sandbox', 'lang'),
    windows: started(true, undefined, 'no-sandbox'),
    part: started(true, 1000, 'disable-seccomp-filter-sandbox'),
    onePlace: started(true, 1000, 'single-process'),
    watched: started(true, 1000, 'remote-debugging-port'),
    watchedCheckout: started(false, 1000, 'remote-debugging-port'),
    root: started(true, 0, 'no-sandbox'),
    checkout: started(false, 1000, 'no-sandbox'),
    usual: started(true, 1000, 'lang', 'user-data-dir'),
  }).toEqual({
    user: 'no-sandbox',
    windows: 'no-sandbox',
    part: 'disable-seccomp-filter-sandbox',
    onePlace: 'single-process',
    watched: 'remote-debugging-port',
    watchedCheckout: null,
    root: null,
    checkout: null,
    usual: null,
  });
});

test('a start has no whole sandbox as soon as one switch opens a part of it', () => {
  const has = (...switches: string[]) => hasWholeSandbox((name) => switches.includes(name));
  expect([has('lang'), has('no-sandbox'), has('lang', 'disable-seccomp-filter-sandbox')]).toEqual([
    true,
    false,
    false,
  ]);
});
