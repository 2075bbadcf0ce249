import { useCallback, useEffect, useState } from 'react';
import type { AccountId } from '../../shared/ids.ts';
import type { ServerRow } from '../../shared/server-view.ts';
import { preferencesStore, updatePreferences } from '../bridge/live.ts';
import type { PagedList } from '../bridge/paged-list.ts';
import { poppy } from '../bridge/poppy.ts';
import { useStore } from '../bridge/store.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Grid } from '../ui/grid/Grid.tsx';
import { GridHead } from '../ui/grid/GridHead.tsx';
import { chooseKeys, type GridChoice, toggled } from '../ui/grid/grid-choice.ts';
import { useColumns } from '../ui/grid/use-columns.ts';
import { ServerRowCells, serverRowText } from './ServerRowCells.tsx';
import { serverColumns } from './server-columns.ts';
import type { ServerSort } from './use-server-view.ts';

type ServerRowsProps = {
  readonly accountId: AccountId;
  readonly rows: PagedList<ServerRow>;
  readonly rem: number;
  readonly sort: ServerSort;
  readonly onSort: (sort: ServerSort) => void;
  readonly choice: GridChoice<string>;
  readonly onChoice: (next: GridChoice<string>) => void;
  readonly onPlan: (keys: readonly string[], plan: 'download' | 'delete' | null) => void;
  readonly onPreview: (key: string) => void;
};

const rowRem = 2.5;

const keyOf = (row: ServerRow): string => row.key;

/** Asks for the headers of the rows in sight that have none yet: what is looked at comes first. */
function useWantedHeaders(accountId: AccountId, rows: PagedList<ServerRow>) {
  const [sight, setSight] = useState({ first: 0, last: -1 });
  const onSight = useCallback((first: number, last: number) => setSight({ first, last }), []);
  const missing: string[] = [];
  for (let index = sight.first; index <= sight.last; index += 1) {
    const row = rows.row(index);
    if (row?.headers === null) missing.push(row.key);
  }
  const wanted = missing.join('\n');
  useEffect(() => {
    if (wanted !== '') void poppy.request('server/want-headers', { accountId, keys: wanted.split('\n') });
  }, [accountId, wanted]);
  return onSight;
}

/** The messages on the server, as a table. */
export function ServerRows(props: ServerRowsProps) {
  const { accountId, rows, rem, choice, onChoice, onPlan, onPreview } = props;
  const t = useTexts();
  const formats = useFormats();
  const onSight = useWantedHeaders(accountId, rows);
  const heads = serverColumns(t);
  const columns = useColumns({
    columns: heads,
    widths: useStore(preferencesStore).serverColumns,
    rem,
    onWidths: (widths) => updatePreferences({ serverColumns: widths }),
  });
  const chooseEveryRow = async (from: GridChoice<string>) =>
    onChoice(chooseKeys(from, await poppy.request('server/find', { accountId, where: { kind: 'all' } })));

  return (
    <div className="server-list">
      <Grid
        rows={rows}
        keyOf={keyOf}
        choice={choice}
        onChoice={onChoice}
        onAll={(from) => void chooseEveryRow(from)}
        onOpen={(row) => onPreview(row.key)}
        onKey={({ key }) => {
          const { focus, focusKey } = choice;
          if (key === 'Delete') onPlan([...choice.keys], 'delete');
          // There is no message to read on in.
          else if (key === ' ' && focusKey !== null) onChoice(toggled(choice, focus, focusKey));
          else return false;
          return true;
        }}
        onSight={onSight}
        label={t('server-view.rows')}
        className="server-rows"
        rowPx={Math.round(rowRem * rem)}
        columns={columns}
        head={
          <GridHead
            columns={heads}
            sort={props.sort}
            onSort={props.onSort}
            widths={columns}
            edgeText={(column) => t('list.column-width', { column })}
          />
        }
        wordsOf={(row) => serverRowText(row, t, formats)}
        classOf={({ plan }) => (plan === null ? '' : `is-planned-${plan}`)}
        cells={(row) => <ServerRowCells row={row} t={t} formats={formats} />}
        comingText={t('list.loading')}
      />
    </div>
  );
}
