// What the end-to-end tests stand on: the built program, Electron, and a desktop for each file that runs at a time.
import { bundle } from './bundle.mjs';
import { startDesktop } from './desktop-session.mjs';
import { sandboxArguments } from './electron-runtime.mjs';
import { setUp } from './set-up.mjs';

/** Called by vitest before the first test; what it returns is called after the last. */
export async function setup({ config }) {
  const electron = await setUp({ needs: ['window', 'tests'], electron: true });
  await bundle();
  const desktops = await Promise.all(Array.from({ length: config.maxWorkers }, startDesktop));
  Object.assign(process.env, {
    POPPY_DESKTOPS: JSON.stringify(desktops.map(({ env }) => env)),
    POPPY_ELECTRON: electron,
    POPPY_SANDBOX: (await sandboxArguments(electron)).length === 0 ? 'on' : 'off',
  });
  delete process.env.WAYLAND_DISPLAY;
  return () => Promise.all(desktops.map(({ stop }) => stop()));
}
