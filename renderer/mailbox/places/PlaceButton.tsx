import { ChevronDown } from 'lucide-react';
import {
  type CSSProperties,
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useState,
} from 'react';
import type { Place } from '../../../shared/places.ts';
import { markMessages, moveMessages } from '../../bridge/message-actions.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { classes } from '../../ui/class-names.ts';
import { type Dragged, draggedNow } from '../dragging.ts';

type PlaceButtonProps = {
  readonly label: string;
  readonly icon: ReactNode;
  readonly unread: number;
  readonly isCurrent: boolean;
  readonly onPress: () => void;
  /** What is dropped here goes there; null where nothing can be dropped. */
  readonly place: Place | null;
  readonly color?: string;
  /** How many places it lies in. */
  readonly depth?: number;
  /** What a place in a tree has besides. */
  readonly branch?: Branch;
};

/** A place in a tree. */
export type Branch = {
  /** Whether the places in it are folded away; null where there are none. */
  readonly isFolded: boolean | null;
  readonly foldLabel: string;
  readonly onFold: (isFolded: boolean) => void;
  /** Opens the menu of the place at a point of the window. */
  readonly onMenu: (at: { readonly x: number; readonly y: number }) => void;
  readonly onDragStart: (event: DragEvent) => void;
  readonly onDragEnd: () => void;
  /** Whether a folder that is dragged can go here, and what happens when it is dropped. */
  readonly canTakeFolder: (dragged: Dragged) => boolean;
  readonly onFolder: (dragged: Dragged) => void;
  /** Keys of the place besides those that fold it. True when the key was used. */
  readonly onKey: (key: string) => boolean;
};

function canTake(place: Place | null, branch: Branch | undefined): boolean {
  const dragged = draggedNow();
  if (dragged === null || place === null) return false;
  if (dragged.kind === 'folder') return branch?.canTakeFolder(dragged) === true;
  return place.kind !== 'search' && !(place.kind === 'folder' && place.accountId === null);
}

async function take(place: Place | null, branch: Branch | undefined): Promise<void> {
  const dragged = draggedNow();
  if (dragged === null || place === null) return;
  if (dragged.kind === 'folder') branch?.onFolder(dragged);
  else if (place.kind === 'folder') await moveMessages(dragged.selection, place.folder);
  else if (place.kind === 'tag') await markMessages(dragged.selection, { addTags: [place.tag] });
  else if (place.kind === 'starred') await markMessages(dragged.selection, { isStarred: true });
}

/** Folds and unfolds by the arrows, as trees do, and hands other keys on. */
function branchKey(event: KeyboardEvent, branch: Branch): void {
  const { isFolded, onFold, onKey } = branch;
  const opens = event.key === 'ArrowRight' && isFolded === true;
  const closes = event.key === 'ArrowLeft' && isFolded === false;
  if (opens || closes) onFold(closes);
  if (opens || closes || onKey(event.key)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

/** How deep a place lies, for the style sheet. */
function indented(depth: number): CSSProperties {
  return Object.fromEntries([['--depth', depth]]);
}

/** One place: pressed it is shown; messages can be dropped on it. */
export function PlaceButton(props: PlaceButtonProps) {
  const { label, icon, unread, isCurrent, onPress, place, color, depth, branch } = props;
  const t = useTexts();
  const { number } = useFormats();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    if (!canTake(place, branch)) return;
    event.preventDefault();
    setOver(true);
  };
  const menu = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    // A menu that a key asked for has no pointer to stand at.
    const box = event.currentTarget.getBoundingClientRect();
    const isByKey = event.clientX === 0 && event.clientY === 0;
    branch?.onMenu(isByKey ? { x: box.left + 24, y: box.bottom } : { x: event.clientX, y: event.clientY });
  };
  return (
    <li
      className={classes(branch !== undefined ? 'place-branch' : depth !== undefined && 'place-inside')}
      style={depth === undefined ? {} : indented(depth)}
    >
      {branch?.isFolded === null && <span className="place-no-twist" />}
      {branch !== undefined && branch.isFolded !== null && (
        <button
          type="button"
          className="place-twist"
          tabIndex={-1}
          data-twist=""
          aria-label={branch.foldLabel}
          aria-expanded={!branch.isFolded}
          onClick={() => branch.onFold(branch.isFolded !== true)}
        >
          <ChevronDown size={13} aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        className={classes('place', isCurrent && 'is-current', isOver && 'is-over')}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={onPress}
        onDragOver={over}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(place, branch);
        }}
        {...(branch === undefined
          ? {}
          : {
              draggable: true,
              onDragStart: branch.onDragStart,
              onDragEnd: branch.onDragEnd,
              onContextMenu: menu,
              onKeyDown: (event: KeyboardEvent) => branchKey(event, branch),
            })}
      >
        <span className={classes('place-icon', color !== undefined && `ink-${color}`)} aria-hidden="true">
          {icon}
        </span>
        <span className="place-text" title={label} dir="auto">
          {label}
        </span>
        {unread > 0 && (
          <span className="place-count">
            <span aria-hidden="true">{number(unread)}</span>
            <span className="only-read-out">{t('places.unread', { count: unread })}</span>
          </span>
        )}
      </button>
    </li>
  );
}
