import type { ReactNode } from 'react';

type EmptyStateProps = {
  readonly picture: ReactNode;
  readonly title: string;
  readonly words?: ReactNode;
  readonly action?: ReactNode;
};

/** What stands where nothing is: why, and what can be done. */
export function EmptyState({ picture, title, words, action }: EmptyStateProps) {
  return (
    <div className="empty">
      <div className="empty-picture" aria-hidden="true">
        {picture}
      </div>
      <p className="empty-title">{title}</p>
      {words !== undefined && <div className="empty-words">{words}</div>}
      {action !== undefined && <div className="empty-action">{action}</div>}
    </div>
  );
}
