import { type DragEvent, type ReactNode, useState } from 'react';
import type { Place } from '../../shared/places.ts';
import { markMessages, moveMessages } from '../bridge/message-actions.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { classes } from '../ui/class-names.ts';
import { draggedSelection } from './dragging.ts';

type PlaceButtonProps = {
  readonly label: string;
  readonly icon: ReactNode;
  readonly unread: number;
  readonly isCurrent: boolean;
  readonly onPress: () => void;
  /** What is dropped here goes there; null where nothing can be dropped. */
  readonly place: Place | null;
  readonly color?: string;
};

function canTake(place: Place | null): boolean {
  return place !== null && place.kind !== 'search' && !(place.kind === 'folder' && place.accountId === null);
}

async function take(place: Place | null): Promise<void> {
  const selection = draggedSelection();
  if (selection === null || place === null) return;
  if (place.kind === 'folder') await moveMessages(selection, place.folder);
  else if (place.kind === 'tag') await markMessages(selection, { addTags: [place.tag] });
  else if (place.kind === 'starred') await markMessages(selection, { isStarred: true });
}

/** One place: pressed it is shown; messages can be dropped on it. */
export function PlaceButton(props: PlaceButtonProps) {
  const { label, icon, unread, isCurrent, onPress, place, color } = props;
  const t = useTexts();
  const { number } = useFormats();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    if (draggedSelection() === null || !canTake(place)) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <li>
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
          void take(place);
        }}
      >
        <span className={classes('place-icon', color !== undefined && `ink-${color}`)} aria-hidden="true">
          {icon}
        </span>
        <span className="place-text">{label}</span>
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
