import type { CSSProperties } from 'react';

/** A row of a grid whose content has not come yet. */
export function ComingRow({ place, words }: { readonly place: CSSProperties; readonly words: string }) {
  return (
    <div role="row" className="row is-coming" style={place} tabIndex={-1}>
      <div role="gridcell" className="row-ghost">
        <span className="only-read-out">{words}</span>
      </div>
    </div>
  );
}
