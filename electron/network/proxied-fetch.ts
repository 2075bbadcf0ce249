import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect as secure } from 'node:tls';
import type { ProxyDial } from './routes.ts';

/**
 * `fetch` through a proxy, for the few short requests of the program: https only, no redirects, no cookies. What it does
 * not know of the usual one it refuses.
 */
export function fetchThrough(
  wayTo: (host: string, port: number) => ProxyDial | undefined,
  authorities: readonly string[],
  direct: typeof fetch = fetch,
): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(String(input));
    const port = url.port === '' ? 443 : Number(url.port);
    const dial = url.protocol === 'https:' ? wayTo(url.hostname, port) : undefined;
    if (dial === undefined) return direct(input, init);
    const signal = init.signal ?? new AbortController().signal;
    const socket = await dial(url.hostname, port, signal);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(
        {
          method: init.method ?? 'GET',
          host: url.hostname,
          port,
          path: `${url.pathname}${url.search}`,
          signal,
          headers: {
            ...Object.fromEntries(new Headers(init.headers)),
            ...(init.body instanceof URLSearchParams
              ? { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }
              : {}),
            host: url.host,
            connection: 'close',
          },
          createConnection: () =>
            secure({
              socket,
              servername: url.hostname,
              ...(authorities.length === 0 ? {} : { ca: [...authorities] }),
            }),
        },
        resolve,
      );
      asked.on('error', reject);
      asked.end(init.body === undefined ? '' : String(init.body));
    });
    const status = response.statusCode ?? 0;
    if (init.redirect === 'error' && status >= 300 && status < 400) {
      response.destroy();
      throw new Error('a redirect was answered');
    }
    const chunks: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      sizeBytes += chunk.length;
      // Leaving the loop ends the connection.
      if (sizeBytes > largestBytes) throw new Error('the answer is too large');
      chunks.push(chunk);
    }
    return new Response(status === 204 ? null : Buffer.concat(chunks), { status });
  };
}

/** Far above what a token or a document of addresses needs. */
const largestBytes = 1024 * 1024;
