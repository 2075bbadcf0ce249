import type { Account, ServerSettings } from '../../shared/account.ts';
import type { VaultStatus } from '../../shared/account-state.ts';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Vault } from '../account/secrets/vault.ts';
import type { Settings } from '../account/settings/settings.ts';
import { type SampleServer, startSampleServer } from '../sample/sample-server.ts';

const removedSection = 'sample-removed';

/**
 * The sample mailbox: an account whose server is part of the program. The server starts when such an account exists.
 * Its password is new in each run, so the keyring holds nothing of it.
 */
export class SampleMailbox {
  readonly #settings: Settings;
  #server: SampleServer | null = null;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Starts the server if an account needs it, and points that account to it. */
  async start(): Promise<void> {
    const account = this.#settings.accounts().find((one) => one.isSample);
    if (account === undefined) return;
    const server = await this.#running();
    await this.#settings.updateAccount(account.id, { server: settingsOf(server) });
  }

  /** Adds the sample account, or gives the one that is there. */
  async add(): Promise<Result<Account, Failure>> {
    const known = this.#settings.accounts().find((one) => one.isSample);
    if (known !== undefined) return ok(known);
    const server = await this.#running();
    return this.#settings.addAccount({
      name: 'Sample mailbox',
      address: server.address,
      server: settingsOf(server),
      retention: { kind: 'keep' },
      isSample: true,
    });
  }

  /** Wraps the vault: the password of the sample account lives as long as its server, that of others in the vault. */
  vaultOver(vault: Vault): Vault {
    const isSample = (accountId: AccountId) =>
      this.#settings.accounts().some((account) => account.id === accountId && account.isSample);
    return {
      status: () => vault.status(),
      get: async (accountId) =>
        isSample(accountId) ? ok(this.#server?.password ?? null) : vault.get(accountId),
      set: async (accountId, secret) =>
        isSample(accountId) ? ok('memory-only' satisfies VaultStatus) : vault.set(accountId, secret),
      remove: async (accountId) => (isSample(accountId) ? ok(null) : vault.remove(accountId)),
    };
  }

  /** Stops the server. */
  async close(): Promise<void> {
    await this.#server?.stop();
    this.#server = null;
  }

  async #running(): Promise<SampleServer> {
    const removedUidls = textsOf(this.#settings.section(removedSection));
    this.#server ??= await startSampleServer({
      removedUidls,
      onRemoved: (uidls) => {
        const known = textsOf(this.#settings.section(removedSection));
        void this.#settings.saveSection(removedSection, [...new Set([...known, ...uidls])]);
      },
    });
    return this.#server;
  }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function settingsOf(server: SampleServer): ServerSettings {
  return {
    host: server.host,
    port: server.port,
    security: 'none',
    user: server.user,
    mechanism: 'auto',
    plaintextConsent: true,
  };
}
