import type { Security } from '../../../shared/account.ts';
import type { ProviderNote } from '../../../shared/account-setup.ts';
import { usualPort } from '../../../shared/ports.ts';

/** How a provider wants the user name: the whole address or what is before the @. */
export type UserForm = 'address' | 'local-part';

/** A server a provider names. */
export type ProviderServer = { readonly host: string; readonly port: number; readonly security: Security };

/** What is known about a provider without asking anybody. */
export type Provider = {
  readonly name: string;
  readonly domains: readonly string[];
  /** Registrable domains of the mail exchangers of customers with a domain of their own. */
  readonly mxDomains: readonly string[];
  /** Best first; empty when the provider has no POP3 at all. */
  readonly servers: readonly ProviderServer[];
  readonly userForm: UserForm;
  readonly notes: readonly ProviderNote[];
  readonly offersOAuth: boolean;
};

/** A line of the table. It says only what differs from the usual: TLS, the whole address as user name, no notes. */
export type ProviderLine = {
  readonly name: string;
  /** Domains, separated by blanks. */
  readonly domains: string;
  readonly mx?: string;
  /** The POP3 host, or null where there is none. */
  readonly host: string | null;
  /** The host has STARTTLS instead of TLS. */
  readonly startTls?: true;
  readonly userForm?: UserForm;
  readonly notes?: readonly ProviderNote[];
  readonly offersOAuth?: true;
};

/** Writes a line out in full. */
export function provider(line: ProviderLine): Provider {
  const { name, host, startTls, userForm = 'address', notes = [] } = line;
  const security = startTls ? 'starttls' : 'tls';
  return {
    name,
    domains: separated(line.domains),
    mxDomains: separated(line.mx ?? ''),
    servers: host === null ? [] : [{ host, port: usualPort(security), security }],
    userForm,
    notes,
    offersOAuth: line.offersOAuth ?? false,
  };
}

function separated(text: string): string[] {
  return text.split(/\s+/).filter((one) => one !== '');
}
