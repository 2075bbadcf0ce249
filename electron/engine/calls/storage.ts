import { join } from 'node:path';
import { ok } from '../../../shared/result.ts';
import { exportMail } from '../../mailbox/moving/export-mail.ts';
import { importMail } from '../../mailbox/moving/import-mail.ts';
import { restoreBackup } from '../../mailbox/moving/restore-backup.ts';
import { writeBackup } from '../../mailbox/moving/write-backup.ts';
import { attemptWork } from '../../store/attempt.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';

type Tools = Pick<EngineParts, 'folder' | 'settings' | 'store' | 'changes' | 'emit'>;

/** The store's own upkeep, and mail that moves in or out. */
export function storageCalls({
  folder,
  settings,
  store,
  changes,
  emit,
}: Tools): Answers<
  | 'storage/state'
  | 'storage/verify'
  | 'storage/compact'
  | 'storage/backup-to'
  | 'storage/restore-from'
  | 'storage/export-to'
  | 'storage/import-from'
> {
  const progress = (task: string) => (done: number, total: number) =>
    emit('storage/progress', { task, done, total });
  return {
    'storage/state': () => store.upkeep.storageState(),
    'storage/verify': async () => {
      const verified = await attemptWork(() => store.upkeep.verify(progress('verify')));
      if (!verified.ok) return verified;
      const { checked, damaged } = verified.value;
      return ok({
        checked,
        damaged: damaged.map((one) => `${one.path} (${one.offset}): ${one.kind} ${one.subject ?? ''}`),
      });
    },
    'storage/compact': () => attemptWork(() => store.upkeep.compact(null)),
    'storage/backup-to': ({ path }) => {
      const settingsPath = join(folder, 'settings.json');
      return writeBackup(store.upkeep, { path, settingsPath, onProgress: progress('backup') });
    },
    'storage/restore-from': async ({ path }) => {
      const accounts = settings.accounts();
      const restored = await restoreBackup(store, { path, accounts, onProgress: progress('restore') });
      changes.note();
      return restored;
    },
    'storage/export-to': ({ format, accountId, path }) =>
      // The dialog in which the place was chosen has asked already.
      exportMail(store, { format, accountId, path, overwrites: true, onProgress: progress('export') }),
    'storage/import-from': async ({ accountId, paths }) => {
      const imported = await importMail(store, accountId, paths, progress('import'));
      changes.note([accountId]);
      return imported;
    },
  };
}
