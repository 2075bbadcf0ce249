import { Paperclip, Star } from 'lucide-react';
import type { ListSort } from '../../shared/message-list.ts';
import type { TextOf } from '../i18n/texts.tsx';
import type { GridColumn } from '../ui/grid/GridHead.tsx';

/** The columns of the mail list as a table, in order. A further column is a line here and a cell in MessageRow. */
export function listColumns(t: TextOf): readonly GridColumn<ListSort['by']>[] {
  const sorted = (by: ListSort['by'], share: number | null): GridColumn<ListSort['by']> => ({
    ...{ key: by, share, label: t(`list.column.${by}`), sorts: by },
    isLargestFirst: by === 'date' || by === 'size',
  });
  return [
    {
      key: 'star',
      share: null,
      label: t('list.column.star'),
      picture: <Star size={13} aria-hidden="true" />,
    },
    {
      ...{ key: 'clip', share: null, label: t('list.column.clip') },
      picture: <Paperclip size={13} aria-hidden="true" />,
    },
    sorted('subject', 3),
    sorted('from', 2),
    sorted('date', null),
    sorted('size', null),
    sorted('account', 1),
  ];
}
