import type { Account, AuthMechanism, Security, ServerSettings } from '../../shared/account.ts';
import { checkHost, checkPort, checkUser, type FieldRemark } from '../../shared/account-fields.ts';
import type { SettingsCandidate } from '../../shared/account-setup.ts';
import type { OAuthSettings } from '../../shared/oauth.ts';
import { asksForNewKey, mayKeepPassword } from '../../shared/password-scope.ts';
import { tlsPort, usualPort } from '../../shared/ports.ts';
import type { ProxyChoice } from '../../shared/proxy.ts';
import type { RetentionPolicy } from '../../shared/retention.ts';
import { defaultRetention } from '../../shared/retention.ts';

/** An account while it is being set up; nothing of it is kept until it is added. */
export type Draft = {
  readonly name: string;
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly user: string;
  readonly password: string;
  readonly plaintextConsent: boolean;
  readonly pinnedKeySha256: string | null;
  /** The key to which the kept password may go, though it is trusted only since the password was given. */
  readonly keyForPassword: string | null;
  readonly mechanism: AuthMechanism;
  /** Signing in in the browser; null for a password. */
  readonly oauth: OAuthSettings | null;
  /** The sign-in that took place, by its name. */
  readonly grant: string | null;
  /** What connections go through; null for what is chosen for the program. */
  readonly proxy: ProxyChoice | null;
  readonly retention: RetentionPolicy;
};

/** An account of which nothing is known yet. */
export const emptyDraft: Draft = {
  name: '',
  address: '',
  host: '',
  port: tlsPort,
  security: 'tls',
  user: '',
  password: '',
  plaintextConsent: false,
  pinnedKeySha256: null,
  keyForPassword: null,
  mechanism: 'auto',
  oauth: null,
  grant: null,
  proxy: null,
  retention: defaultRetention,
};

/** The settings of an account that is set up, as a draft of their change. */
export function draftOf({ name, address, retention, server }: Account): Draft {
  const { host, port, security, user, mechanism, plaintextConsent } = server;
  const { pinnedKeySha256 = null, oauth = null, proxy = null } = server;
  return {
    ...emptyDraft,
    ...{ name, address, retention },
    ...{ host, port, security, user, mechanism, plaintextConsent, pinnedKeySha256, oauth, proxy },
  };
}

/** Changes the protection, and the port with it while it is still the usual one. */
export function withSecurity(draft: Draft, security: Security): Draft {
  const port = draft.port === usualPort(draft.security) ? usualPort(security) : draft.port;
  return { ...draft, security, port, plaintextConsent: false };
}

/** Takes over what the search for settings found. */
export function withCandidate(draft: Draft, { server }: SettingsCandidate): Draft {
  const { host, port, security, user, mechanism } = server;
  return {
    ...draft,
    ...{ host, port, security, user, mechanism },
    ...{ plaintextConsent: false, pinnedKeySha256: null, oauth: null, grant: null },
  };
}

/** What the program is to connect with. */
export function serverOf(draft: Draft): ServerSettings {
  return {
    host: draft.host.trim(),
    port: draft.port,
    security: draft.security,
    user: draft.user.trim(),
    mechanism: draft.mechanism,
    plaintextConsent: draft.security === 'none' && draft.plaintextConsent,
    ...(draft.pinnedKeySha256 === null ? {} : { pinnedKeySha256: draft.pinnedKeySha256 }),
    ...(draft.oauth === null ? {} : { oauth: draft.oauth }),
    ...(draft.proxy === null ? {} : { proxy: draft.proxy }),
  };
}

/** Whether the person has to say first that the kept password may go to the key that they trust now. */
export function asksForKey({ server }: Account, draft: Draft): boolean {
  const next = serverOf(draft);
  if (draft.password !== '' || draft.keyForPassword === draft.pinnedKeySha256) return false;
  return mayKeepPassword(server, next) && asksForNewKey(server, next);
}

/** What there is to say about the settings of the server and the user name, field by field. */
export function serverRemarks(draft: Draft): Record<'host' | 'port' | 'user', FieldRemark | null> {
  return {
    host: checkHost(draft.host),
    port: checkPort(String(draft.port), draft.security),
    // Blanks around a user name are taken off when it is used.
    user: checkUser(draft.user.trim()),
  };
}

/** Whether any of the remarks has to be mended before going on. */
export function hasError(remarks: readonly (FieldRemark | null)[]): boolean {
  return remarks.some((remark) => remark?.level === 'error');
}

/** Whether a host is this very computer, where no wire can be listened to. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host.trim());
}

/** Whether two settings reach the same mailbox in the same way, so that nothing has to be tried anew. */
export function isSameServer(one: ServerSettings, other: ServerSettings): boolean {
  const facts = ({ host, port, security, user, mechanism, ...others }: ServerSettings) => {
    const { pinnedKeySha256 = null, oauth = null, proxy = null } = others;
    return JSON.stringify([host, port, security, user, mechanism, pinnedKeySha256, oauth, proxy]);
  };
  return facts(one) === facts(other);
}
