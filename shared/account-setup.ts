import type { AuthMechanism, ServerSettings } from './account.ts';
import type { CertificateProblem, FailureStep } from './failure.ts';
import type { OAuthEndpoints } from './oauth.ts';

/* What the search for settings and the connection test tell the wizard. */

/** Where settings were found. */
export type SettingsSource =
  | 'provider-table'
  | 'autoconfig'
  | 'isp-database'
  | 'mx'
  | 'srv'
  | 'probe'
  | 'guess';

/** How a search goes: who is being asked now, and what those who were asked have answered. */
export type SearchProgress = {
  readonly looking: readonly SettingsSource[];
  readonly answered: readonly { readonly source: SettingsSource; readonly hasFound: boolean }[];
};

/** What a person has to know or do before a provider lets a mail program in, in the order of doing. */
export const providerNotes = [
  'oauth-only',
  'paid-only',
  'enable-pop',
  'recent-mail-only',
  'app-password',
  'own-mail-password',
  'check-every-15-minutes',
] as const;

/** One such thing; each has its sentence in every language. */
export type ProviderNote = (typeof providerNotes)[number];

/** Where a note can be followed: pages of the provider, https only. */
export type ProviderPages = { readonly [Note in ProviderNote]?: string };

/** One way to reach a mailbox, as the search for settings found it. */
export type SettingsCandidate = {
  readonly server: ServerSettings;
  readonly source: SettingsSource;
  readonly providerName: string | null;
  readonly notes: readonly ProviderNote[];
  readonly pages: ProviderPages;
  readonly offersOAuth: boolean;
  /** Where to sign in in the browser, where the provider's own document says so. */
  readonly oauthEndpoints: OAuthEndpoints | null;
  /** What a person should know about these settings, to be told in sentences. */
  readonly remarks?: readonly SettingsRemark[];
};

/** Something worth a sentence about settings that were found. */
export type SettingsRemark =
  /** "Port 110 does not answer, 995 does." */
  | { readonly kind: 'port-differs'; readonly silentPort: number; readonly answeringPort: number }
  /** "mail.example.org does not answer, pop.example.org does." */
  | { readonly kind: 'host-differs'; readonly silentHost: string; readonly answeringHost: string }
  | { readonly kind: 'does-not-answer' }
  /** There is no network, so nobody knows whether this server answers. */
  | { readonly kind: 'not-tried' }
  | { readonly kind: 'not-encrypted' }
  /** The provider's document came without encryption, so anybody on the way could have written it. */
  | { readonly kind: 'found-unprotected' }
  | { readonly kind: 'certificate'; readonly problem: CertificateProblem }
  /** The server is not in the address's own domain; `domain` is where it is. */
  | { readonly kind: 'host-elsewhere'; readonly domain: string }
  /** The server is on this computer or in a network of its own, where nobody but the person knows who answers. */
  | { readonly kind: 'host-private' };

/**
 * Whether a person has to be asked before settings are taken over: somebody in the network named a server that is not
 * in the address's own domain, or one in a private network. The password would go there.
 */
export function asksFirst({ remarks = [] }: SettingsCandidate): boolean {
  return remarks.some(({ kind }) => kind === 'host-elsewhere' || kind === 'host-private');
}

/** A step of the connection test and how it went. */
export type TestStep = {
  readonly step: FailureStep;
  readonly state: 'running' | 'done' | 'failed';
  readonly facts: {
    readonly address?: string;
    readonly protocol?: string;
    readonly cipher?: string;
    readonly mechanism?: string;
    readonly capabilities?: readonly string[];
    readonly count?: number;
    readonly sizeBytes?: number;
  };
};

/** A connection test that went through. */
export type TestOutcome = {
  readonly count: number;
  readonly sizeBytes: number;
  readonly mechanism: AuthMechanism;
  readonly hasUidl: boolean;
  /** EXPIRE of RFC 2449: days the server keeps mail, or null where it does not say. */
  readonly expireDays: number | null;
};

/** The certificate the person is asked about. */
export type CertificateQuestion = {
  readonly problem: CertificateProblem;
  readonly keySha256: string;
  readonly subject: string;
  readonly validTo: string;
};
