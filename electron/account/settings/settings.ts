import { randomBytes } from 'node:crypto';
import type { Account } from '../../../shared/account.ts';
import { accountDefaults } from '../../../shared/account.ts';
import type { SettingsNotice } from '../../../shared/app-state.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { Preferences } from '../../../shared/preferences.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import {
  isAccount,
  isCode,
  readPreferences,
  readSettingsFile,
  type SettingsContent,
  writeSettingsFile,
} from './settings-file.ts';

/** What a new account must say; the rest has defaults. */
export type AccountChoices = Pick<Account, 'address' | 'server'> & Partial<Omit<Account, 'id'>>;

/** Accounts and preferences, held in memory and written to settings.json at every change. No password is among them. */
export type Settings = {
  accounts(): readonly Account[];
  account(id: AccountId): Account | undefined;
  /** With `id` the account takes up the mail of one that was removed. Without it, or where it is in use, it gets a new id. */
  addAccount(choices: AccountChoices, id?: AccountId): Promise<Result<Account, Failure>>;
  updateAccount(id: AccountId, patch: Partial<Omit<Account, 'id'>>): Promise<Result<Account, Failure>>;
  removeAccount(id: AccountId): Promise<Result<null, Failure>>;
  preferences(): Preferences;
  /** Changes what the patch names. One value that is not valid is told as `bad-input`, and then nothing changes. */
  updatePreferences(patch: Partial<Preferences>): Promise<Result<Preferences, Failure>>;
  /** A list that another room keeps in the file, as it was saved; undefined before. That room checks what it gets. */
  section(name: string): unknown;
  /** Saves such a list. `value` must survive JSON. */
  saveSection(name: string, value: unknown): Promise<Result<null, Failure>>;
  /** What could not be read when the file was opened; null when all of it could. */
  notice(): SettingsNotice | null;
};

/** A section may not have these names: the file uses them itself. */
const ownNames = new Set(['version', 'accounts', 'preferences']);

/**
 * Opens settings.json in `folder` and makes the folder when it is missing. A damaged file is kept aside and told by
 * `notice`. Throws only when a file that is there cannot be read at all.
 */
export async function openSettings(folder: string, now: () => number = () => Date.now()): Promise<Settings> {
  const opened = await readSettingsFile(folder, now());
  let content = opened.content;
  let last: Promise<unknown> = Promise.resolve();

  /** Changes come one after the other. Memory follows the disk, so a failed write changes nothing. */
  function change<Value>(
    step: (current: SettingsContent) => Result<{ next: SettingsContent; value: Value }, Failure>,
  ): Promise<Result<Value, Failure>> {
    const run = async (): Promise<Result<Value, Failure>> => {
      const result = step(content);
      if (!result.ok) return result;
      try {
        await writeSettingsFile(folder, result.value.next);
      } catch (error) {
        return failed(writeFailure(error));
      }
      content = result.value.next;
      return ok(result.value.value);
    };
    const done = last.then(run);
    last = done;
    return done;
  }

  return {
    accounts: () => content.accounts,
    account: (id) => content.accounts.find((account) => account.id === id),
    notice: () => opened.notice,
    preferences: () => content.preferences,
    section: (name) => content.sections[name],

    addAccount: (choices, id) =>
      change((current) => {
        const account: Account = {
          ...accountDefaults,
          isSample: false,
          ...choices,
          name: choices.name?.trim() || choices.address,
          id: id !== undefined && isFree(id, current.accounts) ? id : newAccountId(current.accounts),
        };
        if (!isAccount(account)) return failed(badInput('account', 'not a whole account'));
        return ok({ next: { ...current, accounts: [...current.accounts, account] }, value: account });
      }),

    updateAccount: (id, patch) =>
      change((current) => {
        const old = current.accounts.find((account) => account.id === id);
        if (old === undefined) return failed(notFound);
        const account: Account = { ...old, ...patch, id };
        if (!isAccount(account)) return failed(badInput('account', 'not a whole account'));
        const accounts = current.accounts.map((other) => (other.id === id ? account : other));
        return ok({ next: { ...current, accounts }, value: account });
      }),

    removeAccount: (id) =>
      change((current) => {
        const accounts = current.accounts.filter((account) => account.id !== id);
        if (accounts.length === current.accounts.length) return failed(notFound);
        return ok({ next: { ...current, accounts }, value: null });
      }),

    updatePreferences: (patch) =>
      change((current) => {
        const { preferences, leftOut } = readPreferences(patch, current.preferences);
        const [wrong] = leftOut;
        if (wrong !== undefined) return failed(badInput(wrong, 'not a value of this preference'));
        return ok({ next: { ...current, preferences }, value: preferences });
      }),

    saveSection: (name, value) =>
      change((current) => {
        if (ownNames.has(name)) return failed(badInput('section', `${name} is not a section`));
        return ok({ next: { ...current, sections: { ...current.sections, [name]: value } }, value: null });
      }),
  };
}

const notFound: Failure = { kind: 'not-found', canRetry: false };

function badInput(field: string, what: string): Failure {
  return { kind: 'bad-input', field, what, canRetry: false };
}

function isFree(id: AccountId, accounts: readonly Account[]): boolean {
  return accounts.every((account) => account.id !== id);
}

function newAccountId(accounts: readonly Account[]): AccountId {
  for (;;) {
    const id = randomBytes(8).toString('hex') as AccountId;
    if (isFree(id, accounts)) return id;
  }
}

function writeFailure(error: unknown): Failure {
  if (isCode(error, 'ENOSPC') || isCode(error, 'EDQUOT'))
    return { kind: 'disk-full', step: 'store', canRetry: true };
  return { kind: 'folder-read-only', step: 'store', canRetry: true };
}
