import { type FolderTree, type Mailbox, onThisComputer } from '../../shared/folder.ts';
import type { EngineParts } from './engine-parts.ts';

/** Every mailbox that has folders, and every folder that a person made; known at once. */
export function folderTree({ settings, store }: Pick<EngineParts, 'settings' | 'store'>): FolderTree {
  const accounts = settings.accounts();
  const inUse = new Set<string>([onThisComputer, ...accounts.map(({ id }) => id)]);
  const addresses = new Map(
    store.maildrops.all().map(({ accountId, maildrop }) => [accountId, maildrop.address || maildrop.user]),
  );
  const kept = store.accountIds().filter((id) => !inUse.has(id) && store.messages.hasAny(id));
  const mailboxes: Mailbox[] = [
    ...accounts.map(({ id, name }) => ({ accountId: id, kind: 'account' as const, name })),
    ...kept.map((id) => ({ accountId: id, kind: 'kept' as const, name: addresses.get(id) ?? '' })),
    { accountId: onThisComputer, kind: 'on-this-computer', name: '' },
  ];
  return { mailboxes, folders: store.folders.all() };
}
