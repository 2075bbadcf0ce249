import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import { classes } from './class-names.ts';
import { shownKeys } from './shown-keys.ts';

/** One line of a menu. */
export type MenuEntry =
  | {
      readonly key: string;
      readonly words: string;
      readonly icon?: ReactNode;
      readonly shortcut?: string;
      readonly isOn?: boolean;
      readonly isDanger?: boolean;
      readonly isDisabled?: boolean;
      readonly run: () => void;
    }
  | { readonly key: string; readonly line: true };

type MenuLinesProps = {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** After a line was chosen, where no trigger closes the menu. */
  readonly onClose?: () => void;
};

/** The lines of a menu, wherever it opens. */
export function MenuLines({ label, entries, onClose }: MenuLinesProps) {
  const hasTicks = entries.some((entry) => 'isOn' in entry);
  // Two columns before the words would push them too far in: beside pictures the ticks stand after them.
  const hasIcons = entries.some((entry) => 'icon' in entry);
  return (
    <AriaMenu
      className="menu"
      aria-label={label}
      autoFocus="first"
      {...(onClose === undefined ? {} : { onClose })}
    >
      {entries.map((entry) =>
        'line' in entry ? (
          <Separator key={entry.key} className="menu-line" />
        ) : (
          <AriaMenuItem
            key={entry.key}
            id={entry.key}
            textValue={entry.words}
            isDisabled={entry.isDisabled ?? false}
            onAction={entry.run}
            className={classes('menu-item', entry.isDanger === true && 'is-danger')}
          >
            {hasTicks && !hasIcons && (
              <span className="menu-tick">
                {entry.isOn === true && <Check size={15} aria-hidden="true" />}
              </span>
            )}
            {entry.icon !== undefined && <span className="menu-icon">{entry.icon}</span>}
            <span className="menu-words">{entry.words}</span>
            {hasIcons && entry.isOn === true && <Check size={15} aria-hidden="true" className="menu-tick" />}
            {entry.shortcut !== undefined && <kbd className="menu-key">{shownKeys(entry.shortcut)}</kbd>}
          </AriaMenuItem>
        ),
      )}
    </AriaMenu>
  );
}

type MenuProps = Omit<MenuLinesProps, 'onClose'> & {
  readonly children: ReactNode;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
};

/** A button, given as the child, with the menu that it opens. */
export function Menu({ label, entries, children, isOpen, onOpenChange }: MenuProps) {
  return (
    <MenuTrigger
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      {children}
      <Popover className="popover">
        <MenuLines label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  );
}
