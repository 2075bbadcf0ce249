import { join } from 'node:path';
import { ok } from '../../../shared/result.ts';
import { isSameMaildrop } from '../../../shared/same-maildrop.ts';
import { exportMail } from '../../mailbox/moving/export-mail.ts';
import { foreignMailAt, maildropId } from '../../mailbox/moving/foreign-mail-at.ts';
import { importMail } from '../../mailbox/moving/import-mail.ts';
import { restoreBackup } from '../../mailbox/moving/restore-backup.ts';
import { writeBackup } from '../../mailbox/moving/write-backup.ts';
import { isLeftOutByDesign } from '../../other-programs/found-mail/foreign-mail.ts';
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
      const mails = foreignMailAt(paths, 'auto');
      if (!mails.ok) return mails;
      const imported = await importMail(store, {
        mails: mails.value,
        accountIdOf: (account) =>
          settings.accounts().find(({ server }) => isSameMaildrop(server, account))?.id ??
          maildropId(account),
        otherMail: accountId,
        onProgress: progress('import'),
      });
      changes.note();
      if (!imported.ok) return imported;
      const leftOut = imported.value.leftOut.filter((one) => !isLeftOutByDesign(one));
      return ok({
        count: imported.value.new,
        skipped: imported.value.here,
        leftOut: leftOut.reduce((sum, { count }) => sum + count, 0),
      });
    },
  };
}
