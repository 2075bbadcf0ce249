import { failed, ok } from '../../../shared/result.ts';
import { serverPreview } from '../../reading/server-preview.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';
import { type ServerViews, viewNotOpen } from '../server-views.ts';

type Tools = Pick<EngineParts, 'settings' | 'transcripts' | 'store' | 'pool' | 'changes'>;

/** The server view: what is on the server, what is planned for it, and the protocol behind it. */
export function serverCalls(
  { settings, transcripts, store, pool, changes }: Tools,
  views: ServerViews,
): Answers<
  | 'server/open'
  | 'server/view'
  | 'server/close'
  | 'server/rows'
  | 'server/want-headers'
  | 'server/fetch-headers'
  | 'server/preview'
  | 'server/plan'
  | 'server/find'
  | 'server/space'
  | 'server/apply'
  | 'server/undo'
  | 'server/command'
  | 'server/transcript'
  | 'server/deletions'
  | 'server/rest'
> {
  return {
    'server/rest': () => {
      views.rest();
      return null;
    },
    'server/open': async ({ accountId }) => {
      const account = settings.account(accountId);
      if (account === undefined) return failed({ kind: 'not-found', canRetry: false });
      return views.done(accountId, await views.open(account).open());
    },
    'server/view': ({ accountId }) => views.view(accountId),
    'server/close': async ({ accountId }) => {
      await views.close(accountId);
      return null;
    },
    'server/rows': ({ accountId, sort, offset, limit }) =>
      views.find(accountId)?.rows.page(sort, offset, limit) ?? { total: 0, rows: [] },
    'server/want-headers': ({ accountId, keys }) => {
      views.find(accountId)?.wantHeaders(keys);
      return null;
    },
    'server/fetch-headers': ({ accountId, run }) => {
      views.find(accountId)?.runHeaders(run);
      return null;
    },
    'server/preview': async ({ accountId, key }) => {
      const bytes = await views.find(accountId)?.preview(key);
      if (bytes === undefined) return failed(viewNotOpen);
      return bytes.ok ? ok(await serverPreview(pool, bytes.value)) : bytes;
    },
    'server/plan': async ({ accountId, keys, plan }) => {
      const session = views.find(accountId);
      await session?.plan(keys, plan);
      views.tell(accountId);
      return { planned: keys.filter((key) => session?.rows.get(key)?.plan === plan).length };
    },
    'server/find': ({ accountId, where }) => views.find(accountId)?.rows.find(where, Date.now()) ?? [],
    'server/space': ({ accountId }) =>
      views.find(accountId)?.rows.space(Date.now()) ?? { bySender: [], byAge: [] },
    'server/apply': async ({ accountId, keepInBin }) => {
      const applied = await views.find(accountId)?.apply(keepInBin);
      changes.note([accountId]);
      return views.done(accountId, applied);
    },
    'server/undo': async ({ accountId }) => views.done(accountId, await views.find(accountId)?.undo()),
    'server/command': async ({ accountId, line }) => {
      const reply = await views.find(accountId)?.command(line);
      if (reply === undefined) return failed(viewNotOpen);
      return reply.ok ? ok({ reply: reply.value }) : reply;
    },
    'server/transcript': ({ accountId }) => transcripts.latest(accountId)?.entries ?? [],
    'server/deletions': ({ accountId }) => store.history.serverDeletions(accountId),
  };
}
