import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { ServerRow, ServerView } from '../../shared/server-view.ts';
import { PagedList } from '../bridge/paged-list.ts';
import { poppy } from '../bridge/poppy.ts';
import { showDone, showFailure } from '../bridge/toasts.ts';
import { usePoppyEvent } from '../bridge/use-event.ts';

/** How the rows of a maildrop are ordered. */
export type ServerSort = { by: 'date' | 'from' | 'subject' | 'size'; descending: boolean };

/** The open mailbox on the server and what can be done with it. */
export type OpenedServerView = {
  readonly view: ServerView | null;
  readonly failure: Failure | null;
  readonly rows: PagedList<ServerRow>;
  readonly open: () => void;
  readonly plan: (keys: readonly string[], plan: 'download' | 'delete' | null) => void;
  readonly apply: (keepInBin: boolean) => void;
  readonly undo: () => void;
};

function tellFailure(outcome: Result<null, Failure>): void {
  if (!outcome.ok) showFailure(outcome.failure);
}

/** Opens the mailbox on the server while it is looked at; left, the session is given back. */
export function useServerView(accountId: AccountId, sort: ServerSort): OpenedServerView {
  const [view, setView] = useState<ServerView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { by, descending } = sort;
  const rows = useMemo(
    () =>
      new PagedList<ServerRow>(
        (offset, limit) =>
          poppy.request('server/rows', { accountId, sort: { by, descending }, offset, limit }),
        (row) => row.key,
      ),
    [accountId, by, descending],
  );
  useSyncExternalStore(rows.subscribe, rows.version);

  const lastOpening = useRef(0);
  const open = useCallback(() => {
    lastOpening.current += 1;
    const opening = lastOpening.current;
    setFailure(null);
    void poppy.request('server/open', { accountId }).then((outcome) => {
      // An opening that was given up by leaving ends as cancelled; that is no news to who came back.
      if (opening === lastOpening.current && !outcome.ok) setFailure(outcome.failure);
    });
  }, [accountId]);
  useEffect(() => {
    let isShown = true;
    setView(null);
    open();
    // After the opening has begun, so that nothing is shown as closed that is just being opened.
    void poppy.request('server/view', { accountId }).then((snapshot) => {
      if (isShown) setView(snapshot);
    });
    return () => {
      isShown = false;
      lastOpening.current += 1;
      void poppy.request('server/close', { accountId });
    };
  }, [accountId, open]);

  usePoppyEvent('server/changed', (next) => {
    if (next.accountId === accountId) setView(next);
  });
  usePoppyEvent('server/headers', (event) => {
    if (event.accountId !== accountId) return;
    const fresh = new Map(event.rows.map((row) => [row.key, row]));
    rows.update((row) => fresh.get(row.key) ?? row);
  });

  // The number of messages, the plan and the state of the connection say when rows may have changed.
  const state = view === null ? '' : `${view.connection} ${view.count} ${view.applied?.outcome ?? ''}`;
  const plan = view === null ? '' : `${view.plan.delete} ${view.plan.download} ${view.sentDeletions}`;
  useEffect(() => {
    if (state !== '' || plan !== '') rows.refresh();
  }, [rows, state, plan]);

  const isBusy = view?.connection === 'busy';
  const mark = useCallback<OpenedServerView['plan']>(
    (keys, next) => {
      // A plan that is being carried out can only be undone whole.
      if (isBusy) return;
      const marked = new Set(keys);
      // What is here already is not fetched again.
      const plan = (row: ServerRow) => (next === 'download' && row.state === 'stored' ? null : next);
      rows.update((row) => (marked.has(row.key) ? { ...row, plan: plan(row) } : row));
      void poppy.request('server/plan', { accountId, keys: [...keys], plan: next }).then(({ planned }) => {
        if (next === 'download' && planned === 0) showDone('stored-already', { count: keys.length });
      });
    },
    [accountId, rows, isBusy],
  );
  const apply = useCallback(
    (keepInBin: boolean) => void poppy.request('server/apply', { accountId, keepInBin }).then(tellFailure),
    [accountId],
  );
  const undo = useCallback(
    () => void poppy.request('server/undo', { accountId }).then(tellFailure),
    [accountId],
  );
  return { view, failure, rows, open, plan: mark, apply, undo };
}
