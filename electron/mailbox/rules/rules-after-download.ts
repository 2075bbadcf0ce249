import type { MessageSummary } from '../../../shared/message.ts';
import type { Rule, RuleAction } from '../../../shared/rule.ts';
import type { ParsedMessage } from '../../message/parsing/parsed-message.ts';
import type { Store } from '../../store/store.ts';
import { actionsFor } from './rules.ts';

/** Marks, tags and a folder that a message gets. */
type Change = Parameters<Store['marks']['change']>[1];

const changing = new Set<RuleAction['kind']>(['star', 'mark-read', 'trash', 'archive', 'tag']);

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
  const folder = kinds.has('trash') ? 'trash' : kinds.has('archive') ? 'archive' : null;
  const change: Change = {
    ...(kinds.has('star') ? { isStarred: true } : {}),
    ...(kinds.has('mark-read') ? { isRead: true } : {}),
    ...(folder === null ? {} : { folder }),
    addTags: actions.flatMap((action) => (action.kind === 'tag' ? [action.tag] : [])),
  };
  return { isSilenced, change };
}
