import type { ReactNode } from 'react';
import { classes } from './class-names.ts';

type BannerProps = {
  readonly look?: 'plain' | 'warning' | 'danger' | 'good';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
};

/** A bar with a sentence and what can be done about it. */
export function Banner({ look = 'plain', icon, children, actions }: BannerProps) {
  return (
    <div className={classes('banner', `banner-${look}`)}>
      {icon !== undefined && <span className="banner-icon">{icon}</span>}
      <div className="banner-text">{children}</div>
      {actions !== undefined && <div className="banner-actions">{actions}</div>}
    </div>
  );
}
