import type { Store } from '../../../electron/store/store.ts';
import type { MessageId } from '../../../shared/ids.ts';

/** Everything that a person set or chose in a store, message by message, without numbers that a rebuild may change. */
export function whatAPersonDid(store: Store): object {
  const ids = store.accountIds().flatMap((accountId) => {
    const folders = ['inbox', 'archive', 'junk', 'trash', 'sent'] as const;
    return [...folders, ...store.folders.all(accountId).map(({ id }) => id)].flatMap((folder) =>
      store.lists.ids({ place: { kind: 'folder', folder, accountId } }),
    );
  });
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

function marksOf(store: Store, id: MessageId): object {
  const message = store.messages.find(id);
  if (message === null) throw new Error('a listed message is not there');
  const { accountId, sha256, folder, isRead, isStarred, isReplied, isForwarded, isDoubtful, tags } = message;
  return {
    ...{ accountId, sha256, folder, isRead, isStarred, isReplied, isForwarded, isDoubtful, tags },
    choices: store.choices.of(id),
    areRulesDue: store.rulesDue.among([id]).has(id),
  };
}
