import { type Protocol, protocol } from 'electron';
import type { EngineClient } from './engine-client.ts';
import { decodedPath, windowFile } from './windows/window-files.ts';

/*
 * Three schemes. None of them reaches a network. `poppy` serves the window's own files, `poppy-message` the body pages,
 * `poppy-part` their inline parts. The host of a body page is a random token, so each message is an origin of its own.
 * A part is served only under the token of its message.
 */

/** Address of the window's own page. */
export const windowUrl = 'poppy://window/index.html';

/** Must run before the app is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'poppy', privileges: { standard: true, secure: true, supportFetchAPI: false } },
    { scheme: 'poppy-message', privileges: { standard: true, secure: true, supportFetchAPI: false } },
    { scheme: 'poppy-part', privileges: { standard: true, secure: true, supportFetchAPI: false } },
  ]);
}

/** Serves the three schemes in one session. `rendererFolder` holds the built window. */
export function serveSchemes(target: Protocol, rendererFolder: string, engine: EngineClient): void {
  target.handle('poppy', (request) => windowFile(rendererFolder, new URL(request.url)));
  const content = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const path = decodedPath(url);
    const found =
      path === null ? null : await engine.call('content/read', { token: url.host, path }).catch(() => null);
    if (found === null) return new Response('not here', { status: 404 });
    return new Response(new Uint8Array(found.bytes), { status: found.status, headers: { ...found.headers } });
  };
  target.handle('poppy-message', content);
  target.handle('poppy-part', content);
}
