// Where the launchers keep what they fetch: in a folder of the user, never in the checkout.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A folder of that name where the system keeps a user's caches. Nothing is made. */
export function cacheFolder(name) {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const ofSystem = { win32: LOCALAPPDATA, darwin: join(homedir(), 'Library', 'Caches') }[process.platform];
  return join(XDG_CACHE_HOME || ofSystem || join(homedir(), '.cache'), name);
}
