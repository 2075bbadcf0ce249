import type { Failure } from '../../../shared/failure.ts';
import type { Account, AccountId } from '../../../shared/model.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import type { ServerView } from '../../../shared/server-view.ts';
import { ServerSession } from '../../mailbox/server-view/server-session.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';

/** A closed view, for an account whose server is not open. */
function closedView(accountId: AccountId): ServerView {
  return {
    accountId,
    connection: 'closed',
    failure: null,
    count: 0,
    sizeBytes: 0,
    headersDone: 0,
    isFetchingHeaders: false,
    plan: { download: 0, downloadBytes: 0, delete: 0, deleteBytes: 0, deleteNotStored: 0 },
    sentDeletions: 0,
    applied: null,
    capabilities: [],
  };
}

const notOpen = { kind: 'not-found', step: 'open', canRetry: true } as const;

type Tools = Pick<
  EngineParts,
  'settings' | 'emit' | 'transcripts' | 'store' | 'pool' | 'maildrop' | 'changes'
>;

type ServerAnswers = Answers<
  | 'server/open'
  | 'server/view'
  | 'server/close'
  | 'server/rows'
  | 'server/want-headers'
  | 'server/fetch-headers'
  | 'server/preview'
  | 'server/mark'
  | 'server/find'
  | 'server/space'
  | 'server/apply'
  | 'server/undo'
  | 'server/command'
  | 'server/transcript'
  | 'server/deletions'
  | 'transcript/text'
  | 'server/rest'
>;

type ServerCalls = {
  readonly answers: ServerAnswers;
  /** Closes the view of an account. */
  leave(accountId: AccountId): Promise<void>;
  close(): Promise<void>;
};

/** The server view: live sessions by account, opened and closed by the window. */
export function serverCalls({
  settings,
  emit,
  transcripts,
  store,
  pool,
  maildrop,
  changes,
}: Tools): ServerCalls {
  const open = new Map<AccountId, ServerSession>();
  const leave = async (accountId: AccountId) => {
    const session = open.get(accountId);
    open.delete(accountId);
    await session?.close();
  };
  /** A session that has been left may still tell of its end; that is no state of the one opened after it. */
  const begin = (account: Account): ServerSession => {
    const isCurrent = () => open.get(account.id) === session;
    const session = new ServerSession(maildrop, account, transcripts.begin(account.id), {
      onChanged: (view) => {
        if (isCurrent()) emit('server/changed', view);
      },
      onHeaders: (rows) => {
        if (isCurrent()) emit('server/headers', { accountId: account.id, rows });
      },
    });
    open.set(account.id, session);
    return session;
  };
  const viewOf = (accountId: AccountId) => open.get(accountId)?.view() ?? closedView(accountId);
  /** Tells what has become of the maildrop; the answer is of the request alone. */
  const done = (accountId: AccountId, outcome: Result<unknown, Failure> | undefined) => {
    emit('server/changed', viewOf(accountId));
    if (outcome === undefined) return failed(notOpen);
    return outcome.ok ? ok(null) : outcome;
  };
  const answers: ServerAnswers = {
    'server/rest': () => {
      for (const session of open.values()) session.rest();
      return null;
    },
    'server/open': async ({ accountId }) => {
      const account = settings.account(accountId);
      if (account === undefined) return failed({ kind: 'not-found', canRetry: false });
      const opened = await (open.get(accountId) ?? begin(account)).open();
      return done(accountId, opened);
    },
    'server/view': ({ accountId }) => viewOf(accountId),
    'server/close': async ({ accountId }) => {
      await leave(accountId);
      return null;
    },
    'server/rows': ({ accountId, sort, offset, limit }) =>
      open.get(accountId)?.rows.page(sort, offset, limit) ?? { total: 0, rows: [] },
    'server/want-headers': ({ accountId, keys }) => {
      open.get(accountId)?.wantHeaders(keys);
      return null;
    },
    'server/fetch-headers': ({ accountId, run }) => {
      open.get(accountId)?.runHeaders(run);
      return null;
    },
    'server/preview': async ({ accountId, key }) => {
      const bytes = await open.get(accountId)?.preview(key);
      if (bytes === undefined) return failed(notOpen);
      if (!bytes.ok) return bytes;
      const reply = await pool.parse({
        job: 'show',
        source: bytes.value,
        addresses: { partPrefix: '', remotePrefix: null },
      });
      if (reply.kind !== 'parsed')
        return ok({ text: Buffer.from(bytes.value).toString('latin1'), subject: '', from: '' });
      const { message } = reply;
      const from = message.from[0];
      const who = from === undefined ? '' : `${from.name} <${from.address}>`.trim();
      return ok({ text: message.text ?? message.indexText, subject: message.subject, from: who });
    },
    'server/mark': async ({ accountId, keys, plan }) => {
      const session = open.get(accountId);
      await session?.plan(keys, plan);
      emit('server/changed', viewOf(accountId));
      return { planned: keys.filter((key) => session?.rows.get(key)?.plan === plan).length };
    },
    'server/find': ({ accountId, where }) => open.get(accountId)?.rows.find(where, Date.now()) ?? [],
    'server/space': ({ accountId }) =>
      open.get(accountId)?.rows.space(Date.now()) ?? { bySender: [], byAge: [] },
    'server/apply': async ({ accountId, keepInBin }) => {
      const applied = await open.get(accountId)?.apply(keepInBin);
      changes.note([accountId]);
      return done(accountId, applied);
    },
    'server/undo': async ({ accountId }) => done(accountId, await open.get(accountId)?.undo()),
    'server/command': async ({ accountId, line }) => {
      const reply = await open.get(accountId)?.command(line);
      if (reply === undefined) return failed(notOpen);
      return reply.ok ? ok({ reply: reply.value }) : reply;
    },
    'server/transcript': ({ accountId }) => transcripts.latest(accountId)?.entries ?? [],
    'server/deletions': ({ accountId }) => store.history.serverDeletions(accountId),
    'transcript/text': ({ accountId }) => transcripts.latest(accountId)?.toText() ?? '',
  };
  const close = async () => {
    await Promise.all([...open.keys()].map(leave));
  };
  return { answers, leave, close };
}
