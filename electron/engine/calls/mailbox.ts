import type { Answers, EngineParts } from '../engine-parts.ts';

/** Pages of places, their numbers, and conversations. */
export function mailboxCalls({
  store,
}: Pick<EngineParts, 'store'>): Answers<'mailbox/list' | 'mailbox/counts' | 'mailbox/conversation'> {
  return {
    'mailbox/list': (query) => store.lists.page(query),
    'mailbox/counts': () => store.lists.counts(),
    'mailbox/conversation': ({ id }) => {
      const rows = store.messages.summaries(store.messages.find(id)?.conversationIds ?? []);
      return { total: rows.length, unread: rows.filter((row) => !row.isRead).length, rows };
    },
  };
}
