import type { MessageId } from '../../../shared/ids.ts';
import type { StoreTools } from '../index/store-tools.ts';

/*
 * Mail is read again when the program has learnt to read it better, or keeps other words of it. What was found before
 * stays in list and search until then. It happens in the background, the newest first, and goes on after a restart.
 */

/** What reading finds and how its words are kept. It grows when older mail should be read again. */
const readerVersion = 2;
const settingName = 'reader-version';

/** Marks all mail that an older version has read, once for each version. */
export function markOutdated({
  sql,
  settings,
  messages,
}: Pick<StoreTools, 'sql' | 'settings' | 'messages'>): void {
  if (Number(settings.get(settingName) ?? 0) >= readerVersion) return;
  sql.transaction(() => {
    messages.markOutdated();
    settings.set(settingName, `${readerVersion}`);
  });
}

/** Messages that an older version has read, the newest first. */
export function outdated({ sql }: Pick<StoreTools, 'sql'>, limit: number): MessageId[] {
  return sql.numbers(
    'select id as value from message where is_outdated = 1 order by sort_date desc, id desc limit ?',
    limit,
  ) as MessageId[];
}

/** How many messages are still to be read again. */
export function outdatedCount({ sql }: Pick<StoreTools, 'sql'>): number {
  return sql.value<number>('select count(*) as value from message where is_outdated = 1') ?? 0;
}
