import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
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
      readonly label: string;
      readonly icon?: ReactNode;
      readonly shortcut?: string;
      /** Ticked or not; left out where there is nothing to tick. */
      readonly isOn?: boolean;
      /** What is chosen, where exactly one of the lines around it is ticked. */
      readonly oneOf?: string;
      readonly isDanger?: boolean;
      readonly isDisabled?: boolean;
      readonly run: () => void;
    }
  | { readonly key: string; readonly line: true };

type MenuItemEntry = Exclude<MenuEntry, { readonly line: true }>;
/** A line between others, or lines that belong together: plain ones, ticks, or those of which one is ticked. */
type MenuGroup =
  | { readonly kind: 'line'; readonly key: string }
  | {
      readonly kind: 'plain' | 'ticks' | 'one';
      readonly key: string;
      readonly label: string | undefined;
      readonly entries: readonly MenuItemEntry[];
    };

/** Screen readers hear of ticks by the kind of a line, which the library gives to all lines of a group. */
function grouped(entries: readonly MenuEntry[]): readonly MenuGroup[] {
  const groups: MenuGroup[] = [];
  for (const entry of entries) {
    if ('line' in entry) {
      groups.push({ kind: 'line', key: entry.key });
      continue;
    }
    const kind = entry.oneOf !== undefined ? 'one' : entry.isOn !== undefined ? 'ticks' : 'plain';
    const last = groups[groups.length - 1];
    if (last !== undefined && last.kind !== 'line' && last.kind === kind && last.label === entry.oneOf)
      groups[groups.length - 1] = { ...last, entries: [...last.entries, entry] };
    else groups.push({ kind, key: `group ${entry.key}`, label: entry.oneOf, entries: [entry] });
  }
  return groups;
}

type MenuLinesProps = {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** After a line was chosen, where no trigger closes the menu. */
  readonly onClose?: () => void;
};

/** The lines of a menu, wherever it opens. */
export function MenuLines({ label, entries, onClose }: MenuLinesProps) {
  const hasTicks = entries.some((entry) => 'isOn' in entry);
  // Two columns before the labels would push them too far in: beside pictures the ticks stand after them.
  const hasIcons = entries.some((entry) => 'icon' in entry);
  const item = (entry: MenuItemEntry) => (
    <AriaMenuItem
      key={entry.key}
      id={entry.key}
      textValue={entry.label}
      isDisabled={entry.isDisabled ?? false}
      onAction={entry.run}
      className={classes('menu-item', entry.isDanger === true && 'is-danger')}
    >
      {hasTicks && !hasIcons && (
        <span className="menu-tick">{entry.isOn === true && <Check size={15} aria-hidden="true" />}</span>
      )}
      {entry.icon !== undefined && <span className="menu-icon">{entry.icon}</span>}
      <span className="menu-text">{entry.label}</span>
      {hasIcons && entry.isOn === true && <Check size={15} aria-hidden="true" className="menu-tick" />}
      {entry.shortcut !== undefined && <kbd className="menu-key">{shownKeys(entry.shortcut)}</kbd>}
    </AriaMenuItem>
  );
  return (
    <AriaMenu
      className="menu"
      aria-label={label}
      autoFocus="first"
      shouldCloseOnSelect
      {...(onClose === undefined ? {} : { onClose })}
    >
      {grouped(entries).map((group) =>
        group.kind === 'line' ? (
          <Separator key={group.key} className="menu-line" />
        ) : group.kind === 'plain' ? (
          group.entries.map(item)
        ) : (
          <AriaMenuSection
            key={group.key}
            id={group.key}
            aria-label={group.label ?? label}
            selectionMode={group.kind === 'one' ? 'single' : 'multiple'}
            selectedKeys={group.entries.filter(({ isOn }) => isOn === true).map(({ key }) => key)}
            disallowEmptySelection={group.kind === 'one'}
          >
            {group.entries.map(item)}
          </AriaMenuSection>
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
