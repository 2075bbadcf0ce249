/**
 * Fetches a remote image the person has allowed. The page never touches the network: the engine asks, over https only,
 * from public addresses only, and tells the other side nothing but the address of the image.
 */
import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect as secure } from 'node:tls';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { isPublicAddress } from '../../network/public-address.ts';
import type { ProxyDial } from '../../network/routes.ts';
import { remoteAddress } from './image-rule.ts';
import { type RasterType, rasterSizeOf, rasterTypeOf } from './raster-type.ts';

/** An image as it came, with its type told by its bytes. */
export type RemoteImage = { readonly bytes: Uint8Array; readonly type: RasterType };

/** Why an image is not shown. */
export type RemoteImageFailure =
  | 'address'
  | 'not-public'
  | 'not-found'
  | 'unreachable'
  | 'too-many-redirects'
  | 'too-large'
  | 'too-slow'
  | 'not-an-image'
  /** One pixel: nobody is meant to see it. */
  | 'tracker';

/** Limits, and what a test puts in place of the internet. */
export type RemoteImageTools = {
  /** Addresses of a host. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly isAllowedAddress: (address: string) => boolean;
  readonly maximumBytes: number;
  /** For everything, from look-up to last byte. */
  readonly timeoutMs: number;
  readonly maximumRedirects: number;
  /** The way to a host through a proxy, which looks the name up; undefined where connections go out directly. */
  readonly wayTo?: (host: string, port: number) => ProxyDial | undefined;
  /** Certificate authorities in place of those that come with the program, PEM. */
  readonly certificateAuthority?: string | readonly string[];
};

/** What is used outside tests: 10 MB, 15 seconds, five redirects, public addresses. */
export const usualImageTools: RemoteImageTools = {
  resolve: async (host) => (await lookup(host, { all: true })).map((one) => one.address),
  isAllowedAddress: isPublicAddress,
  maximumBytes: 10_000_000,
  timeoutMs: 15_000,
  maximumRedirects: 5,
};

/** Fetches one image; plain http is raised to https. Never throws. */
export async function fetchRemoteImage(
  url: string,
  tools: RemoteImageTools = usualImageTools,
): Promise<Result<RemoteImage, RemoteImageFailure>> {
  const signal = AbortSignal.timeout(tools.timeoutMs);
  let address = remoteAddress(url);
  for (let hop = 0; hop <= tools.maximumRedirects; hop += 1) {
    if (address === null) return failed('address');
    const step = await oneRequest(address, tools, signal).catch(() => failed('unreachable' as const));
    if (signal.aborted) return failed('too-slow');
    if (!step.ok || !('location' in step.value)) return step.ok ? judged(step.value) : step;
    address = URL.canParse(step.value.location, address.href)
      ? remoteAddress(new URL(step.value.location, address.href).href)
      : null;
  }
  return failed('too-many-redirects');
}

type Step = { readonly bytes: Buffer } | { readonly location: string };

function judged(step: Step): Result<RemoteImage, RemoteImageFailure> {
  if (!('bytes' in step)) return failed('too-many-redirects');
  const type = rasterTypeOf(step.bytes.subarray(0, 16));
  if (type === null) return failed('not-an-image');
  const size = rasterSizeOf(step.bytes);
  if (size !== null && size.width <= 1 && size.height <= 1) return failed('tracker');
  return ok({ bytes: step.bytes, type });
}

async function oneRequest(
  url: URL,
  tools: RemoteImageTools,
  signal: AbortSignal,
): Promise<Result<Step, RemoteImageFailure>> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? 443 : Number(url.port);
  const dial = tools.wayTo?.(host, port);
  const isName = isIP(host) === 0;
  // Behind a proxy no name is looked up here: where it leads is a matter of the proxy's network.
  const found = !isName ? [host] : dial === undefined ? await beforeAbort(tools.resolve(host), signal) : [];
  // One closed address among them is enough to refuse: a name that points inside is not to be trusted outside.
  if ((found.length === 0 && dial === undefined) || !found.every(tools.isAllowedAddress))
    return failed('not-public');
  const [pinned = ''] = found;
  const socket = await dial?.(host, port, signal);
  const response = await respond(url, { host, pinned, socket }, tools, signal);
  const status = response.statusCode ?? 0;
  const location = response.headers.location;
  if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) {
    response.destroy();
    return ok({ location });
  }
  if (status !== 200) {
    response.destroy();
    return failed('not-found');
  }
  return await bodyOf(response, tools.maximumBytes);
}

/** The connection goes to the address that was judged; the name is not looked up a second time. */
function respond(
  url: URL,
  {
    host,
    pinned,
    socket,
  }: { readonly host: string; readonly pinned: string; readonly socket: Socket | undefined },
  tools: RemoteImageTools,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const authorities =
    tools.certificateAuthority === undefined ? {} : { ca: [tools.certificateAuthority].flat() };
  const options: RequestOptions = {
    host: pinned,
    port: url.port === '' ? 443 : Number(url.port),
    path: `${url.pathname}${url.search}`,
    method: 'GET',
    signal,
    headers: { host: url.host, accept: 'image/*', 'user-agent': 'Mozilla/5.0', connection: 'close' },
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...authorities,
    // With an agent the socket would be left out, and a connection made around the proxy.
    ...(socket === undefined
      ? { agent: false }
      : { createConnection: () => secure({ socket, servername: host, ...authorities }) }),
  };
  return new Promise((resolve, reject) => {
    request(options, resolve).on('error', reject).end();
  });
}

async function bodyOf(
  response: IncomingMessage,
  maximumBytes: number,
): Promise<Result<Step, RemoteImageFailure>> {
  if (Number(response.headers['content-length'] ?? 0) > maximumBytes) {
    response.destroy();
    return failed('too-large');
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumBytes) {
      response.destroy();
      return failed('too-large');
    }
    chunks.push(chunk);
  }
  return ok({ bytes: Buffer.concat(chunks) });
}

function beforeAbort<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
