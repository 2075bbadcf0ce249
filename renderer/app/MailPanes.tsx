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
import { type Layout, paneLimits } from './use-layout.ts';
import type { ShownMessage } from './use-shown-message.ts';

type MailPanesProps = {
  readonly mailbox: Mailbox;
  readonly message: ShownMessage;
  readonly layout: Layout;
  readonly accounts: readonly AccountState[];
  readonly preferences: Preferences;
  readonly tags: readonly Tag[];
  readonly isDark: boolean;
};

/** The list of a place and the message beside it, or one of the two where only one fits. */
export function MailPanes(props: MailPanesProps) {
  const { mailbox, message, layout, accounts, preferences, tags, isDark } = props;
  const { room, widths, isReadingAlone } = layout;
  const t = useTexts();
  const look = preferences.listStyle === 'table' && room === 'three' ? 'table' : 'cards';
  return (
    <>
      {(room !== 'one' || !isReadingAlone) && (
        <div
          className={classes('pane-list', look === 'table' && 'is-table')}
          style={room === 'one' ? {} : { width: widths.list }}
        >
          <ListPane
            mailbox={mailbox}
            preferences={preferences}
            accounts={accounts}
            tags={tags}
            rem={layout.rem}
            look={look}
            onShow={() => {
              message.showFocused();
              layout.setReadingAlone(room === 'one');
            }}
          />
        </div>
      )}
      {room !== 'one' && (
        <Splitter
          label={t('pane.list-width')}
          value={widths.list}
          {...paneLimits.list}
          onMove={(width) => layout.setWidth('list', width)}
          onEnd={(width) => layout.keepWidth('list', width)}
        />
      )}
      {(room !== 'one' || isReadingAlone) && (
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
    </>
  );
}
