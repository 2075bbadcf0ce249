import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AccountRegister } from '../../electron/store/index/accounts.ts';
import { Commits } from '../../electron/store/index/commits.ts';
import { migrate, migrations } from '../../electron/store/index/migrations.ts';
import { Settings } from '../../electron/store/index/settings.ts';
import { Sql } from '../../electron/store/index/sql.ts';
import { StoreClock } from '../../electron/store/index/store-clock.ts';
import { Ledger } from '../../electron/store/ledger/ledger.ts';
import { ledgerStateNumber } from '../../electron/store/ledger/ledger-states.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { LedgerKey } from '../../shared/ledger-key.ts';
import { inMemory } from './world.ts';

/* A real ledger in memory, without segments: what a download writes into it is written here. */

/** The account of every ledger. */
export const id = '00000000000000aa' as AccountId;

const begins = Date.UTC(2026, 0, 1);

/** One index in memory, used for one history after another. */
export class LedgerWorld {
  now = begins;
  readonly #folder = mkdtempSync(join(inMemory, 'poppy-plans-'));
  readonly #sql = new Sql(join(this.#folder, 'index.sqlite'));
  readonly #clock: StoreClock;
  readonly #accounts: AccountRegister;
  readonly #settings: Settings;

  constructor() {
    this.#sql.exec('pragma journal_mode = memory; pragma synchronous = off');
    migrate(this.#sql, migrations);
    this.#settings = new Settings(this.#sql);
    this.#accounts = new AccountRegister(this.#sql);
    this.#clock = new StoreClock(this.#sql, this.#settings, () => this.now);
    this.#accounts.numberOf(id);
  }

  close(): void {
    this.#sql.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A ledger that knows nothing, at the beginning of time. */
  async begin(): Promise<Ledger> {
    const ledger = this.ledger();
    await ledger.forgetAll();
    this.#sql.exec('delete from message; delete from setting');
    return ledger;
  }

  ledger(): Ledger {
    const [sql, settings, clock, accounts] = [this.#sql, this.#settings, this.#clock, this.#accounts];
    return new Ledger({ sql, settings, clock, accounts, commits: new Commits() }, id);
  }

  steadyNow(): number {
    return this.#clock.steadyNow();
  }

  /** A letter has been fetched: its message has this number, and its date is the number too. */
  store(key: LedgerKey, serial: number, listedBytes: number, isDoubtful: boolean): void {
    this.#sql.run(
      `insert into message(id, account_no, folder, is_partial, is_doubtful, size, sort_date, received_at, thread_id,
         from_key, subject_key, segment_id, record_offset, data_offset, length, sha256)
       values(?1, ?2, 0, 0, ?3, ?4, ?1, ?1, ?1, '', '', 1, 0, 0, ?4, ?1)
       on conflict do update set is_doubtful = min(is_doubtful, excluded.is_doubtful)`,
      ...[serial, this.#accounts.numberOf(id), Number(isDoubtful), listedBytes],
    );
    this.#sql.run(
      `update ledger set state = iif(state in (?3, ?4), state, ?5), message_id = ?6, size = ?7, listed = ?7,
         stored_steady = iif(message_id is ?6, coalesce(stored_steady, ?8), ?8) where account_no = ?1 and key = ?2`,
      ...[this.#accounts.numberOf(id), key],
      ...(['delete-pending', 'delete-sent', 'stored'] as const).map(ledgerStateNumber),
      ...[serial, listedBytes, this.steadyNow()],
    );
  }
}
