import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { windowTrustedTypesPolicy } from '../../../shared/trusted-types.ts';

const fileTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/**
 * The policy of the window's own page: it may load its own files and show body pages in frames. Everything else is
 * denied.
 */
const windowPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: poppy-part:",
  'frame-src poppy-message:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  windowTrustedTypesPolicy,
].join('; ');

/**
 * Answers with a file of the built window. The file must lie below `folder` and have a known type. It gets the window's
 * policy.
 */
export async function windowFile(folder: string, url: URL): Promise<Response> {
  const name = decodedPath(url);
  const path = name === null ? folder : normalize(join(folder, name));
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

/** The path of an address, or null where its escapes are broken. */
export function decodedPath(url: URL): string | null {
  try {
    return decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
}
