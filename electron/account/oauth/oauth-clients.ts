import { z } from 'zod';
import fileOfTheBuild from '../../../build/oauth-clients.json' with { type: 'json' };
import { isRedirectUri, type OAuthClient } from '../../../shared/oauth.ts';
import { type OAuthProvider, type OAuthProviderId, oauthProviderIds } from './oauth-provider.ts';

/** A registration as it is written down. Without `redirectUri` the provider's usual form is meant. */
type Registration = Omit<OAuthClient, 'redirectUri'> & Partial<Pick<OAuthClient, 'redirectUri'>>;

/** The registrations that a build or a person has set, by provider. */
export type OAuthClients = Partial<Readonly<Record<OAuthProviderId, Registration>>>;

const registration = z.object({
  clientId: z.string().min(1).max(512),
  clientSecret: z.string().max(512).exactOptional(),
  redirectUri: z.string().refine(isRedirectUri).exactOptional(),
});

/**
 * The registrations of build/oauth-clients.json, and over them those of the environment: POPPY_GOOGLE_CLIENT_ID,
 * POPPY_GOOGLE_CLIENT_SECRET, POPPY_GOOGLE_REDIRECT_URI, and so for each provider. An entry that cannot be used is left
 * out.
 */
export function oauthClientsFrom(
  environment: Readonly<Record<string, string | undefined>>,
  file: Readonly<Record<string, unknown>> = fileOfTheBuild,
): OAuthClients {
  const clients: { [Id in OAuthProviderId]?: Registration } = {};
  for (const id of oauthProviderIds) {
    const found = registration.safeParse(fromEnvironment(id, environment) ?? file[id]);
    if (found.success) clients[id] = found.data;
  }
  return clients;
}

function fromEnvironment(
  id: OAuthProviderId,
  environment: Readonly<Record<string, string | undefined>>,
): Registration | null {
  const value = (name: string) => environment[`POPPY_${id.toUpperCase()}_${name}`] ?? '';
  const [clientId, clientSecret, redirectUri] = [
    value('CLIENT_ID'),
    value('CLIENT_SECRET'),
    value('REDIRECT_URI'),
  ];
  if (clientId === '') return null;
  return {
    clientId,
    ...(clientSecret === '' ? {} : { clientSecret }),
    ...(redirectUri === '' ? {} : { redirectUri }),
  };
}

/** This program's registration with a provider; null where there is none. */
export function clientFor(provider: OAuthProvider, clients: OAuthClients): OAuthClient | null {
  const found = clients[provider.id];
  return found === undefined ? null : { redirectUri: provider.redirectUri, ...found };
}
