import type { Failure } from '../../../shared/failure.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';

/** A provider that lets mail programs in by OAuth2 and XOAUTH2 over POP3. */
export type OAuthProvider = {
  readonly id: 'google' | 'microsoft';
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** The smallest scope that reads mail by POP3 and can be renewed without the person. */
  readonly scope: string;
  /** Further parameters of the authorize address. */
  readonly extra: Readonly<Record<string, string>>;
  /** How the provider wants this computer named in the redirect. Any port is allowed. RFC 8252 §7.3. */
  readonly redirectHost: '127.0.0.1' | 'localhost';
};

/** How Poppy is registered with a provider. An installed program cannot keep a secret; Google asks for one even so. */
export type OAuthClient = { readonly clientId: string; readonly clientSecret?: string };

/** The registrations a build or a person has set, by provider. */
export type OAuthClients = Partial<Readonly<Record<OAuthProvider['id'], OAuthClient>>>;

const google: OAuthProvider = {
  id: 'google',
  authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  scope: 'https://mail.google.com/',
  extra: { access_type: 'offline', prompt: 'consent' },
  redirectHost: '127.0.0.1',
};

const microsoft: OAuthProvider = {
  id: 'microsoft',
  authorizeUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
  tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  scope: 'https://outlook.office.com/POP.AccessAsUser.All offline_access',
  extra: {},
  redirectHost: 'localhost',
};

const byHost: Readonly<Record<string, OAuthProvider>> = {
  'pop.gmail.com': google,
  'pop.googlemail.com': google,
  'outlook.office365.com': microsoft,
  'pop-mail.outlook.com': microsoft,
};

/** The provider behind a POP3 host, where it offers OAuth2. */
export function oauthProviderOf(host: string): OAuthProvider | undefined {
  return Object.hasOwn(byHost, host.toLowerCase()) ? byHost[host.toLowerCase()] : undefined;
}

/** The registrations named by the environment: POPPY_GOOGLE_CLIENT_ID, POPPY_GOOGLE_CLIENT_SECRET, and for MICROSOFT. */
export function oauthClientsFrom(environment: Readonly<Record<string, string | undefined>>): OAuthClients {
  const clients: { [Id in OAuthProvider['id']]?: OAuthClient } = {};
  for (const id of ['google', 'microsoft'] as const) {
    const clientId = environment[`POPPY_${id.toUpperCase()}_CLIENT_ID`] ?? '';
    const clientSecret = environment[`POPPY_${id.toUpperCase()}_CLIENT_SECRET`] ?? '';
    if (clientId !== '') clients[id] = clientSecret === '' ? { clientId } : { clientId, clientSecret };
  }
  return clients;
}

/** The registration for a provider. Fails with `mechanism-unavailable` where there is none. */
export function oauthClientFor(provider: OAuthProvider, clients: OAuthClients): Result<OAuthClient, Failure> {
  const client = clients[provider.id];
  if (client !== undefined) return ok(client);
  return failed({ kind: 'mechanism-unavailable', step: 'sign-in', canRetry: false });
}
