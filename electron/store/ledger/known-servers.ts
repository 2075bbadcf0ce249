import {
  currentQuirks,
  type DatedQuirks,
  type ServerQuirks,
  withLearned,
} from '../../../shared/server-quirks.ts';
import type { CommitNumber } from '../index/commits.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { quirksText, storedQuirks } from '../index/stored-json.ts';

/** What was learned about servers. */
export function knownServers(tools: Pick<StoreTools, 'sql' | 'commits' | 'clock'>) {
  const { sql, clock } = tools;
  const dated = (host: string, port: number): DatedQuirks => {
    const body = sql.value<string>(
      'select body as value from server_quirk where host = ? and port = ?',
      host.toLowerCase(),
      port,
    );
    return storedQuirks(body ?? '');
  };
  return {
    /** What is known of a server and still counts; empty when nothing is. What does not work is tried again after a day. */
    quirks: (host: string, port: number): ServerQuirks => currentQuirks(dated(host, port), clock.now()),

    /** Remembers facts about a server beside those known already, with a date; undefined forgets one. */
    async learn(host: string, port: number, learned: Readonly<ServerQuirks>): Promise<CommitNumber> {
      sql.run(
        'insert or replace into server_quirk(host, port, body) values(?, ?, ?)',
        host.toLowerCase(),
        port,
        quirksText(withLearned(dated(host, port), learned, clock.now())),
      );
      return tools.commits.next();
    },
  };
}
