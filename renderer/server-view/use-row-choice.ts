import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import type { AccountId } from '../../shared/model.ts';
import type { ServerRow } from '../../shared/server-view.ts';
import type { PagedList } from '../bridge/paged-list.ts';
import { poppy } from '../bridge/poppy.ts';

/** What choosing rows of the server view works with. */
export type RowChoiceProps = {
  readonly accountId: AccountId;
  readonly rows: PagedList<ServerRow>;
  readonly total: number;
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (keys: ReadonlySet<string>) => void;
  readonly onMark: (keys: readonly string[], plan: 'download' | 'delete' | null) => void;
  readonly onPreview: (key: string) => void;
};

/** The row in focus, and the hands that choose rows: by mouse and by keys, one, a range or one more. */
export function useRowChoice(props: RowChoiceProps) {
  const { accountId, rows, total, chosen, onChosen, onMark, onPreview } = props;
  const [focus, setFocus] = useState(-1);
  const anchor = useRef(0);
  const choose = async (index: number, how: 'only' | 'range' | 'toggle') => {
    const row = rows.row(index) ?? (await rows.range(index, index))[0];
    if (row === undefined) return;
    setFocus(index);
    if (how === 'range') {
      const range = await rows.range(Math.min(anchor.current, index), Math.max(anchor.current, index));
      onChosen(new Set(range.map(({ key }) => key)));
      return;
    }
    anchor.current = index;
    if (how === 'only') onChosen(new Set([row.key]));
    else {
      const next = new Set(chosen);
      if (!next.delete(row.key)) next.add(row.key);
      onChosen(next);
    }
  };
  const click = (event: MouseEvent, index: number) =>
    void choose(index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only');
  const selectAll = () =>
    void poppy
      .request('server/find', { accountId, where: { kind: 'all' } })
      .then((keys) => onChosen(new Set(keys)));
  const key = (event: KeyboardEvent) => {
    const to = {
      ArrowDown: focus + 1,
      ArrowUp: focus - 1,
      PageDown: focus + 10,
      PageUp: focus - 10,
      Home: 0,
      End: total - 1,
    }[event.key];
    const hasControl = event.ctrlKey || event.metaKey;
    if (to !== undefined && total > 0)
      void choose(Math.max(0, Math.min(total - 1, to)), event.shiftKey ? 'range' : 'only');
    else if (hasControl && event.key.toLowerCase() === 'a') selectAll();
    else if (event.key === 'Delete') onMark([...chosen], 'delete');
    else if (event.key === 'Enter') {
      const row = rows.row(focus);
      if (row !== undefined) onPreview(row.key);
    } else if (event.key === ' ' && focus >= 0) void choose(focus, 'toggle');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { focus, click, key };
}
