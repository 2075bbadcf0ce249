import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron';
import { type ReplyOf, type RequestName, type RequestOf, requests } from '../../shared/contract.ts';
import { connectMessage, lostMessage } from '../../shared/page-channel.ts';
import { failed, ok } from '../../shared/result.ts';
import type { EngineCalls, EngineRequestName, ShellRequestName } from '../engine/protocol.ts';
import type { EngineClient } from './engine-client.ts';
import { type Outcome, PageChannel, type Serve } from './page-channel.ts';
import { revivePage } from './revive-page.ts';
import { windowUrl } from './schemes.ts';
import { setPageChannel } from './tell-page.ts';

/** The shell's own answers, one for each request that the engine does not get. */
export type ShellHandlers = {
  readonly [Name in ShellRequestName]: (
    body: RequestOf<Name>,
    window: BrowserWindow,
  ) => Promise<ReplyOf<Name>> | ReplyOf<Name>;
};

/** Finds the window of the page that sent a message; undefined for any other sender. */
type WindowFinder = (event: IpcMainEvent) => BrowserWindow | undefined;

/**
 * Gives each document of a window its channel and answers what it asks. A document can neither share its port nor keep
 * it beyond its own end.
 */
export function serveRequests(engine: EngineClient, handlers: ShellHandlers, windowOf: WindowFinder): void {
  ipcMain.on(connectMessage, (event) => {
    const [port] = event.ports;
    if (port === undefined) return;
    const window = windowOf(event);
    if (window === undefined || event.senderFrame?.parent !== null) return port.close();
    setPageChannel(event.sender, new PageChannel(port, serve(engine, handlers, window)));
  });
  ipcMain.on(lostMessage, (event) => {
    const window = windowOf(event);
    if (window !== undefined && showsOwnPage(window)) revivePage(event.sender);
  });
}

/** Looked at with each request: the empty document that a window begins with connects too, and may ask nothing. */
function showsOwnPage(window: BrowserWindow): boolean {
  if (window.isDestroyed()) return false;
  const { url } = window.webContents.mainFrame;
  if (!URL.canParse(url)) return false;
  const shown = new URL(url);
  const own = new URL(windowUrl);
  return shown.protocol === own.protocol && shown.host === own.host;
}

/**
 * Checks what is asked before anything is done. A request fails only where the window's own code would never send it,
 * or by a mistake in the program.
 */
function serve(engine: EngineClient, handlers: ShellHandlers, window: BrowserWindow): Serve {
  return (name, body, answered) => {
    if (!showsOwnPage(window)) return answered(failed('request from a page that may not ask'));
    if (typeof name !== 'string' || !Object.hasOwn(requests, name))
      return answered(failed('unknown request'));
    const known = name as RequestName;
    const checked = requests[known].schema.safeParse(body);
    if (!checked.success)
      return answered(failed(`${known}: ${checked.error.issues[0]?.message ?? 'wrong request'}`));
    if (Object.hasOwn(handlers, known)) {
      const handler = handlers[known as ShellRequestName] as (
        body: unknown,
        window: BrowserWindow,
      ) => unknown;
      return void outcomeOf(() => handler(checked.data, window)).then(answered);
    }
    const asked = known as EngineRequestName;
    engine.ask(asked, checked.data as EngineCalls[EngineRequestName][0], answered);
  };
}

/** What the shell answers itself is no state that an event also brings, so it may wait. */
async function outcomeOf(answer: () => unknown): Promise<Outcome> {
  try {
    return ok(await answer());
  } catch (error) {
    return failed((error as Error).message);
  }
}
