import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron';
import { type ReplyOf, type RequestName, type RequestOf, requests } from '../../../shared/contract.ts';
import { connectMessage, lostMessage } from '../../../shared/page-channel.ts';
import { failed, ok } from '../../../shared/result.ts';
import type { EngineCalls, EngineRequestName, ShellRequestName } from '../../engine/protocol.ts';
import type { EngineClient } from '../engine-client.ts';
import { windowUrl } from '../schemes.ts';
import { revivePage } from '../windows/revive-page.ts';
import { type Outcome, PageChannel, type Serve } from './page-channel.ts';
import { setPageChannel } from './tell-page.ts';

/** The shell's own answers: one for each request that does not go to the engine. */
export type ShellHandlers = {
  readonly [Name in ShellRequestName]: (
    body: RequestOf<Name>,
    window: BrowserWindow,
  ) => Promise<ReplyOf<Name>> | ReplyOf<Name>;
};

/** Finds the window of the page that sent a message; undefined for any other sender. */
type WindowFinder = (event: IpcMainEvent) => BrowserWindow | undefined;

/**
 * Gives each document of a window its channel and answers its requests. A document cannot share its port, and cannot
 * keep it after its own end.
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

/** Asked at each request. A window begins with an empty document, which connects too. That document may ask nothing. */
function showsOwnPage(window: BrowserWindow): boolean {
  if (window.isDestroyed()) return false;
  const { url } = window.webContents.mainFrame;
  if (!URL.canParse(url)) return false;
  const shown = new URL(url);
  const own = new URL(windowUrl);
  return shown.protocol === own.protocol && shown.host === own.host;
}

/**
 * Checks a request before anything is done. A request fails in two cases only: the window's own code would never send
 * it, or the program has a mistake.
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

/** Answers that the shell makes itself may wait: no event brings the same state. */
async function outcomeOf(answer: () => unknown): Promise<Outcome> {
  try {
    return ok(await answer());
  } catch (error) {
    return failed((error as Error).message);
  }
}
