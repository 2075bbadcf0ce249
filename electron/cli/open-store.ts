import { summariseHeaders } from '../message/headers/header-summary.ts';
import { isStore } from '../store/index/open-index.ts';
import { openStore, type Store } from '../store/store.ts';
import type { StoreOptions } from '../store/upkeep/start-up.ts';
import { type Flags, type Given, mustHave } from './options.ts';
import { CommandFailure, orThrow } from './output.ts';

/** The flag of every command that works on a store. */
export const storeFlag = { store: { type: 'string', help: 'folder of the store' } } as const satisfies Flags;

/** Opens a store, which is made where there is none. */
export async function open(given: Given, options: Partial<StoreOptions> = {}): Promise<Store> {
  return orThrow(
    await openStore({ folder: mustHave(given, 'store'), summarise: summariseHeaders, ...options }),
  );
}

/** Opens a store that must exist. A typing error must not make an empty store and find it sound. */
export async function openExisting(given: Given, options: Partial<StoreOptions> = {}): Promise<Store> {
  const folder = mustHave(given, 'store');
  if (!isStore(folder))
    throw new CommandFailure({ kind: 'not-found', what: `no store at ${folder}`, canRetry: false });
  return open(given, options);
}
