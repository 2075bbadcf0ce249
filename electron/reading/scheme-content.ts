import { rasterTypeOf } from '../message/safety/raster-type.ts';
import type { ShowTools } from './shown-message.ts';

/** What the message scheme answers to one request. */
export type SchemeContent = {
  /** HTTP status code. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
};

const partPath = /^\/part\/([0-9a-z.-]+)$/i;
const picturePath = /^\/picture\/(\d{1,3})$/;
const remotePath = /^\/remote\/(https:.+)$/s;
const closed: Record<string, string> = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** A page, or a raster picture that belongs to it. The scheme serves nothing else: null for any other path. */
export async function readContent(
  { shelf, pages, remotePictures }: ShowTools,
  token: string,
  path: string,
): Promise<SchemeContent | null> {
  const page = pages.find(token);
  if (page === undefined) return null;
  if (path === '/') return { status: 200, headers: page.headers, bytes: Buffer.from(page.html) };
  const part = partPath.exec(path)?.[1];
  if (part !== undefined) return picture(await shelf.partBytes(page.messageId, part));
  const made = picturePath.exec(path)?.[1];
  if (made !== undefined) return picture(page.pictures?.[Number(made) - 1] ?? null);
  const remote = remotePath.exec(path)?.[1];
  if (remote === undefined || !page.allowsRemote) return null;
  return picture(await remotePictures.fetch(remote));
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
