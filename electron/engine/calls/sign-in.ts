import { failed, ok } from '../../../shared/result.ts';
import { endpointsOfIssuer } from '../../account/oauth/issuer.ts';
import { oauthOfferFor } from '../../account/oauth/oauth-offer.ts';
import { signInWithProvider } from '../../account/oauth/sign-in.ts';
import { Attempts } from '../attempts.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';

/** Signing in in the browser. Tokens stay in the engine; the page hears the name of a grant. */
export function signInCalls({
  oauthClients,
  grants,
  fetchBy,
  emit,
}: Pick<EngineParts, 'oauthClients' | 'grants' | 'fetchBy' | 'emit'>): Answers<
  'sign-in/offer' | 'sign-in/issuer' | 'sign-in/begin' | 'sign-in/stop'
> {
  const attempts = new Attempts();
  return {
    'sign-in/offer': ({ host, ...documented }) => oauthOfferFor(host, oauthClients, documented),
    'sign-in/issuer': ({ issuer }) =>
      attempts.run('issuer', (signal) =>
        endpointsOfIssuer(issuer, { fetchLike: fetchBy(undefined), signal }),
      ),
    'sign-in/begin': ({ attempt, oauth, address, texts, proxy }) =>
      attempts.run(attempt, async (signal) => {
        const openBrowser = (url: string) => emit('browser/asked', { url });
        const tools = { texts, openBrowser, fetchLike: fetchBy(proxy), now: Date.now, signal };
        const tokens = await signInWithProvider(oauth, address, tools);
        return tokens.ok ? ok({ grant: grants.keep(tokens.value) }) : failed(tokens.failure);
      }),
    'sign-in/stop': ({ attempt }) => {
      attempts.stop(attempt);
      return null;
    },
  };
}
