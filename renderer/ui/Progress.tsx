import { ProgressBar } from 'react-aria-components';
import { classes } from './class-names.ts';

type ProgressProps = {
  readonly label: string;
  /** Between 0 and 1; null while it cannot be known. */
  readonly part: number | null;
  readonly className?: string;
};

/** A thin bar that fills. */
export function Progress({ label, part, className }: ProgressProps) {
  return (
    <ProgressBar
      aria-label={label}
      {...(part === null ? { isIndeterminate: true } : { value: Math.round(part * 100) })}
      className={classes('progress', part === null && 'is-waiting', className)}
    >
      <span
        className="progress-fill"
        style={part === null ? {} : { width: `${Math.min(100, part * 100)}%` }}
      />
    </ProgressBar>
  );
}

/** A turning ring for short waits. */
export function Spinner() {
  return <span className="spinner" aria-hidden="true" />;
}
