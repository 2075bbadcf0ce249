import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';

type SplitterProps = {
  readonly label: string;
  /** A line that lies is moved up and down. */
  readonly isLying?: boolean;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  /** While it is being moved. */
  readonly onMove: (value: number) => void;
  /** When it was let go. */
  readonly onEnd: (value: number) => void;
  /** A double click or Enter, where there is a best place for the line. */
  readonly onFit?: () => void;
};

const stepPx = 16;

/** The line between two panes or columns: moved by the pointer or by the arrow keys. */
export function Splitter({
  label,
  isLying = false,
  value,
  least,
  most,
  onMove,
  onEnd,
  onFit,
}: SplitterProps) {
  const start = useRef<{ at: number; value: number } | null>(null);
  const place = (event: PointerEvent<HTMLHRElement>) => (isLying ? event.clientY : event.clientX);
  const [lessKey, moreKey] = isLying ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
  // Where the last key left the line: keys that follow fast come before the new width is measured.
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);
  const bounded = (next: number) => Math.round(Math.min(most, Math.max(least, next)));

  const down = (event: PointerEvent<HTMLHRElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: place(event), value };
  };
  const move = (event: PointerEvent<HTMLHRElement>) => {
    if (start.current !== null) onMove(bounded(start.current.value + place(event) - start.current.at));
  };
  const up = (event: PointerEvent<HTMLHRElement>) => {
    if (start.current === null) return;
    const to = bounded(start.current.value + place(event) - start.current.at);
    // Only pressed: nothing was chosen, and a double click begins like this.
    if (place(event) !== start.current.at) onEnd(to);
    start.current = null;
  };
  const key = (event: KeyboardEvent<HTMLHRElement>) => {
    const by = event.key === lessKey ? -stepPx : event.key === moreKey ? stepPx : 0;
    const fits = event.key === 'Enter' && onFit !== undefined;
    if (by === 0 && !fits) return;
    event.preventDefault();
    // The table around an edge moves its rows by the same keys.
    event.stopPropagation();
    if (fits) onFit();
    else {
      latest.current = bounded(latest.current + by);
      onEnd(latest.current);
    }
  };
  return (
    <hr
      className="splitter"
      tabIndex={0}
      aria-orientation={isLying ? 'horizontal' : 'vertical'}
      aria-label={label}
      aria-valuenow={Math.round(value)}
      aria-valuemin={Math.round(least)}
      aria-valuemax={Math.round(most)}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={key}
      onDoubleClick={onFit}
    />
  );
}
