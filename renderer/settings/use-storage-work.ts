import { useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { poppy } from '../bridge/poppy.ts';
import { showDone, showFailure } from '../bridge/toasts.ts';
import { usePoppyEvent } from '../bridge/use-event.ts';

/** What can be done with the stored mail as a whole, one thing at a time. */
export type StorageWork = {
  /** How far it is; null while nothing is under way. */
  readonly running: { readonly done: number; readonly total: number } | null;
  /** What the last verification found; null before one. */
  readonly verified: { readonly checked: number; readonly damaged: readonly string[] } | null;
  readonly verify: () => void;
  readonly compact: () => void;
  readonly backup: () => void;
  readonly restore: () => void;
  readonly exportAs: (format: 'eml' | 'mbox' | 'tar' | 'maildir', accountId: AccountId | null) => void;
  readonly importFrom: (source: 'files' | 'folder', accountId: AccountId) => void;
};

/** Does the work, says what came of it, and calls `onDone` after each piece, as the sizes are others then. */
export function useStorageWork(onDone: () => void): StorageWork {
  const [running, setRunning] = useState<StorageWork['running']>(null);
  const [verified, setVerified] = useState<StorageWork['verified']>(null);
  // Progress may be told after the answer; nothing is under way then.
  usePoppyEvent('storage/progress', ({ done, total }) =>
    setRunning((before) => (before === null ? null : { done, total })),
  );
  const run = async <Value>(work: Promise<Result<Value, Failure>>, then: (value: Value) => void) => {
    setRunning({ done: 0, total: 0 });
    const outcome = await work;
    setRunning(null);
    if (outcome.ok) then(outcome.value);
    else showFailure(outcome.failure);
    onDone();
  };
  return {
    running,
    verified,
    verify: () => void run(poppy.request('storage/verify', {}), setVerified),
    compact: () => void run(poppy.request('storage/compact', {}), () => showDone('compacted')),
    backup: () =>
      void run(poppy.request('storage/backup', {}), (done) => {
        if (done !== null) showDone('backup-made', { path: done.path });
      }),
    restore: () =>
      void run(poppy.request('storage/restore', {}), (done) => {
        if (done !== null) showDone('restored', { count: done.messages });
      }),
    exportAs: (format, accountId) =>
      void run(poppy.request('storage/export', { format, accountId }), (done) => {
        if (done !== null) showDone('exported', { count: done.count, path: done.path });
      }),
    importFrom: (source, accountId) =>
      void run(poppy.request('storage/import', { accountId, source }), (done) => {
        if (done !== null) showDone('imported', done);
      }),
  };
}
