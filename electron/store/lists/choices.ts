import type { MessageId } from '../../../shared/ids.ts';

import type { CommitNumber } from '../index/commits.ts';
import { pictureChange } from '../index/journal-snapshot.ts';
import type { StoreTools } from '../index/store-tools.ts';

/** A person's choices for one message; null where nothing was chosen. */
export type MessageChoices = { readonly charset: string | null; readonly theme: 'dark' | 'light' | null };

/** A sender or domain whose remote pictures may be loaded. */
export type RemoteAllowance = { readonly scope: 'sender' | 'domain'; readonly value: string };

/** A person's choices for single messages. They are kept by the message's bytes, so that they survive a rebuild. */
export function messageChoices(tools: Pick<StoreTools, 'sql' | 'journals' | 'commits'>) {
  const { sql } = tools;
  const of = (id: MessageId): MessageChoices => {
    const row = sql.get<MessageChoices>(
      `select c.charset, c.theme from message m
       join message_choice c on c.account_no = m.account_no and c.sha256 = m.sha256 where m.id = ?`,
      id,
    );
    return { charset: row?.charset ?? null, theme: row?.theme ?? null };
  };
  return {
    /** The choices for a message. */
    of,

    /** Keeps choices for a message. An absent field stays; null removes a choice. */
    async set(id: MessageId, chosen: Partial<MessageChoices>): Promise<CommitNumber> {
      const { charset, theme } = { ...of(id), ...chosen };
      tools.journals.transaction(() => {
        sql.run(
          `insert or replace into message_choice(account_no, sha256, charset, theme)
             select account_no, sha256, ?, ? from message where id = ?`,
          charset,
          theme,
          id,
        );
        tools.journals.noteMessages({ sql: 'select ?', values: [id] }, { kind: 'choice', charset, theme });
      });
      return tools.commits.next();
    },
  };
}

/** The senders and domains whose remote pictures are loaded without asking. */
export function remotePictures(tools: Pick<StoreTools, 'sql' | 'journals' | 'commits'>) {
  const { sql } = tools;
  const changed = (work: () => void) =>
    tools.journals.transaction(() => {
      work();
      tools.journals.noteProgram(pictureChange(tools));
    });
  return {
    /** Senders and domains whose remote pictures are loaded without asking. */
    allowances(): RemoteAllowance[] {
      return sql
        .all<RemoteAllowance>('select scope, value from remote_allowed order by scope, value')
        .map(({ scope, value }) => ({ scope, value }));
    },

    /** Allows the pictures of a sender or a domain. */
    async allow(scope: RemoteAllowance['scope'], value: string): Promise<CommitNumber> {
      changed(() => {
        sql.run(
          'insert or ignore into remote_allowed(scope, value) values(?, ?)',
          scope,
          value.toLowerCase(),
        );
      });
      return tools.commits.next();
    },

    /** Removes an allowance. */
    async disallow(scope: RemoteAllowance['scope'], value: string): Promise<CommitNumber> {
      changed(() => {
        sql.run('delete from remote_allowed where scope = ? and value = ?', scope, value.toLowerCase());
      });
      return tools.commits.next();
    },

    /** Whether pictures of mail from this address may be loaded. */
    isAllowed(address: string): boolean {
      const folded = address.toLowerCase();
      const domain = folded.slice(folded.lastIndexOf('@') + 1);
      return (
        sql.value<number>(
          `select 1 as value from remote_allowed
           where (scope = 'sender' and value = ?) or (scope = 'domain' and value = ?)`,
          folded,
          domain,
        ) !== null
      );
    },
  };
}
