import { createHash } from 'node:crypto';
import type { Store } from '../../../electron/store/store.ts';
import { folderRoles } from '../../../shared/folder.ts';
import type { MessageId } from '../../../shared/ids.ts';

/** Everything that a person set or chose in a store, message by message, without numbers that a rebuild may change. */
export function whatAPersonDid(store: Store): object {
  const ids = idsIn(store);
  return {
    messages: ids
      .map((id) => marksOf(store, id))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    folders: store.folders.all(),
    tags: store.tags.all(),
    rules: store.rules.all(),
    searches: store.searches.all(),
    pictures: store.remotePictures.allowances(),
  };
}

/** One word that stands for all of it. */
export function fingerprintOf(store: Store): string {
  return createHash('sha256')
    .update(JSON.stringify(whatAPersonDid(store)))
    .digest('hex');
}

function idsIn(store: Store): MessageId[] {
  return store
    .accountIds()
    .flatMap((accountId) =>
      [...folderRoles, ...store.folders.all(accountId).map(({ id }) => id)].flatMap((folder) =>
        store.lists.ids({ place: { kind: 'folder', folder, accountId } }),
      ),
    );
}

/** Hashes of the messages that may be incomplete. Doubt may be added by a rebuild, but none may be lost. */
export function doubtfulIn(store: Store): string[] {
  const messages = idsIn(store).flatMap((id) => store.messages.find(id) ?? []);
  return messages
    .filter(({ isDoubtful }) => isDoubtful)
    .map(({ accountId, sha256 }) => `${accountId} ${sha256}`);
}

function marksOf(store: Store, id: MessageId): object {
  const message = store.messages.find(id);
  if (message === null) throw new Error('a listed message is not there');
  const { accountId, sha256, folder, isRead, isStarred, isReplied, isForwarded, tags } = message;
  return {
    ...{ accountId, sha256, folder, isRead, isStarred, isReplied, isForwarded, tags },
    choices: store.choices.of(id),
    areRulesDue: store.rulesDue.among([id]).has(id),
  };
}
