import { rasterTypeOf } from '../message/safety/raster-type.ts';
import type { EngineContext } from './context.ts';
import type { SchemeContent } from './protocol.ts';
import { remotePicture } from './remote-picture.ts';

const partPath = /^\/part\/([0-9a-z.-]+)$/i;
const picturePath = /^\/picture\/(\d{1,3})$/;
const remotePath = /^\/remote\/(https:.+)$/s;
const closed: Record<string, string> = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Serves a body page, or a raster picture of the same message; nothing else is ever served. */
export async function readContent(
  context: EngineContext,
  token: string,
  path: string,
): Promise<SchemeContent | null> {
  const page = context.shelf.page(token);
  if (page === undefined) return null;
  if (path === '/') return { status: 200, headers: page.headers, bytes: Buffer.from(page.html) };
  const part = partPath.exec(path)?.[1];
  if (part !== undefined) return picture(await context.shelf.partBytes(page.messageId, part));
  const made = picturePath.exec(path)?.[1];
  if (made !== undefined) return picture(page.pictures?.[Number(made) - 1] ?? null);
  const remote = remotePath.exec(path)?.[1];
  if (remote === undefined || !page.allowsRemote) return null;
  return picture(await remotePicture(context, remote));
}

function picture(bytes: Uint8Array | null): SchemeContent | null {
  if (bytes === null) return null;
  const type = rasterTypeOf(bytes.subarray(0, 16));
  if (type === null) return null;
  return {
    status: 200,
    headers: { ...closed, 'content-type': type, 'cross-origin-resource-policy': 'cross-origin' },
    bytes,
  };
}
