import type { AccountState } from '../../shared/account-state.ts';
import type { Tag } from '../../shared/places.ts';
import type { Preferences } from '../../shared/preferences.ts';
import { useTexts } from '../i18n/texts.tsx';
import { ListPane } from '../mailbox/ListPane.tsx';
import type { Mailbox } from '../mailbox/use-mailbox.ts';
import { MessagePane } from '../reading/MessagePane.tsx';
import { classes } from '../ui/class-names.ts';
import { chosenCount } from '../ui/grid/grid-choice.ts';
import { Splitter } from '../ui/Splitter.tsx';
import { type Layout, paneLimits, type ReadingPlace } from './use-layout.ts';
import type { ShownMessage } from './use-shown-message.ts';

type MailPanesProps = {
  readonly mailbox: Mailbox;
  readonly message: ShownMessage;
  readonly layout: Layout;
  readonly accounts: readonly AccountState[];
  readonly preferences: Preferences;
  readonly tags: readonly Tag[];
  readonly isDark: boolean;
  readonly onSearch: (query: string) => void;
};

/** The list of a place with the message beside or below it, or one of the two where only one fits or is wanted. */
export function MailPanes(props: MailPanesProps) {
  const { mailbox, message, layout, accounts, preferences, tags, isDark, onSearch } = props;
  const t = useTexts();
  const { room, isReadingAlone } = layout;
  const place = room === 'one' ? 'alone' : layout.readingPlace;
  const look = preferences.listStyle === 'table' && isTableRoom(layout) ? 'table' : 'cards';
  const sized = sizedBy(place, look);
  const isLying = sized === 'listHeight';
  const size = sized === null ? undefined : layout.sizes[sized];
  const showsList = place !== 'alone' || !isReadingAlone;
  const showsMessage = place === 'alone' ? isReadingAlone : place !== 'window';
  return (
    <div className={classes('mail-panes', `message-${place}`)}>
      {showsList && (
        <div
          className={classes('pane-list', look === 'table' && 'is-table')}
          style={size === undefined ? {} : isLying ? { height: size } : { width: size }}
        >
          <ListPane
            mailbox={mailbox}
            preferences={preferences}
            accounts={accounts}
            tags={tags}
            rem={layout.rem}
            look={look}
            onSearch={onSearch}
            onShow={() => {
              message.showFocused();
              layout.setReadingAlone(place === 'alone');
            }}
          />
        </div>
      )}
      {sized !== null && (
        <Splitter
          label={t(isLying ? 'pane.list-height' : 'pane.list-width')}
          isLying={isLying}
          value={layout.sizes[sized]}
          {...paneLimits[sized]}
          onMove={(px) => layout.setSize(sized, px)}
          onEnd={(px) => layout.keepSize(sized, px)}
        />
      )}
      {showsMessage && (
        <div className="pane-reading">
          <MessagePane
            subject={message.subject}
            row={message.row}
            tags={tags}
            isDark={isDark && preferences.darkBodies}
            textScale={preferences.textScale}
            chosenCount={chosenCount(mailbox.selection, mailbox.list.total ?? 0)}
            isListEmpty={mailbox.list.total === 0}
            onShow={message.show}
          />
        </div>
      )}
    </div>
  );
}

type MessagePlace = ReadingPlace | 'alone';

/** What a person can size between the list and the message; null where one of them is alone. */
function sizedBy(
  place: MessagePlace,
  look: 'table' | 'cards',
): 'tableWidth' | 'listWidth' | 'listHeight' | null {
  if (place === 'below') return 'listHeight';
  if (place === 'beside') return look === 'table' ? 'tableWidth' : 'listWidth';
  return null;
}

/** Beside a message a table needs the room of three panes; over the whole width that of two is enough. */
function isTableRoom({ room, readingPlace }: Layout): boolean {
  return room === 'three' || (room === 'two' && readingPlace !== 'beside');
}
