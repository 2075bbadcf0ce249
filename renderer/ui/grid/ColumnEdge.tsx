import { Splitter } from '../Splitter.tsx';
import type { Columns } from './use-columns.ts';

type ColumnEdgeProps = { readonly columns: Columns; readonly of: string; readonly label: string };

/** The edge of a column's head: dragged or moved by the arrow keys; a double click or Enter fits it to what is in it. */
export function ColumnEdge({ columns, of, label }: ColumnEdgeProps) {
  const edge = columns.edge(of);
  if (edge === null) return null;
  return (
    <Splitter
      label={label}
      {...edge}
      onMove={(width) => columns.move(of, width)}
      onEnd={(width) => columns.end(of, width)}
      onFit={() => columns.fit(of)}
    />
  );
}
