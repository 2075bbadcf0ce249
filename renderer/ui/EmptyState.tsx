import type { ReactNode } from 'react';

type EmptyStateProps = {
  readonly picture: ReactNode;
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
};

/** What stands where nothing is: why, and what can be done. */
export function EmptyState({ picture, title, text, action }: EmptyStateProps) {
  return (
    <div className="empty">
      <div className="empty-picture" aria-hidden="true">
        {picture}
      </div>
      <p className="empty-title">{title}</p>
      {text !== undefined && <div className="empty-text">{text}</div>}
      {action !== undefined && <div className="empty-action">{action}</div>}
    </div>
  );
}
