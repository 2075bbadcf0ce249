import { isDeepStrictEqual } from 'node:util';
import type { ServerSettings } from '../../../shared/account.ts';
import type { VaultStatus } from '../../../shared/account-state.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { asksForNewKey, mayKeepPassword } from '../../../shared/password-scope.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { isSameMaildrop } from '../../../shared/same-maildrop.ts';
import type { TokenKeeper } from '../../account/oauth/token-keeper.ts';
import type { PasswordPresence } from '../../account/secrets/password-presence.ts';
import type { Vault } from '../../account/secrets/vault.ts';
import type { WithheldPasswords } from '../../account/secrets/withheld-passwords.ts';
import type { AccountChoices, Settings } from '../../account/settings/settings.ts';
import { attemptWork } from '../../store/attempt.ts';
import type { Store } from '../../store/store.ts';
import type { MaildropLocks } from '../maildrop/maildrop-locks.ts';
import { addAccount } from './add-account.ts';
import { takenMaildrop, unusableServer } from './refused-server.ts';

/*
 * How accounts change.
 *
 * A password goes only to the server it was given for. For another host or user, or for weaker protection, the person
 * types it again (account-changes). A test shows a kept password to the same server only (test-account). A key that is
 * trusted since the password was given gets it only when the person has said so.
 *
 * The ledger of one maildrop is never taken for that of another. Two accounts cannot share a maildrop (refused-server).
 * Mail that was kept from a removed account comes back with its ledger (add-account).
 *
 * Work of an account ends before the account changes.
 */

/** The work of accounts while the program runs. */
export type AccountWork = {
  checkNow(accountId: AccountId): void;
  /** Stops the running check. */
  stopCheck(accountId: AccountId): Promise<unknown>;
  /** Ends every check, download and server view of an account. */
  end(accountId: AccountId): Promise<unknown>;
  /** Plans the checks anew, because the settings have changed. */
  renew(accountId: AccountId): void;
  /** Stops checks until the person has solved this trouble. */
  waitForPerson(accountId: AccountId, trouble: Failure): void;
  /** Ends all work of an account that is being removed, and forgets the account. */
  forget(accountId: AccountId): Promise<unknown>;
};

type AccountTools = {
  readonly settings: Settings;
  readonly store: Store;
  readonly vault: Vault;
  readonly passwords: PasswordPresence;
  readonly tokens: Pick<TokenKeeper, 'forget' | 'revoke'>;
  readonly withheld: WithheldPasswords;
  readonly locks: MaildropLocks;
  readonly work: AccountWork;
};

const notFound: Failure = { kind: 'not-found', canRetry: false };

/** Adds, changes and removes accounts. See the rules above. */
export class AccountChanges {
  readonly #tools: AccountTools;
  /** Removals that are not finished. */
  readonly #removals = new Set<Promise<unknown>>();

  constructor(tools: AccountTools) {
    this.#tools = tools;
  }

