import { type Security, securities } from '../../../../shared/account.ts';
import { type Provider, type ProviderServer, separated, type UserForm } from './provider.ts';
import entries from './public-database.json' with { type: 'json' };

/*
 * What the public database of providers says about POP3, so that it is known without a network. The file holds facts
 * only: domains, servers ("security host port"), the form of the user name, and whether OAuth2 is offered.
 */

/** An entry of the file. What is left out is the usual: the whole address as user name, and no OAuth2. */
type Entry = {
  readonly name?: string;
  readonly domains: string;
  readonly servers: readonly string[];
  readonly user?: string;
  readonly oauth?: boolean;
};

const userForms: readonly UserForm[] = ['address', 'local-part', 'local-part.domain'];

/** Every provider with POP3 of the public database. */
export const publicProviders: readonly Provider[] = (entries as readonly Entry[]).map((entry) => ({
  name: entry.name ?? null,
  domains: separated(entry.domains),
  mxDomains: [],
  servers: entry.servers.map(readServer),
  userForm: userForms.find((form) => form === entry.user) ?? 'address',
  notes: [],
  pages: {},
  offersOAuth: entry.oauth ?? false,
}));

function readServer(line: string): ProviderServer {
  const [protection, host = '', port] = separated(line);
  const security: Security | undefined = securities.find((known) => known === protection);
  if (security === undefined) throw new Error(`the public database names no protection: ${line}`);
  return { host, port: Number(port), security };
}
