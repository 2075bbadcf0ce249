import type { ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components';
import { shownKeys } from './shown-keys.ts';

type HintProps = { readonly label: string; readonly shortcut?: string; readonly children: ReactNode };

/** A label shown when the pointer or the focus rests on a control. */
export function Hint({ label, shortcut, children }: HintProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={60}>
      {children}
      <Tooltip className="hint" offset={6}>
        {label}
        {shortcut !== undefined && <kbd className="hint-key">{shownKeys(shortcut)}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
