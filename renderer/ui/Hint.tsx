import type { ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components';

type HintProps = { readonly words: string; readonly shortcut?: string; readonly children: ReactNode };

/** Words shown when the pointer or the focus rests on a control. */
export function Hint({ words, shortcut, children }: HintProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={60}>
      {children}
      <Tooltip className="hint" offset={6}>
        {words}
        {shortcut !== undefined && <kbd className="hint-key">{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
