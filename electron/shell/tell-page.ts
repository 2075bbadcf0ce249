import { BrowserWindow, type WebContents } from 'electron';
import type { EventName, Events } from '../../shared/contract.ts';

/** Sends an event to one page. */
export function tellPage<Name extends EventName>(
  contents: WebContents,
  name: Name,
  payload: Events[Name],
): void {
  if (!contents.isDestroyed()) contents.send('poppy:event', name, payload);
}

/** Sends an event to the pages of all windows. */
export function tellAllPages<Name extends EventName>(name: Name, payload: Events[Name]): void {
  for (const window of BrowserWindow.getAllWindows()) tellPage(window.webContents, name, payload);
}
