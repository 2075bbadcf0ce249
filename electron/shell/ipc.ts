import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { type ReplyOf, type RequestName, type RequestOf, requests } from '../../shared/contract.ts';
import type { EngineCalls, EngineRequestName, ShellRequestName } from '../engine/protocol.ts';
import type { EngineClient } from './engine-client.ts';
import { windowUrl } from './schemes.ts';

/** The shell's own answers, one for each request that the engine does not get. */
export type ShellHandlers = {
  readonly [Name in ShellRequestName]: (
    body: RequestOf<Name>,
    window: BrowserWindow,
  ) => Promise<ReplyOf<Name>> | ReplyOf<Name>;
};

/** Finds the window of the page that sent a request; undefined for any other sender. */
type WindowFinder = (event: IpcMainInvokeEvent) => BrowserWindow | undefined;

/**
 * Answers the page: who asks and what is asked are checked before anything is done. Throws to the page only for a
 * request that the window's own code would never send, and for mistakes in the program.
 */
export function serveRequests(engine: EngineClient, handlers: ShellHandlers, windowOf: WindowFinder): void {
  ipcMain.handle('poppy:request', (event, name: unknown, body: unknown) => {
    const window = windowOf(event);
    if (window === undefined || !isOwnPage(event)) throw new Error('request from a page that may not ask');
    if (typeof name !== 'string' || !Object.hasOwn(requests, name)) throw new Error('unknown request');
    const known = name as RequestName;
    const checked = requests[known].schema.safeParse(body);
    if (!checked.success) throw new Error(`${known}: ${checked.error.issues[0]?.message ?? 'wrong request'}`);
    return answer(engine, handlers, window, known, checked.data);
  });
}

function isOwnPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null) return false;
  const asking = new URL(frame.url);
  const own = new URL(windowUrl);
  return asking.protocol === own.protocol && asking.host === own.host;
}

function answer(
  engine: EngineClient,
  handlers: ShellHandlers,
  window: BrowserWindow,
  name: RequestName,
  body: unknown,
): unknown {
  if (Object.hasOwn(handlers, name)) {
    const handler = handlers[name as ShellRequestName] as (body: unknown, window: BrowserWindow) => unknown;
    return handler(body, window);
  }
  return engine.call(name as EngineRequestName, body as EngineCalls[EngineRequestName][0]);
}
