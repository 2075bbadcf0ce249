import type { LedgerKey } from '../../../shared/ledger-key.ts';
import { type Guard, isNumber, isText, listOf, shape } from '../index/guards.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { storedValue } from '../index/stored-json.ts';

/** Messages that a server keeps although it said that it had deleted them, and in how many listings in a row. */
export type KeptDeletions = { readonly listings: number; readonly keys: readonly LedgerKey[] };

const isKept = shape<KeptDeletions>({ listings: isNumber, keys: listOf(isText as Guard<LedgerKey>) });

const keptSetting = (tools: Pick<StoreTools, 'accounts'>, accountNo: number) =>
  `kept-deletions ${tools.accounts.idOf(accountNo)}`;

/** See `Ledger.keptDeletions`. */
export function keptDeletions(
  tools: Pick<StoreTools, 'settings' | 'accounts'>,
  accountNo: number,
): KeptDeletions {
  const text = tools.settings.get(keptSetting(tools, accountNo));
  return (text === null ? null : storedValue(text, isKept)) ?? { listings: 0, keys: [] };
}

/** See `Ledger.noteKeptDeletions`. */
export function noteKeptDeletions(
  tools: Pick<StoreTools, 'settings' | 'accounts'>,
  accountNo: number,
  kept: KeptDeletions,
): void {
  tools.settings.set(keptSetting(tools, accountNo), JSON.stringify(kept));
}
