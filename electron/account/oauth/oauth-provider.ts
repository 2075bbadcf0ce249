import { type OAuthEndpoints, usualRedirectUri } from '../../../shared/oauth.ts';

/** A provider that lets mail programs in by OAuth2 over POP3. */
export type OAuthProvider = {
  readonly id: OAuthProviderId;
  readonly name: string;
  readonly endpoints: OAuthEndpoints;
  /** How the provider wants this computer named in the redirect. */
  readonly redirectUri: string;
  /** Where a program is registered. */
  readonly registerPage: string;
  /** POP3 hosts, and domains whose hosts are all the provider's. */
  readonly hosts: readonly string[];
};

/** The providers whose addresses are known; the names of the entries of build/oauth-clients.json. */
export const oauthProviderIds = [
  'google',
  'microsoft',
  'yahoo',
  'aol',
  'fastmail',
  'mailru',
  'yandex',
] as const;

/** Name of such a provider. */
export type OAuthProviderId = (typeof oauthProviderIds)[number];

const providers: readonly OAuthProvider[] = [
  {
    id: 'google',
    name: 'Google',
    endpoints: {
      // Without these two Google gives no refresh token when the person signs in a second time.
      authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth?access_type=offline&prompt=consent',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      revokeUrl: 'https://oauth2.googleapis.com/revoke',
      scope: 'https://mail.google.com/',
    },
    redirectUri: usualRedirectUri,
    registerPage: 'https://console.cloud.google.com/auth/clients',
    hosts: ['pop.gmail.com', 'pop.googlemail.com'],
  },
  {
    id: 'microsoft',
    name: 'Microsoft',
    endpoints: {
      authorizeUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
      tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
      scope: 'https://outlook.office.com/POP.AccessAsUser.All offline_access',
    },
    redirectUri: 'http://localhost/',
    registerPage: 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
    hosts: ['outlook.office365.com', 'pop-mail.outlook.com', 'outlook.office.com'],
  },
  {
    id: 'yahoo',
    name: 'Yahoo',
    endpoints: {
      authorizeUrl: 'https://api.login.yahoo.com/oauth2/request_auth',
      tokenUrl: 'https://api.login.yahoo.com/oauth2/get_token',
      revokeUrl: 'https://api.login.yahoo.com/oauth2/revoke',
      scope: 'mail-w',
    },
    redirectUri: usualRedirectUri,
    registerPage: 'https://developer.yahoo.com/apps/',
    hosts: ['pop.mail.yahoo.com', 'inbound.att.net'],
  },
  {
    id: 'aol',
    name: 'AOL',
    endpoints: {
      authorizeUrl: 'https://api.login.aol.com/oauth2/request_auth',
      tokenUrl: 'https://api.login.aol.com/oauth2/get_token',
      revokeUrl: 'https://api.login.aol.com/oauth2/revoke',
      scope: 'mail-w',
    },
    redirectUri: usualRedirectUri,
    registerPage: 'https://developer.yahoo.com/apps/',
    hosts: ['pop.aol.com'],
  },
  {
    id: 'fastmail',
    name: 'Fastmail',
    endpoints: {
      authorizeUrl: 'https://api.fastmail.com/oauth/authorize',
      tokenUrl: 'https://api.fastmail.com/oauth/refresh',
      revokeUrl: 'https://api.fastmail.com/oauth/revoke',
      scope: 'https://www.fastmail.com/dev/protocol-pop offline_access',
    },
    redirectUri: usualRedirectUri,
    registerPage: 'https://www.fastmail.com/dev/',
    hosts: ['pop.fastmail.com'],
  },
  {
    id: 'mailru',
    name: 'Mail.ru',
    endpoints: {
      authorizeUrl: 'https://o2.mail.ru/login',
      tokenUrl: 'https://o2.mail.ru/token',
      scope: 'mail.imap',
    },
    redirectUri: usualRedirectUri,
    registerPage: 'https://o2.mail.ru/app/',
    hosts: ['pop.mail.ru'],
  },
  {
    id: 'yandex',
    name: 'Яндекс',
    endpoints: {
      authorizeUrl: 'https://oauth.yandex.ru/authorize',
      tokenUrl: 'https://oauth.yandex.ru/token',
      revokeUrl: 'https://oauth.yandex.ru/revoke_token',
      scope: 'mail:imap_full',
    },
    redirectUri: usualRedirectUri,
    registerPage: 'https://oauth.yandex.ru/client/new',
    hosts: ['pop.yandex.com', 'pop.yandex.ru'],
  },
];

/** The provider behind a POP3 host, where it offers OAuth2. */
export function oauthProviderOf(host: string): OAuthProvider | undefined {
  return providers.find(({ hosts }) => hosts.includes(host.trim().toLowerCase()));
}
