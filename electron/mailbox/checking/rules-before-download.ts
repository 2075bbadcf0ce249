import type { Account } from '../../../shared/account.ts';
import type { Rule, RuleAction } from '../../../shared/rule.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import type { UnreadMessage } from '../leaving/due-deletions.ts';
import { fetchHeaders } from '../maildrop/fetch-headers.ts';
import { needsHeadersFirst, rulesFor } from '../rules/rules.ts';
import type { UnfetchedBook } from './unfetched-book.ts';
import type { Download } from './wanted-downloads.ts';

/** The result of the rules for the messages that could be fetched. */
type Decision = {
  readonly fetch: readonly Download[];
  readonly skip: readonly Download[];
  /** Messages that a rule deletes on the server without a copy here. */
  readonly deleteOnServer: readonly UnreadMessage[];
};

/** Applies the rules to the headers alone. This costs a TOP for each message; without rules it costs nothing. */
export async function decideBeforeDownload(
  session: Pop3Session,
  account: Account,
  rules: readonly Rule[],
  wanted: readonly Download[],
  unfetched: UnfetchedBook,
): Promise<Decision> {
  if (wanted.length === 0 || !needsHeadersFirst(rules, account.id))
    return { fetch: wanted, skip: [], deleteOnServer: [] };
  const headers = new Map<number, Uint8Array>();
  const numbers = wanted.map(({ number }) => number);
  await fetchHeaders(
    session,
    numbers,
    (number, bytes) => headers.set(number, bytes),
    ({ number, failure }) => {
      const download = wanted.find((one) => one.number === number);
      if (download !== undefined) unfetched.broke(download, failure);
    },
  );
  const first: Download[] = [];
  const rest: Download[] = [];
  const skip: Download[] = [];
  const deleteOnServer: UnreadMessage[] = [];
  for (const download of wanted) {
    const { kinds, unread } = await judge(rules, account, download, headers.get(download.number));
    if (unread !== null) deleteOnServer.push(unread);
    else if (kinds.has('skip')) skip.push(download);
    else
      (kinds.has('fetch-first') ? first : rest).push(
        kinds.has('headers-only') ? { ...download, isPartial: true } : download,
      );
  }
  return { fetch: [...first, ...rest], skip, deleteOnServer };
}

type Judgement = {
  readonly kinds: ReadonlySet<RuleAction['kind']>;
  /** Set where a rule deletes the message unread. */
  readonly unread: UnreadMessage | null;
};

/** What the rules ask for; nothing where the headers could not be fetched. */
async function judge(
  rules: readonly Rule[],
  account: Account,
  { key, sizeBytes }: Download,
  headers: Uint8Array | undefined,
): Promise<Judgement> {
  if (headers === undefined) return { kinds: new Set(), unread: null };
  // The parser is loaded only where there are such rules. It is larger than everything else that a check needs.
  const { parseMessage } = await import('../../message/parsing/parse.ts');
  const message = await parseMessage(headers);
  const from = message.from[0] ?? { name: '', address: '' };
  const { subject } = message;
  const matching = rulesFor(rules, {
    accountId: account.id,
    from,
    to: [...message.to, ...message.cc],
    subject,
    headers: message.headers,
    sizeBytes,
  });
  const kinds = new Set(matching.flatMap(({ actions }) => actions.map(({ kind }) => kind)));
  const deleting = matching.find(({ actions }) => actions.some(({ kind }) => kind === 'delete-on-server'));
  return {
    kinds,
    unread: deleting === undefined ? null : { key, from: from.address, subject, ruleId: deleting.id },
  };
}
