import { useRef } from 'react';
import { Popover } from 'react-aria-components';
import { type MenuEntry, MenuLines } from './Menu.tsx';

type ContextMenuProps = {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** Where the pointer was, in the window; null while closed. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly onClose: () => void;
};

/** A menu at the pointer. */
export function ContextMenu({ label, entries, at, onClose }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span
        ref={anchor}
        className="context-anchor"
        style={{ left: at?.x ?? 0, top: at?.y ?? 0 }}
        aria-hidden="true"
      />
      <Popover
        className="popover"
        aria-label={label}
        triggerRef={anchor}
        isOpen={at !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose();
        }}
        placement="bottom start"
        offset={2}
      >
        <MenuLines label={label} entries={entries} onClose={onClose} />
      </Popover>
    </>
  );
}
