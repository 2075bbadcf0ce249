import type { Folder } from '../../../shared/folder.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { MessageSummary } from '../../../shared/message.ts';
import type { Rule, RuleAction } from '../../../shared/rule.ts';
import type { ParsedMessage } from '../../message/parsing/parsed-message.ts';
import type { Store } from '../../store/store.ts';
import { actionsFor } from './rules.ts';

/** Marks, tags and a folder that a message gets. */
type Change = Parameters<Store['marks']['change']>[1];

const changing = new Set<RuleAction['kind']>(['star', 'mark-read', 'trash', 'archive', 'tag', 'move']);

/** What the rules make of a message that has been downloaded: whether it is announced, and what changes about it. */
export function changesByRules(
  rules: readonly Rule[],
  { accountId, sizeBytes }: Pick<MessageSummary, 'accountId' | 'sizeBytes'>,
  message: Pick<ParsedMessage, 'from' | 'to' | 'cc' | 'subject' | 'headers'>,
): { readonly isSilenced: boolean; readonly change: Change | null } {
  const actions = actionsFor(rules, {
    accountId,
    sizeBytes,
    from: message.from[0] ?? { name: '', address: '' },
    to: [...message.to, ...message.cc],
    subject: message.subject,
    headers: message.headers,
  });
  const kinds = new Set(actions.map(({ kind }) => kind));
  const isSilenced = kinds.has('no-notice');
  if (!actions.some(({ kind }) => changing.has(kind))) return { isSilenced, change: null };
  const folder = folderOf(actions);
  const change: Change = {
    ...(kinds.has('star') ? { isStarred: true } : {}),
    ...(kinds.has('mark-read') ? { isRead: true } : {}),
    ...(folder === null ? {} : { folder }),
    addTags: actions.flatMap((action) => (action.kind === 'tag' ? [action.tag] : [])),
  };
  return { isSilenced, change };
}

/** Where the rules put a message, or null: the Trash goes before a folder, and a folder before the archive. */
function folderOf(actions: readonly RuleAction[]): Folder | null {
  if (actions.some(({ kind }) => kind === 'trash')) return 'trash';
  const move = actions.find((action) => action.kind === 'move');
  if (move !== undefined) return move.folder;
  return actions.some(({ kind }) => kind === 'archive') ? 'archive' : null;
}

type RuleTools = {
  readonly store: Store;
  /** A rule says that this message is not to be announced. */
  onSilenced(id: MessageId): void;
};

type ReadMessage = { readonly id: MessageId; readonly message: ParsedMessage };

/**
 * Carries the rules out on messages that have been read: those that have just arrived, and those on which the rules
 * were still due when the program ended.
 */
export async function carryOutRules(
  { store, onSilenced }: RuleTools,
  read: readonly ReadMessage[],
  hasArrived: (id: MessageId) => boolean,
): Promise<void> {
  const due = store.rulesDue.among(read.map(({ id }) => id));
  const subjects = new Map(
    read.filter(({ id }) => hasArrived(id) || due.has(id)).map(({ id, message }) => [id, message]),
  );
  const rules = subjects.size === 0 ? [] : store.rules.all();
  if (rules.length > 0)
    for (const row of store.messages.summaries([...subjects.keys()])) {
      const message = subjects.get(row.id);
      if (message === undefined) continue;
      const { isSilenced, change } = changesByRules(rules, row, message);
      if (isSilenced) onSilenced(row.id);
      if (change !== null) await store.marks.change({ kind: 'ids', ids: [row.id] }, change);
    }
  if (due.size > 0) await store.rulesDue.done([...due]);
}
