import type { ReplyOf, RequestOf } from '../../../shared/contract.ts';
import { failed, ok } from '../../../shared/result.ts';

type Name = 'sign-in/offer' | 'sign-in/issuer' | 'sign-in/begin' | 'sign-in/stop' | 'sign-in/take-over';

const endpoints = {
  authorizeUrl: 'https://login.provider.example/authorize',
  tokenUrl: 'https://login.provider.example/token',
  scope: 'mail.pop',
};

/**
 * Signing in in the browser before a program that only pretends. `pop.registered.example` has a registration,
 * `pop.unregistered.example` has none. The client id `denied` is refused; `waits` waits until it is stopped.
 */
export function signInAnswers(): {
  readonly [One in Name]: (body: RequestOf<One>) => ReplyOf<One> | Promise<ReplyOf<One>>;
} {
  let stop: () => void = () => undefined;
  return {
    'sign-in/offer': ({ host }) => {
      if (!/^pop\.(un)?registered\.example$/.test(host)) return null;
      const redirectUri = 'http://127.0.0.1/';
      return {
        providerName: 'Provider',
        endpoints,
        client: host === 'pop.registered.example' ? { clientId: 'poppy', redirectUri } : null,
        redirectUri,
        registerPage: 'https://provider.example/developers',
      };
    },
    'sign-in/issuer': () => ok(endpoints),
    'sign-in/begin': async ({ oauth }) => {
      const cancelled = failed({ kind: 'cancelled' as const, canRetry: true });
      if (oauth.clientId === 'denied') return cancelled;
      if (oauth.clientId !== 'waits') return ok({ grant: 'grant-1' });
      await new Promise<void>((resolve) => {
        stop = resolve;
      });
      return cancelled;
    },
    'sign-in/stop': () => {
      stop();
      return null;
    },
    'sign-in/take-over': () => ok({ keyring: 'keyring' as const }),
  };
}
