import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Failure } from '../../../shared/failure.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';

/** Waits on this computer for the browser to come back from the provider. */
export type RedirectListener = AsyncDisposable & {
  readonly redirectUri: string;
  readonly state: string;
  /** The code, or `cancelled` when the person said no or stopped, or `timeout`. */
  code(signal: AbortSignal): Promise<Result<string, Failure>>;
};

/** What the browser shows when it comes back, in the person's language; plain text. */
export type RedirectTexts = { readonly done: string; readonly refused: string };

/** Time for a person to find a second factor, ms. */
const patienceMs = 10 * 60_000;

/**
 * Opens a listener on the loopback interface, on the port that `address` names or on a random one. It turns away requests for another host (a page may
 * point its own name here) and requests with another state, and goes on waiting. A second call of the same address is
 * answered and changes nothing. Fails with `refused` where the port is taken. RFC 8252 §7.3 and §8.10.
 */
export async function listenForRedirect(
  address: string,
  texts: RedirectTexts,
): Promise<Result<RedirectListener, Failure>> {
  const wanted = new URL(address);
  const state = randomBytes(32).toString('base64url');
  let settle: (outcome: Result<string, Failure>) => void = () => undefined;
  const outcome = new Promise<Result<string, Failure>>((resolve) => {
    settle = resolve;
  });
  let origin = '';

  const server = createServer((request, response) => {
    const answer = readAnswer(request, { origin, path: wanted.pathname, state });
    if (answer === null) return say(response, 404, '');
    say(response, 200, answer.ok ? texts.done : texts.refused);
    settle(answer);
  });
  server.listen(Number(wanted.port), wanted.hostname === '[::1]' ? '::1' : '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    // Another program, or another sign-in, waits at this very address.
    return failed({ kind: 'refused', host: wanted.host, step: 'sign-in', canRetry: true });
  }
  origin = `http://${wanted.hostname}:${(server.address() as AddressInfo).port}`;

  return ok({
    redirectUri: `${origin}${wanted.pathname}`,
    state,
    code: (signal) => Promise.race([outcome, whenGivenUp(signal)]),
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  });
}

function readAnswer(
  request: IncomingMessage,
  { origin, path, state }: { readonly origin: string; readonly path: string; readonly state: string },
): Result<string, Failure> | null {
  if (request.method !== 'GET' || `http://${request.headers.host}` !== origin) return null;
  if (!URL.canParse(request.url ?? '', origin)) return null;
  const url = new URL(request.url ?? '', origin);
  if (url.origin !== origin || url.pathname !== path) return null;
  if (!isSame(url.searchParams.get('state') ?? '', state)) return null;
  const code = url.searchParams.get('code');
  if (code !== null && code !== '') return ok(code);
  return failed({ kind: 'cancelled', step: 'sign-in', canRetry: true });
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(text);
}

function whenGivenUp(signal: AbortSignal): Promise<Result<string, Failure>> {
  const patience = AbortSignal.timeout(patienceMs);
  const limit = AbortSignal.any([signal, patience]);
  return new Promise((resolve) => {
    const end = () =>
      resolve(
        failed(
          signal.aborted
            ? { kind: 'cancelled', step: 'sign-in', canRetry: true }
            : { kind: 'timeout', timeoutMs: patienceMs, step: 'sign-in', canRetry: true },
        ),
      );
    if (limit.aborted) end();
    limit.addEventListener('abort', end, { once: true });
  });
}
