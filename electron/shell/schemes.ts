import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { type Protocol, protocol } from 'electron';
import type { EngineClient } from './engine-client.ts';

/*
 * Three schemes, none of which reaches a network: `poppy` holds the window's own files, `poppy-message` the body
 * pages and `poppy-part` their inline parts. A body page's host is a random token, so each message is an origin of
 * its own, and a part is only served under the token of the message it belongs to.
 */

/** Address of the window's own page. */
export const windowUrl = 'poppy://window/index.html';

const fileTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** The window's own page may load its own files, show body pages in frames, and nothing else. */
export const windowPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: poppy-part:",
  'frame-src poppy-message:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

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
    const found = await engine
      .call('content/read', { token: url.host, path: decodeURIComponent(url.pathname) })
      .catch(() => null);
    if (found === null) return new Response('not here', { status: 404 });
    return new Response(new Uint8Array(found.bytes), { status: found.status, headers: { ...found.headers } });
  };
  target.handle('poppy-message', content);
  target.handle('poppy-part', content);
}

async function windowFile(folder: string, url: URL): Promise<Response> {
  const path = normalize(join(folder, decodeURIComponent(url.pathname)));
  const type = fileTypes[extname(path)];
  if (url.host !== 'window' || !path.startsWith(folder + sep) || type === undefined)
    return new Response('not here', { status: 404 });
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return new Response('not here', { status: 404 });
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'content-security-policy': windowPolicy,
      'x-content-type-options': 'nosniff',
    },
  });
}
