import type { AccountId } from '../../../shared/ids.ts';
import { isAccountId } from '../segments/segment-file.ts';
import type { Sql } from './sql.ts';

/** The accounts that have anything here. The index names each by a number, everybody else by its id. */
export class AccountRegister {
  readonly #sql: Sql;
  readonly #numbers = new Map<string, number>();
  readonly #ids = new Map<number, AccountId>();

  constructor(sql: Sql) {
    this.#sql = sql;
    this.reload();
  }

  /** Reads the accounts again. Call it after a backup has been taken in. */
  reload(): void {
    for (const { no, id } of this.#sql.all<{ no: number; id: string }>('select no, id from account'))
      this.#remember(no, id as AccountId);
  }

  #remember(no: number, id: AccountId): void {
    this.#numbers.set(id, no);
    this.#ids.set(no, id);
  }

  /** Number of an account; a new account gets one. */
  numberOf(id: AccountId): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    // The id names a folder. No character in it may lead to another folder.
    if (!isAccountId(id)) throw new Error('an account id is lower-case letters and digits');
    this.#sql.run('insert into account(id) values(?)', id);
    const no = this.#sql.value<number>('select no as value from account where id = ?', id) ?? 0;
    this.#remember(no, id);
    return no;
  }

  /** Number of an account, or null when nothing was ever stored for it. */
  knownNumber(id: AccountId): number | null {
    return this.#numbers.get(id) ?? null;
  }

  /** Id of an account by its number. */
  idOf(no: number): AccountId {
    const id = this.#ids.get(no);
    if (id === undefined) throw new Error(`there is no account ${no}`);
    return id;
  }

  /** Every account that has anything here. */
  ids(): AccountId[] {
    return [...this.#ids.values()];
  }

  /** Forgets an account whose rows have been removed. */
  forget(id: AccountId): void {
    const no = this.#numbers.get(id);
    this.#numbers.delete(id);
    if (no !== undefined) this.#ids.delete(no);
  }
}
