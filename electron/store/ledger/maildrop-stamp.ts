import { dayMs } from '../../../shared/durations.ts';
import type { Uidl } from '../../../shared/ids.ts';
import type { MaildropStamp } from '../../../shared/maildrop-stamp.ts';
import type { RetentionPolicy } from '../../../shared/retention.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { mostTries } from './known-entries.ts';
import { ledgerStateNumber } from './ledger-states.ts';

/*
 * A check may find everything of a maildrop held here and nothing to do there. Then it leaves a stamp: facts that the
 * server can be asked for in one line, to see whether the maildrop is unchanged. Any change of any state in the ledger
 * removes the stamp (triggers, migrations.ts). So an existing stamp always speaks of the ledger as it is.
 */

/** A stamp older than this is not believed, and the maildrop is listed whole. Milliseconds of steady time. */
const believedMs = dayMs;

type StampRow = {
  readonly count: number;
  readonly size: number;
  readonly last_uidl: Uidl;
  readonly noted_steady: number;
  readonly retention: string;
  readonly oldest_steady: number | null;
};

/**
 * Keeps the stamp of a listing that was just carried out. Does so only if each message is held here undamaged or is to
 * stay away, and nothing is to be deleted there. Throws the error of SQLite.
 */
export function keepStamp(
  tools: Pick<StoreTools, 'sql' | 'clock'>,
  accountNo: number,
  mark: MaildropStamp,
  retention: RetentionPolicy,
): void {
  const found = tools.sql.get<{ settled: number; open: number; oldest: number | null }>(
    `select count(*) filter (where state in (?2, ?3, ?4)) as settled,
       count(*) filter (where state not in (?2, ?3, ?4, ?5)) as open, min(stored_steady) filter (where state = ?2) as oldest
     from ledger where account_no = ?1`,
    accountNo,
    ...(['stored', 'partial', 'skipped', 'gone'] as const).map(ledgerStateNumber),
  );
  if (found === undefined || found.open > 0 || found.settled !== mark.count) return;
  // An import can make such a copy whole without the server. Retention may then apply to it.
  if (hasDamaged(tools, accountNo) || awaitsWhole(tools, accountNo)) return;
  tools.sql.run(
    `insert or replace into listing_mark(account_no, count, size, last_uidl, noted_steady, retention, oldest_steady)
     values(?, ?, ?, ?, ?, ?, ?)`,
    ...[
      accountNo,
      mark.count,
      mark.sizeBytes,
      mark.lastUidl,
      tools.clock.steadyNow(),
      JSON.stringify(retention),
    ],
    found.oldest,
  );
}

/** Removes the stamp. The next check lists the maildrop. */
export function dropStamp(tools: Pick<StoreTools, 'sql'>, accountNo: number): void {
  tools.sql.run('delete from listing_mark where account_no = ?', accountNo);
}

/**
 * The stamp of a maildrop that needs no work while it is unchanged. Null when there is none or when it is a day old.
 * Null also when there is work in any case: retention is due, the retention setting has changed, or a copy here is
 * damaged.
 */
export function settledStamp(
  tools: Pick<StoreTools, 'sql' | 'clock'>,
  accountNo: number,
  retention: RetentionPolicy,
): MaildropStamp | null {
  const row = tools.sql.get<StampRow>(
    `select count, size, last_uidl, noted_steady, retention, oldest_steady from listing_mark where account_no = ?`,
    accountNo,
  );
  const now = tools.clock.steadyNow();
  if (row === undefined || now - row.noted_steady >= believedMs) return null;
  if (row.retention !== JSON.stringify(retention)) return null;
  if (retention.kind === 'remove-after-days' && now - (row.oldest_steady ?? now) >= retention.days * dayMs)
    return null;
  return hasDamaged(tools, accountNo)
    ? null
    : { count: row.count, sizeBytes: row.size, lastUidl: row.last_uidl };
}

/** Whether a doubtful copy must be fetched again. */
function awaitsWhole(tools: Pick<StoreTools, 'sql'>, accountNo: number): boolean {
  const text = `select exists(select 1 from message m cross join ledger l on l.message_id = m.id
    where m.is_doubtful = 1 and l.account_no = ? and l.tries < ${mostTries}) as value`;
  return tools.sql.value<number>(text, accountNo) === 1;
}

function hasDamaged(tools: Pick<StoreTools, 'sql'>, accountNo: number): boolean {
  const text = 'select exists(select 1 from message where is_damaged = 1 and account_no = ?) as value';
  return tools.sql.value<number>(text, accountNo) === 1;
}
