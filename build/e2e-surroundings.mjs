// What the end-to-end tests stand on: the built program, Electron, a display, a session bus and a keyring.
import { bundle } from './bundle.mjs';
import { startDisplay, startSession } from './desktop-session.mjs';
import { sandboxArguments } from './electron-runtime.mjs';
import { setUp } from './set-up.mjs';

/** Called by vitest before the first test; what it returns is called after the last. */
export async function setup() {
  const electron = await setUp({ needs: ['window', 'tests'], electron: true });
  await bundle();
  const display = await startDisplay();
  const session = await startSession();
  Object.assign(process.env, session.env, {
    DISPLAY: display.display,
    POPPY_ELECTRON: electron,
    POPPY_SANDBOX: (await sandboxArguments(electron)).length === 0 ? 'on' : 'off',
  });
  delete process.env.WAYLAND_DISPLAY;
  return async () => {
    await session.stop();
    await display.stop();
  };
}
