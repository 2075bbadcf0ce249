import { createHash } from 'node:crypto';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { ProxyServer } from '../../../shared/proxy.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Vault } from './vault.ts';

/** Passwords of proxies in the keyring. One is given only to the proxy and the user that it was typed for. */
export class ProxyPasswords {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** The password for a proxy; empty where none is kept, or the keyring does not answer. */
  async of(proxy: ProxyServer): Promise<string> {
    const kept = await this.#vault.get(nameOf(proxy));
    return kept.ok ? (kept.value ?? '') : '';
  }

  /** Keeps a password; an empty one is forgotten. */
  async set(proxy: ProxyServer, password: string): Promise<Result<null, Failure>> {
    const name = nameOf(proxy);
    const done = password === '' ? await this.#vault.remove(name) : await this.#vault.set(name, password);
    return done.ok ? ok(null) : done;
  }
}

/** The name in the keyring. It has the form of an account's, and says nothing of the proxy. */
function nameOf({ kind, host, port, user }: ProxyServer): AccountId {
  const place = ['proxy', kind, host.toLowerCase(), port, user].join('\n');
  return createHash('sha256').update(place).digest('hex').slice(0, 16) as AccountId;
}
