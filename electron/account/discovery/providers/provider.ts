import type { Security } from '../../../../shared/account.ts';
import type { ProviderNote, ProviderPages } from '../../../../shared/account-setup.ts';
import { usualPort } from '../../../../shared/ports.ts';

/** How a provider wants the user name: the whole address, what is before the @, or both halves joined by a dot. */
export type UserForm = 'address' | 'local-part' | 'local-part.domain';

/** A server a provider names. `{domain}` in the host stands for the domain of the address. */
export type ProviderServer = { readonly host: string; readonly port: number; readonly security: Security };

/** What is known about a provider without asking anybody. */
export type Provider = {
  /** Null where the provider is called by the domain of the address. */
  readonly name: string | null;
  readonly domains: readonly string[];
  /** Registrable domains of the mail exchangers of customers with a domain of their own. */
  readonly mxDomains: readonly string[];
  /** Best first; empty when the provider has no POP3 at all. */
  readonly servers: readonly ProviderServer[];
  readonly userForm: UserForm;
  readonly notes: readonly ProviderNote[];
  /** The provider's own pages where the notes can be followed. */
  readonly pages: ProviderPages;
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
  readonly pages?: ProviderPages;
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
    pages: line.pages ?? {},
    offersOAuth: line.offersOAuth ?? false,
  };
}

/** Words of a text that are separated by blanks. */
export function separated(text: string): string[] {
  return text.split(/\s+/).filter((one) => one !== '');
}
