import type { FolderRole, ForeignFolder } from '../found-mail/foreign-mail.ts';

/** Names of special folders in English, in lower case, as programs write them on disk. */
const roles: ReadonlyMap<string, FolderRole> = new Map([
  ['inbox', 'inbox'],
  ['sent', 'sent'],
  ['sent mail', 'sent'],
  ['sent-mail', 'sent'],
  ['sent items', 'sent'],
  ['sent messages', 'sent'],
  ['outbox', 'outbox'],
  ['unsent messages', 'outbox'],
  ['queue', 'outbox'],
  ['drafts', 'drafts'],
  ['draft', 'drafts'],
  ['templates', 'templates'],
  ['archive', 'archive'],
  ['archives', 'archive'],
  ['junk', 'junk'],
  ['junk e-mail', 'junk'],
  ['spam', 'junk'],
  ['trash', 'trash'],
  ['deleted items', 'trash'],
  ['deleted messages', 'trash'],
]);

/**
 * What a folder is for, by its name. Only folders at the top have such a use; but what lies within the Trash or within
 * junk mail is of that kind too.
 */
export function roleOf(path: readonly string[]): FolderRole | null {
  const role = roles.get(path[0]?.toLowerCase() ?? '') ?? null;
  return path.length === 1 || role === 'trash' || role === 'junk' || role === 'outbox' ? role : null;
}

/** A folder with the use that its name says. */
export function folderNamed(accountKey: string | null, path: readonly string[]): ForeignFolder {
  return { accountKey, path, role: roleOf(path) };
}
