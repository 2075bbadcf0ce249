import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { autostartEntry, keepAutostart } from './login-item.ts';

/**
 * Starts Poppy at login, hidden, or stops doing so. Only the installed program asks this of the system: the entry of a
 * checkout would lead nowhere. Electron does this on macOS and Windows and does nothing on Linux.
 */
export function startAtLogin(wanted: boolean): void {
  if (!app.isPackaged) return;
  if (process.platform === 'linux') {
    const config = process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
    const program = process.env.APPIMAGE ?? process.execPath;
    try {
      keepAutostart(join(config, 'autostart', 'poppy.desktop'), wanted ? autostartEntry([program]) : null);
    } catch (error) {
      console.error('start at login could not be set', error);
    }
    return;
  }
  const args = ['--hidden'];
  if (app.getLoginItemSettings({ args }).openAtLogin !== wanted)
    app.setLoginItemSettings({ openAtLogin: wanted, args });
}
