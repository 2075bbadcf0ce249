import { BrowserWindow, type WebContents } from 'electron';
import type { EventName, Events } from '../../../shared/contract.ts';
import type { PageChannel } from './page-channel.ts';

/** The channel of the document that each page shows now. */
const channels = new WeakMap<WebContents, PageChannel>();

/** Tells the page by this channel from now on, and closes the channel of its earlier document. */
export function setPageChannel(contents: WebContents, channel: PageChannel): void {
  channels.get(contents)?.close();
  channels.set(contents, channel);
}

/** Tells one page of an event. A document that has not connected yet is left out: it will ask for the state. */
export function tellPage<Name extends EventName>(
  contents: WebContents,
  name: Name,
  payload: Events[Name],
): void {
  channels.get(contents)?.tell(name, payload);
}

/** Tells the pages of all windows of an event. */
export function tellAllPages<Name extends EventName>(name: Name, payload: Events[Name]): void {
  for (const window of BrowserWindow.getAllWindows()) tellPage(window.webContents, name, payload);
}
