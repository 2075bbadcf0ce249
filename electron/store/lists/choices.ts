import type { MessageId } from '../../../shared/model.ts';
import type { StoreContext } from '../index/context.ts';

/** What a person chose for one message; null where nothing was chosen. */
export type MessageChoices = { readonly charset: string | null; readonly theme: 'dark' | 'light' | null };

/** Whose remote pictures may be loaded. */
export type RemoteAllowance = { readonly scope: 'sender' | 'domain'; readonly value: string };

/** Any facts about a server that were learned the hard way, as JSON; see the callers for the keys. */
export type ServerQuirks = Readonly<Record<string, string | number | boolean>>;

/** Choices that are remembered: for a message, for senders, and for servers. */
export function choices(context: StoreContext) {
  const { sql } = context;
  const messageChoices = (id: MessageId): MessageChoices => {
    const row = sql.get<MessageChoices>(
      `select c.charset, c.theme from message m
       join message_choice c on c.account_no = m.account_no and c.sha256 = m.sha256 where m.id = ?`,
      id,
    );
    return { charset: row?.charset ?? null, theme: row?.theme ?? null };
  };
  const quirks = (host: string, port: number): ServerQuirks => {
    const body = sql.value<string>(
      'select body as value from server_quirk where host = ? and port = ?',
      host.toLowerCase(),
      port,
    );
    return body === null ? {} : (JSON.parse(body) as ServerQuirks);
  };
  return {
    /** What was chosen for a message; kept by its bytes, so that it survives a rebuild. */
    messageChoices,

    /** Remembers a choice for a message; what is absent stays, null takes a choice back. */
    setMessageChoices(id: MessageId, chosen: Partial<MessageChoices>): void {
      const { charset, theme } = { ...messageChoices(id), ...chosen };
      sql.run(
        `insert or replace into message_choice(account_no, sha256, charset, theme)
           select account_no, sha256, ?, ? from message where id = ?`,
        charset,
        theme,
        id,
      );
    },

    /** Senders and domains whose remote pictures are loaded without asking. */
    remoteAllowances(): RemoteAllowance[] {
      return sql
        .all<RemoteAllowance>('select scope, value from remote_allowed order by scope, value')
        .map(({ scope, value }) => ({ scope, value }));
    },

    /** Lets the pictures of a sender or a domain be loaded. */
    allowRemote(scope: RemoteAllowance['scope'], value: string): void {
      sql.run('insert or ignore into remote_allowed(scope, value) values(?, ?)', scope, value.toLowerCase());
    },

    /** Takes that back. */
    disallowRemote(scope: RemoteAllowance['scope'], value: string): void {
      sql.run('delete from remote_allowed where scope = ? and value = ?', scope, value.toLowerCase());
    },

    /** Whether pictures of mail from this address may be loaded. */
    isRemoteAllowed(address: string): boolean {
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

    /** What is known of a server; empty when nothing is. */
    quirks,

    /** Remembers facts about a server beside those known already; undefined forgets one. */
    setQuirks(
      host: string,
      port: number,
      learned: Readonly<Record<string, ServerQuirks[string] | undefined>>,
    ): void {
      sql.run(
        'insert or replace into server_quirk(host, port, body) values(?, ?, ?)',
        host.toLowerCase(),
        port,
        JSON.stringify({ ...quirks(host, port), ...learned }),
      );
    },
  };
}
