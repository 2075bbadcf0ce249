// Everything a launcher needs before it can work. Each part looks first and only then acts, so that a second run is quick.
import { debianPackages } from './debian-packages.mjs';
import { electronBinary } from './electron-runtime.mjs';
import { checkNode, nodePackages } from './node-packages.mjs';
import { unpackedServers } from './unpacked-servers.mjs';

/**
 * Makes the machine ready. `needs` names groups of Debian packages; with `electron` the returned path is that of
 * the Electron binary to use.
 */
export async function setUp({ needs = [], electron = false } = {}) {
  // The copy that the unprivileged tests run in has been made from a checkout that is set up.
  if (process.env.POPPY_IS_SET_UP !== 'yes') {
    checkNode();
    await debianPackages(needs);
    await nodePackages();
    if (needs.includes('tests')) await unpackedServers();
  }
  return electron ? electronBinary() : undefined;
}

/** Whether there is a screen to show a window on. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}
