import { type FakeOptions, fakeBridge } from './fake-bridge.ts';

/*
 * The window in an ordinary browser, before a program that only pretends: for looking at it while it is being made.
 * What it begins with is written into the address: ?{"isFresh":true}
 */
const written = decodeURIComponent(location.search.slice(1));
const options: FakeOptions = written === '' ? {} : JSON.parse(written);
Object.defineProperty(window, 'poppy', { value: fakeBridge(options) });
await import('../../../renderer/app/main.tsx');
