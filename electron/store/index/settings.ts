import type { Sql } from './sql.ts';

/** Single values that the store keeps for itself, by name. */
export class Settings {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** The value kept under a name, or null. */
  get(name: string): string | null {
    return this.#sql.value<string>('select value from setting where name = ?', name);
  }

  /** Keeps a value under a name. */
  set(name: string, value: string): void {
    this.#sql.run('insert or replace into setting(name, value) values(?, ?)', name, value);
  }

  /** Forgets the value kept under a name. */
  remove(name: string): void {
    this.#sql.run('delete from setting where name = ?', name);
  }
}