  /** Adds an account with its password or refresh token. Answers where that is kept. */
  async add(
    choices: AccountChoices,
    password: string,
  ): Promise<Result<{ accountId: AccountId; keyring: VaultStatus }, Failure>> {
    const { vault, passwords } = this.#tools;
    // Mail that is still being removed must not be taken up.
    await Promise.allSettled(this.#removals);
    const added = await addAccount(this.#tools, choices);
    if (!added.ok) return added;
    const { id } = added.value;
    const kept = await vault.set(id, password);
    passwords.note(id, kept.ok);
    return ok({ accountId: id, keyring: kept.ok ? kept.value : 'memory-only' });
  }

  /**
   * Changes an account. Another user name means another maildrop, in which the same id may mean another message. For
   * another host or user, or for weaker protection, the person must type the password again; for a key that they trust
   * since they gave it, only without `allowsNewKey`.
   */
  async change(
    accountId: AccountId,
    choices: AccountChoices,
    { allowsNewKey }: { readonly allowsNewKey: boolean },
  ): Promise<Result<null, Failure>> {
    const { settings, work } = this.#tools;
    const before = settings.account(accountId)?.server;
    if (before === undefined) return failed(notFound);
    const { server } = choices;
    const isMoved = !isDeepStrictEqual(before, server);
    const unusable = isMoved ? unusableServer(server) : null;
    const refusal = unusable ?? takenMaildrop(settings.accounts(), server, accountId);
    if (refusal !== null) return failed(refusal);
    const needsPassword =
      !mayKeepPassword(before, server) || (!allowsNewKey && asksForNewKey(before, server));
    // This comes first. From here on no session signs in, so none writes into the ledger that will be forgotten.
    const withheld = needsPassword ? await this.#withhold(accountId) : ok(null);
    if (!withheld.ok) return withheld;
    if (isMoved) await work.end(accountId);
    const forgotten = await this.#forgetOtherMaildrop(accountId, before, server);
    if (!forgotten.ok) return forgotten;
    const updated = await settings.updateAccount(accountId, choices);
    // Work that began meanwhile knows the old server. It must not take the new password there.
    if (isMoved) await work.end(accountId);
    work.renew(accountId);
    if (needsPassword) work.waitForPerson(accountId, passwordMissing(server));
    return updated.ok ? ok(null) : updated;
  }

  /** Takes a new password or refresh token and checks with it. */
  async setPassword(
    accountId: AccountId,
    password: string,
  ): Promise<Result<{ keyring: VaultStatus }, Failure>> {
    const { settings, vault, passwords, tokens, work } = this.#tools;
    if (settings.account(accountId) === undefined) return failed(notFound);
    const kept = await vault.set(accountId, password);
    tokens.forget(accountId);
    if (kept.ok) passwords.note(accountId, true);
    // A check with the old password would only fail with the trouble that the new one solves.
    await work.stopCheck(accountId);
    work.renew(accountId);
    work.checkNow(accountId);
    return kept.ok ? ok({ keyring: kept.value }) : kept;
  }

  /** Removes an account with its password. Removes its mail too, unless the person keeps it. */
  async remove(accountId: AccountId, keepMail: boolean): Promise<Result<null, Failure>> {
    const server = this.#tools.settings.account(accountId)?.server;
    // The account leaves the settings first. From then on nothing new begins for it.
    const removed = await this.#tools.settings.removeAccount(accountId);
    if (!removed.ok) return removed;
    const removal = this.#forget(accountId, server, keepMail);
    this.#removals.add(removal);
    return removal.finally(() => this.#removals.delete(removal));
  }

  async #withhold(accountId: AccountId): Promise<Result<null, Failure>> {
    const { vault, passwords, tokens, withheld } = this.#tools;
    tokens.forget(accountId);
    const noted = await withheld.withhold(vault, accountId);
    if (noted.ok) passwords.note(accountId, false);
    return noted;
  }

  async #forgetOtherMaildrop(
    accountId: AccountId,
    before: ServerSettings,
    server: ServerSettings,
  ): Promise<Result<unknown, Failure>> {
    const ledger = this.#tools.store.ledger(accountId);
    return attemptWork(async () => {
      if (before.user !== server.user) await ledger.forgetAll();
      else if (!isSameMaildrop(before, server)) await ledger.doubtIds();
    });
  }

  async #forget(
    accountId: AccountId,
    server: ServerSettings | undefined,
    keepMail: boolean,
  ): Promise<Result<null, Failure>> {
    const { store, vault, passwords, tokens, locks, work } = this.#tools;
    await work.forget(accountId);
    if (server?.oauth !== undefined)
      await tokens.revoke(accountId, { oauth: server.oauth, proxy: server.proxy });
    await vault.remove(accountId);
    passwords.note(accountId, false);
    if (keepMail) return ok(null);
    using _lock = await locks.acquire(accountId, new AbortController().signal);
    const gone = await attemptWork(() => store.upkeep.removeAccount(accountId));
    return gone.ok ? ok(null) : gone;
  }
}

function passwordMissing({ host, port, oauth }: ServerSettings): Failure {
  const kind = oauth === undefined ? 'password-missing' : 'sign-in-again';
  return { kind, step: 'sign-in', canRetry: false, host, port };
}
