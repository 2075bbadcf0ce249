import type { ServerQuirks } from '../../../shared/server-quirks.ts';
import type { CommitNumber } from '../index/commits.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { storedQuirks } from '../index/stored-json.ts';

/** Facts learned about servers. */
export function knownServers(tools: Pick<StoreTools, 'sql' | 'commits'>) {
  const { sql } = tools;
  const quirks = (host: string, port: number): ServerQuirks => {
    const body = sql.value<string>(
      'select body as value from server_quirk where host = ? and port = ?',
      host.toLowerCase(),
      port,
    );
    return body === null ? {} : storedQuirks(body);
  };
  return {
    /** The known facts of a server; empty when there are none. */
    quirks,

    /** Adds facts about a server to those known already. Undefined forgets one. */
    async learn(host: string, port: number, learned: Readonly<ServerQuirks>): Promise<CommitNumber> {
      sql.run(
        'insert or replace into server_quirk(host, port, body) values(?, ?, ?)',
        host.toLowerCase(),
        port,
        JSON.stringify({ ...quirks(host, port), ...learned }),
      );
      return tools.commits.next();
    },
  };
}
