import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountId } from '../../../shared/ids.ts';
import type { CommitNumber } from '../index/commits.ts';
import type { StoreTools } from '../index/store-tools.ts';
import { accountFolder } from '../segments/segment-file.ts';

type Tools = Pick<StoreTools, 'folder' | 'sql' | 'accounts' | 'commits'>;

/*
 * Folders of mail are named by random ids. A note beside the segments says whose mail a folder has. So a removed
 * account (or one lost with its settings) is recognized when it is added again, and its mail is not fetched and kept a
 * second time. The note is a file and not a table, because it must outlive the index as the segments do.
 */

/** The origin of an account's mail. It contains no secret. */
export type Maildrop = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly address: string;
};

/** An account that has mail here, and the origin of that mail. */
export type NotedMaildrop = {
  readonly accountId: AccountId;
  readonly maildrop: Maildrop;
  readonly messages: number;
};

/** Name of the note in an account's folder. */
export const maildropNoteName = 'account.json';

function readNote(folder: string): string | null {
  try {
    return readFileSync(join(folder, maildropNoteName), 'utf8');
  } catch {
    // There is no note that can be read. The owner of this mail is not known.
    return null;
  }
}

function maildropOf(text: string): Maildrop | null {
  try {
    const { host, port, user, address } = JSON.parse(text) as Partial<Record<keyof Maildrop, unknown>>;
    if (typeof host !== 'string' || typeof port !== 'number') return null;
    if (typeof user !== 'string' || typeof address !== 'string') return null;
    return { host, port, user, address };
  } catch {
    // This is not JSON, so it is not our note.
    return null;
  }
}

/** Keeps the origin of an account's mail. Throws what the file system throws. */
function noteMaildrop(
  tools: Pick<StoreTools, 'folder' | 'accounts'>,
  accountId: AccountId,
  maildrop: Maildrop,
): void {
  const { host, port, user, address } = maildrop;
  const text = `${JSON.stringify({ address, host, port, user }, null, 2)}\n`;
  tools.accounts.numberOf(accountId);
  const folder = accountFolder(tools.folder, accountId);
  if (readNote(folder) === text) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A start removes the rest of an interrupted write, which ends in `.new`.
  const unfinished = join(folder, `${maildropNoteName}.new`);
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, join(folder, maildropNoteName));
}

/** Every account with a note, and the number of its messages. */
function notedMaildrops(tools: Tools): NotedMaildrop[] {
  return tools.accounts.ids().flatMap((accountId) => {
    const text = readNote(accountFolder(tools.folder, accountId));
    const maildrop = text === null ? null : maildropOf(text);
    if (maildrop === null) return [];
    const messages = tools.sql.value<number>(
      'select count(*) as value from message where account_no = ?',
      tools.accounts.knownNumber(accountId) ?? -1,
    );
    return [{ accountId, maildrop, messages: messages ?? 0 }];
  });
}

/** The origin of each account's mail. */
export function maildrops(tools: Tools) {
  return {
    /**
     * Keeps the origin of an account's mail, so that the account is recognized later. Rejects with the error of the
     * file system.
     */
    async note(accountId: AccountId, maildrop: Maildrop): Promise<CommitNumber> {
      noteMaildrop(tools, accountId, maildrop);
      return tools.commits.next();
    },

    /** Every account with a note, and the number of its messages. */
    all: (): NotedMaildrop[] => notedMaildrops(tools),
  };
}
