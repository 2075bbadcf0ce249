import type { AccountId } from '../../../shared/ids.ts';
import { type LedgerKey, ledgerKey } from '../../../shared/ledger-key.ts';
import type { ListedMessage } from '../../../shared/listed-message.ts';
import type { CommitNumber } from '../index/commits.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { appendLedgerNote } from '../segments/ledger-note.ts';
import { ledgerStateNumber } from './ledger-states.ts';

/*
 * Ids that another program knew when its mail was imported, and whose messages are not here.
 * - A check does not fetch them: the person had them once, and deleted them there or keeps them elsewhere. A person can.
 * - They prove nothing. Nothing deletes them on the server by itself.
 * - Where a whole listing has none of them, they were of another maildrop, and are dropped.
 */

type Tools = Pick<StoreTools, 'sql' | 'clock' | 'accounts' | 'segments' | 'book' | 'commits'>;

const skipped = ledgerStateNumber('skipped');

/** SQL that holds for these entries of the ledger. */
export const isKnownElsewhere = `is_elsewhere = 1 and state = ${skipped}`;

/** Adds entries for keys that the ledger does not know. Must run inside a transaction. */
export function addKnownElsewhere(
  { sql, clock }: Pick<Tools, 'sql' | 'clock'>,
  accountNo: number,
  keys: readonly LedgerKey[],
): void {
  sql.run(
    `insert into ledger(account_no, key, state, seen_steady, changed_steady, is_elsewhere)
       select ?1, value, ?2, ?3, ?3, 1 from json_each(?4) where true on conflict do nothing`,
    accountNo,
    skipped,
    clock.steadyNow(),
    JSON.stringify(keys),
  );
}

/** Ids that another program knew. */
export function knownElsewhere(tools: Tools) {
  return {
    /**
     * Notes that another program knew these messages, which are not here. Keys that the ledger knows stay as they are.
     * Rejects with a StoreError.
     */
    async note(accountId: AccountId, keys: readonly LedgerKey[]): Promise<CommitNumber> {
      if (keys.length > 0) await noteKeys(tools, accountId, keys);
      return tools.commits.next();
    },
  };
}

async function noteKeys(
  tools: Omit<Tools, 'commits'>,
  accountId: AccountId,
  keys: readonly LedgerKey[],
): Promise<void> {
  const no = tools.accounts.numberOf(accountId);
  const segment = tools.book.acquire({ no, id: accountId });
  try {
    appendLedgerNote(segment, accountId, { elsewhere: keys }, tools.clock.now());
    const end = segment.appender.position;
    segment.appender.handOverUpTo(end);
    await segment.appender.sync();
    tools.sql.transaction(() => {
      addKnownElsewhere(tools, no, keys);
      tools.segments.noteCommitted(segment, end, tools.book.isFull(end));
    });
    segment.committedBytes = end;
    segment.isInIndex = true;
  } finally {
    await tools.book.release(segment);
  }
}

/** Drops these entries where a whole listing has none of them. */
export function dropOfOtherMaildrop(
  { sql }: Pick<Tools, 'sql'>,
  accountNo: number,
  listing: readonly ListedMessage[],
): void {
  const hasAny = `select exists(select 1 from ledger where account_no = ?1 and ${isKnownElsewhere}) as value`;
  if (listing.length === 0 || sql.value<number>(hasAny, accountNo) !== 1) return;
  const listed = sql.value<number>(
    `select exists(select 1 from ledger where account_no = ?1 and ${isKnownElsewhere}
       and key in (select value from json_each(?2))) as value`,
    accountNo,
    JSON.stringify(listing.map(({ uidl, occurrence }) => ledgerKey(uidl, occurrence))),
  );
  if (listed === 0) sql.run(`delete from ledger where account_no = ?1 and ${isKnownElsewhere}`, accountNo);
}
