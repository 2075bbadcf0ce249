import type { Account } from '../../shared/model.ts';
import type { Rule, RuleAction } from '../../shared/rule.ts';
import type { Pop3Session } from '../pop3/session.ts';
import type { Download } from './download.ts';
import { fetchHeaders } from './fetch-headers.ts';
import { actionsFor, needsHeadersFirst } from './rules.ts';

/** What the rules made of the messages that could be fetched. */
type Decision = {
  readonly fetch: readonly Download[];
  readonly skip: readonly Download[];
  /** Ledger keys a rule wants deleted on the server without a copy here. */
  readonly deleteOnServer: readonly string[];
};

/** Lets the rules decide from the headers alone, which costs a TOP for each message; no rules, no cost. */
export async function decideBeforeDownload(
  session: Pop3Session,
  account: Account,
  rules: readonly Rule[],
  wanted: readonly Download[],
): Promise<Decision> {
  if (wanted.length === 0 || !needsHeadersFirst(rules, account.id))
    return { fetch: wanted, skip: [], deleteOnServer: [] };
  const headers = new Map<number, Uint8Array>();
  const numbers = wanted.map(({ number }) => number);
  await fetchHeaders(session, numbers, (number, bytes) => headers.set(number, bytes));
  const first: Download[] = [];
  const rest: Download[] = [];
  const skip: Download[] = [];
  const deleteOnServer: string[] = [];
  for (const download of wanted) {
    const kinds = await kindsOf(rules, account, download, headers.get(download.number));
    if (kinds.has('delete-on-server')) deleteOnServer.push(download.key);
    else if (kinds.has('skip')) skip.push(download);
    else
      (kinds.has('fetch-first') ? first : rest).push(
        kinds.has('headers-only') ? { ...download, isPartial: true } : download,
      );
  }
  return { fetch: [...first, ...rest], skip, deleteOnServer };
}

/** Kinds of the actions that the rules ask for; none where the headers could not be had. */
async function kindsOf(
  rules: readonly Rule[],
  account: Account,
  download: Download,
  headers: Uint8Array | undefined,
): Promise<Set<RuleAction['kind']>> {
  if (headers === undefined) return new Set();
  // Loaded only where there are such rules: the parser is larger than all that a check needs otherwise.
  const { parseMessage } = await import('../message/parse.ts');
  const message = await parseMessage(headers);
  const actions = actionsFor(rules, {
    accountId: account.id,
    from: message.from[0] ?? { name: '', address: '' },
    to: [...message.to, ...message.cc],
    subject: message.subject,
    headers: message.headers,
    sizeBytes: download.sizeBytes,
  });
  return new Set(actions.map((action) => action.kind));
}
