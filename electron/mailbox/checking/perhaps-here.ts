import type { Account } from '../../../shared/account.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import { summariseHeaders } from '../../message/headers/header-summary.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import type { Store } from '../../store/store.ts';
import { foretell } from '../maildrop/essence.ts';
import { fetchHeaders } from '../maildrop/fetch-headers.ts';
import type { Download } from './wanted-downloads.ts';

/*
 * After an account has moved to another server, all ids are new. Most letters are known again when they come (arrivals).
 * Where the new server has changed the letters themselves, that would bring a second copy of each. So the headers are
 * looked at before anything is fetched. Letters that seem to be here, but would not come as the same bytes, wait until
 * the person has decided: fetch them all, or leave them there. All other letters come meanwhile.
 */

/** Stored letters of one moment that are compared with one on the server. */
const mostCompared = 200;
/** By how much a server may change the size of a letter, as with another encoding of its text. Bytes. */
const mostChangedBytes = 16 * 1024 * 1024;

type Tools = { readonly store: Store; readonly account: Account; readonly session: Pop3Session };

/** What is fetched now, and what waits for the person. */
export type HeldBack = { readonly free: readonly Download[]; readonly waiting: readonly LedgerKey[] };

/**
 * Parts the wanted downloads. `isOfOtherServer`: this is the first listing since the account's server was changed, and
 * the headers are asked for now. Rejects with the session's or the store's error.
 */
export async function holdBack(
  tools: Tools,
  wanted: readonly Download[],
  isOfOtherServer: boolean,
): Promise<HeldBack> {
  const { store, account, session } = tools;
  const { perhapsHere } = store;
  const isToBeExamined = isOfOtherServer || perhapsHere.isToBeExamined(account.id);
  const known = new Set(perhapsHere.of(account.id));
  if (isToBeExamined) {
    await perhapsHere.examine(account.id);
    if (session.capabilities.top) for (const key of await findPerhapsHere(tools, wanted)) known.add(key);
  }
  const waiting = wanted.flatMap(({ key }) => (known.has(key) ? [key] : []));
  if (isToBeExamined || known.size > 0) await perhapsHere.keep(account.id, waiting);
  return { free: wanted.filter(({ key }) => !known.has(key)), waiting };
}

/** The question to the person. */
export function askedAboutMove({ server }: Account, waiting: readonly LedgerKey[]): Failure | null {
  if (waiting.length === 0) return null;
  const { host, port } = server;
  return { kind: 'perhaps-here', count: waiting.length, step: 'list', canRetry: false, host, port };
}

/** Carries out the person's decision: the next check fetches the messages, or they are left on the server for good. */
export async function decidePerhapsHere(
  store: Pick<Store, 'perhapsHere' | 'ledger'>,
  accountId: AccountId,
  choice: 'fetch' | 'leave',
): Promise<void> {
  if (choice === 'leave') await store.ledger(accountId).setSkipped(store.perhapsHere.of(accountId));
  await store.perhapsHere.keep(accountId, []);
}

async function findPerhapsHere({ store, account, session }: Tools, wanted: readonly Download[]) {
  const downloads = new Map(wanted.filter(({ isPartial }) => !isPartial).map((one) => [one.number, one]));
  const headersOf = new Map<Download, Uint8Array>();
  await fetchHeaders(session, [...downloads.keys()], (number, headers) => {
    const download = downloads.get(number);
    if (download !== undefined) headersOf.set(download, headers);
  });
  const found: LedgerKey[] = [];
  for (const [download, headers] of headersOf)
    if (await isPerhapsHere({ store, account }, download, headers)) found.push(download.key);
  return found;
}

async function isPerhapsHere(
  { store, account }: Pick<Tools, 'store' | 'account'>,
  { sizeBytes }: Download,
  headers: Uint8Array,
): Promise<boolean> {
  const options = { most: mostCompared, addedBytes: mostChangedBytes };
  let isPerhaps = false;
  for (const { messageId } of store.messages.alike(
    account.id,
    summariseHeaders(headers),
    sizeBytes,
    options,
  )) {
    const stored = await store.messages.read(messageId);
    const fate = stored.ok ? foretell(headers, sizeBytes, stored.value) : 'other';
    if (fate === 'here') return false;
    isPerhaps ||= fate === 'perhaps';
  }
  return isPerhaps;
}
