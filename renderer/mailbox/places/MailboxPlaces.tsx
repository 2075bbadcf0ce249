import {
  Archive,
  CircleAlert,
  Clock,
  Cloud,
  FolderPlus,
  Inbox,
  OctagonX,
  Send,
  Star,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { type AccountState, isWaiting } from '../../../shared/account-state.ts';
import type { FolderRole, Mailbox } from '../../../shared/folder.ts';
import type { Place } from '../../../shared/places.ts';
import { countOf } from '../../bridge/places.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { classes } from '../../ui/class-names.ts';
import { FolderPlaces } from '../folders/FolderPlaces.tsx';
import { askForFolder } from '../folders/folder-question.ts';
import { folderLines } from '../folders/folder-tree.ts';
import { MailboxHeading } from './MailboxHeading.tsx';
import { PlaceButton } from './PlaceButton.tsx';
import type { PlacesProps } from './places-props.ts';

type MailboxPlacesProps = PlacesProps & {
  readonly mailbox: Mailbox;
  /** The account of the mailbox; null where no server belongs to it. */
  readonly state: AccountState | null;
  /** Key of the place that is shown, or the account whose server is shown. */
  readonly current: string;
  readonly line: (place: Place, label: string, icon: ReactNode) => ReactNode;
};

const size = 17;
const icons: Readonly<Record<FolderRole, ReactNode>> = {
  inbox: <Inbox size={size} />,
  archive: <Archive size={size} />,
  junk: <OctagonX size={size} />,
  sent: <Send size={size} />,
  trash: <Trash2 size={size} />,
};

/** The places of one mailbox: its fixed folders, what is on its server, and the folders that the person made. */
export function MailboxPlaces(props: MailboxPlacesProps) {
  const { mailbox, state, current, line, counts, folders, folded, foldedFolders, view } = props;
  const { onChoose, onFold } = props;
  const t = useTexts();
  const { accountId } = mailbox;
  const isFolded = props.mailboxes.length > 1 && folded.includes(accountId);
  const inbox: Place = { kind: 'folder', folder: 'inbox', accountId };
  const name = nameOf(mailbox, t);
  const total = (folder: FolderRole) => countOf(counts, { kind: 'folder', folder, accountId }).total;
  const role = (folder: FolderRole) =>
    line({ kind: 'folder', folder, accountId }, t(`places.${folder}`), icons[folder]);
  return (
    <section className="place-account" aria-label={name}>
      <MailboxHeading
        name={name}
        state={state}
        isFolded={isFolded}
        unread={countOf(counts, inbox).unread}
        onFold={props.mailboxes.length === 1 ? null : () => onFold(accountId, !isFolded)}
      />
      {!isFolded && state !== null && (state.trouble !== null || state.doubtful > 0) && (
        <TroubleButton state={state} onTrouble={props.onTrouble} />
      )}
      <ul className="place-group" hidden={isFolded}>
        {(state !== null || total('inbox') > 0) && role('inbox')}
        {state !== null && (
          <PlaceButton
            label={t('places.server')}
            icon={<Cloud size={size} />}
            unread={0}
            isCurrent={view.kind === 'server' && view.accountId === accountId}
            place={null}
            onPress={() => onChoose({ kind: 'server', accountId })}
          />
        )}
        {state !== null && line({ kind: 'starred', accountId }, t('places.starred'), <Star size={size} />)}
        {role('archive')}
        {total('sent') > 0 && role('sent')}
        {total('junk') > 0 && role('junk')}
        {role('trash')}
        <FolderPlaces
          lines={folderLines(folders, accountId, foldedFolders)}
          folders={folders}
          counts={counts}
          current={current}
          onChoose={(place) => onChoose({ kind: 'mail', place })}
        />
        <li>
          <button type="button" className="place place-add" onClick={() => askForFolder(accountId, null)}>
            <span className="place-icon" aria-hidden="true">
              <FolderPlus size={size} />
            </span>
            <span className="place-text">{t('places.new-folder')}</span>
          </button>
        </li>
      </ul>
    </section>
  );
}

/** A mailbox as it is called in the window. */
function nameOf({ kind, name }: Mailbox, t: ReturnType<typeof useTexts>): string {
  if (kind === 'on-this-computer') return t('places.on-this-computer');
  return name === '' ? t('places.kept') : name;
}

type TroubleButtonProps = { readonly state: AccountState; readonly onTrouble: (state: AccountState) => void };

function TroubleButton({ state, onTrouble }: TroubleButtonProps) {
  const t = useTexts();
  const isOnlyDoubt = state.trouble === null;
  const Picture = isOnlyDoubt ? CircleAlert : isWaiting(state) ? Clock : TriangleAlert;
  return (
    <button
      type="button"
      className={classes('place-trouble', isWaiting(state) && 'is-waiting')}
      onClick={() => onTrouble(state)}
      tabIndex={-1}
    >
      <Picture size={15} aria-hidden="true" />
      {isOnlyDoubt
        ? t('places.doubtful', { count: state.doubtful })
        : t(isWaiting(state) ? 'places.waiting' : 'places.trouble')}
    </button>
  );
}
