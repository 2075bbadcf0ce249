import type { CSSProperties } from 'react';

type ComingRowProps = {
  /** Number of the row in its grid, from 1 on. */
  readonly number: number;
  readonly place: CSSProperties;
  readonly label: string;
};

/** A row of a grid whose content has not come yet. */
export function ComingRow({ number, place, label }: ComingRowProps) {
  return (
    <div role="row" aria-rowindex={number} className="row is-coming" style={place} tabIndex={-1}>
      <div role="gridcell" className="row-ghost">
        <span className="only-read-out">{label}</span>
      </div>
    </div>
  );
}
