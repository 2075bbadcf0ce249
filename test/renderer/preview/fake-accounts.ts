import type { Account } from '../../../shared/account.ts';
import type { AccountState } from '../../../shared/account-state.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { hugeId, smallId } from './seeded-mail.ts';

/** A server that did not answer. */
export const slowServer: Failure = {
  kind: 'timeout',
  host: 'pop.example.org',
  port: 995,
  timeoutMs: 30_000,
  canRetry: true,
  serverText: 'still thinking',
};

/** An account of the pretended program. */
export function accountOf(id: AccountId, name: string, isSample: boolean): Account {
  return {
    id,
    name,
    address: isSample ? 'sample@example.org' : 'olga@example.org',
    server: {
      host: 'pop.example.org',
      port: 995,
      security: 'tls',
      user: 'olga',
      mechanism: 'auto',
      plaintextConsent: false,
    },
    retention: { kind: 'remove-after-days', days: 14 },
    checkEveryMinutes: 10,
    checkAtStart: true,
    partialAboveBytes: 0,
    deleteOnServerWhenDeletedHere: false,
    isSample,
  };
}

/** Both accounts, calm, busy or in trouble. */
export function accountStates(now: number, isBusy: boolean, isTroubled: boolean): AccountState[] {
  const accounts = [accountOf(smallId, 'Ольга, дом', false), accountOf(hugeId, 'Sample mailbox', true)];
  return accounts.map((account, index) => ({
    account,
    hasPassword: true,
    check:
      isBusy && index === 0
        ? {
            accountId: account.id,
            phase: 'downloading',
            done: 312,
            total: 1204,
            doneBytes: 21_000_000,
            totalBytes: 86_000_000,
            bytesPerSecond: 3_100_000,
            isSlow: false,
            startedAt: now,
          }
        : null,
    lastCheck: {
      accountId: account.id,
      startedAt: now - 60_000,
      endedAt: now - 59_000,
      stored: 3,
      storedBytes: 34_000,
      deletedOnServer: 1,
      skipped: 0,
      onServer: 900,
      outcome: 'done',
      failure: null,
    },
    nextCheckAt: now + 540_000,
    unfetched: [],
    doubtful: 0,
    terms: { loginDelaySeconds: 0, expireDays: null },
    trouble: isTroubled && index === 0 ? slowServer : null,
  }));
}
