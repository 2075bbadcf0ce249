import { BrowserWindow } from 'electron';
import { sealedSession } from './sealed-session.ts';

/** A small window for a page of plain text: no scripts, no bridge, nowhere to go. */
export async function plainWindow(): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 560,
    height: 360,
    title: 'Poppy',
    autoHideMenuBar: true,
    webPreferences: {
      session: await sealedSession(),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      devTools: false,
    },
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-frame-navigate', (event) => event.preventDefault());
  return window;
}
