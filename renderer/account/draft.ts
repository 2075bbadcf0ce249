import type { SettingsCandidate } from '../../shared/account-setup.ts';
import type { AuthMechanism, RetentionPolicy, Security, ServerSettings } from '../../shared/model.ts';
import { tlsPort, usualPort } from '../../shared/ports.ts';
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
  readonly mechanism: AuthMechanism;
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
  mechanism: 'auto',
  retention: defaultRetention,
};

/** Changes the protection, and the port with it while it is still the usual one. */
export function withSecurity(draft: Draft, security: Security): Draft {
  const port = draft.port === usualPort(draft.security) ? usualPort(security) : draft.port;
  return { ...draft, security, port, plaintextConsent: false };
}

/** Takes over what the search for settings found. */
export function withCandidate(draft: Draft, { server }: SettingsCandidate): Draft {
  const { host, port, security, user, mechanism } = server;
  return { ...draft, host, port, security, user, mechanism, plaintextConsent: false, pinnedKeySha256: null };
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
  };
}

/** What is wrong with an address; null where nothing is. */
export function addressProblem(address: string): 'empty' | 'shape' | null {
  const trimmed = address.trim();
  if (trimmed === '') return 'empty';
  return /^[^\s@]+@[^\s@]+\.?[^\s@]+$/u.test(trimmed) ? null : 'shape';
}

/** What is wrong with a host name; null where nothing is. */
export function hostProblem(host: string): 'empty' | 'shape' | null {
  const trimmed = host.trim();
  if (trimmed === '') return 'empty';
  return /^[\p{L}\p{N}.:[\]_-]+$/u.test(trimmed) ? null : 'shape';
}

/** Whether a host is this very computer, where no wire can be listened to. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host.trim());
}

/** Whether two settings reach the same mailbox in the same way, so that nothing has to be tried anew. */
export function isSameServer(one: ServerSettings, other: ServerSettings): boolean {
  const facts = ({ host, port, security, user, mechanism, pinnedKeySha256 }: ServerSettings) =>
    JSON.stringify([host, port, security, user, mechanism, pinnedKeySha256 ?? null]);
  return facts(one) === facts(other);
}
