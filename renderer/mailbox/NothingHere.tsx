import {
  Archive,
  CloudDownload,
  Folder,
  Inbox,
  Search,
  Star,
  Tag,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import { runCommand } from '../bridge/commands.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Spinner } from '../ui/Progress.tsx';
import type { Mailbox } from './use-mailbox.ts';
import { checksUntilNow } from './use-message-list.ts';

type NothingHereProps = { readonly mailbox: Mailbox; readonly accounts: readonly AccountState[] };

const size = 40;
const stroke = 1.25;

/** What stands in the list where no message is: each reason has its own text and its own next step. */
export function NothingHere({ mailbox, accounts }: NothingHereProps) {
  const t = useTexts();
  const { list, query, filter, setFilter } = mailbox;
  const { place } = query;
  const again = <Button onPress={() => list.refresh()}>{t('action.try-again')}</Button>;
  if (list.hasFailed)
    return (
      <EmptyState
        picture={<TriangleAlert size={size} strokeWidth={stroke} />}
        title={t('empty.broken.title')}
        text={t('empty.broken.text')}
        action={again}
      />
    );
  if (list.total === null) return <EmptyState picture={<Spinner />} title={t('list.loading')} />;
  if (Object.values(filter).some((value) => value !== undefined))
    return (
      <EmptyState
        picture={<Search size={size} strokeWidth={stroke} />}
        title={t('empty.filter.title')}
        text={t('empty.filter.text')}
        action={<Button onPress={() => setFilter({})}>{t('filter.clear')}</Button>}
      />
    );
  const plain = (key: 'starred' | 'tag' | 'archive' | 'trash' | 'folder', picture: ReactNode) => (
    <EmptyState picture={picture} title={t(`empty.${key}.title`)} text={t(`empty.${key}.text`)} />
  );
  if (place.kind === 'starred') return plain('starred', <Star size={size} strokeWidth={stroke} />);
  if (place.kind === 'tag') return plain('tag', <Tag size={size} strokeWidth={stroke} />);
  if (place.kind === 'search')
    return (
      <EmptyState
        picture={<Search size={size} strokeWidth={stroke} />}
        title={t('empty.search.title')}
        text={t('empty.search.text')}
        action={<Button onPress={() => runCommand('leave-search')}>{t('search.clear')}</Button>}
      />
    );
  if (place.folder === 'archive') return plain('archive', <Archive size={size} strokeWidth={stroke} />);
  if (place.folder === 'trash') return plain('trash', <Trash2 size={size} strokeWidth={stroke} />);
  if (place.folder !== 'inbox') return plain('folder', <Folder size={size} strokeWidth={stroke} />);

  const own = accounts.filter(({ account }) => place.accountId === null || account.id === place.accountId);
  const trouble = own.find((state) => state.trouble !== null)?.trouble ?? null;
  // What has just been fetched may not have been listed yet.
  if (own.some((state) => state.check !== null) || !list.isFrom(checksUntilNow(accounts)))
    return (
      <EmptyState
        picture={<CloudDownload size={size} strokeWidth={stroke} />}
        title={t('empty.checking.title')}
        text={t('empty.checking.text')}
      />
    );
  if (trouble !== null)
    return (
      <EmptyState
        picture={<TriangleAlert size={size} strokeWidth={stroke} />}
        title={t('empty.trouble.title')}
        text={<FailureNote failure={trouble} />}
        action={
          <>
            <Button onPress={() => runCommand('check')}>{t('action.try-now')}</Button>
            {!trouble.canRetry && place.accountId !== null && (
              <Button look="primary" onPress={() => runCommand('check-settings')}>
                {t('action.check-settings')}
              </Button>
            )}
          </>
        }
      />
    );
  const hasChecked = own.some((state) => state.lastCheck !== null);
  return (
    <EmptyState
      picture={<Inbox size={size} strokeWidth={stroke} />}
      title={hasChecked ? t('empty.inbox.title') : t('empty.first.title')}
      text={hasChecked ? t('empty.inbox.text') : t('empty.first.text')}
      action={<Button onPress={() => runCommand('check')}>{t('action.get-mail')}</Button>}
    />
  );
}
