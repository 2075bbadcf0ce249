import type { TextOf } from '../i18n/texts.tsx';
import type { GridColumn } from '../ui/grid/GridHead.tsx';
import type { ServerSort } from './use-server-view.ts';

/** The columns of the server view, in order. */
export function serverColumns(t: TextOf): readonly GridColumn<ServerSort['by']>[] {
  const sorted = (by: ServerSort['by'], share: number | null): GridColumn<ServerSort['by']> => ({
    ...{ key: by, share, label: t(`list.column.${by}`), sorts: by },
    isLargestFirst: by === 'date' || by === 'size',
  });
  return [
    { key: 'state', share: null, label: t('server-view.column.state') },
    sorted('from', 2),
    sorted('subject', 3),
    sorted('date', null),
    sorted('size', null),
  ];
}
