import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import type { AppState } from '../../shared/app-state.ts';
import type { Preferences } from '../../shared/preferences.ts';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from '../ui/Button.tsx';
import { type TabPage, Tabs } from '../ui/Tabs.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { NotificationsSection } from './NotificationsSection.tsx';
import { PrivacySection } from './PrivacySection.tsx';
import { ReadingSection } from './ReadingSection.tsx';
import { RemoteSection } from './RemoteSection.tsx';
import { RulesSection } from './RulesSection.tsx';
import { StorageSection } from './StorageSection.tsx';
import { TagsSection } from './TagsSection.tsx';

type SettingsPaneProps = {
  readonly section: string;
  readonly onSection: (section: string) => void;
  readonly accounts: readonly AccountState[];
  readonly preferences: Preferences;
  readonly app: AppState;
  readonly onClose: () => void;
  /** The page of the mailboxes, which belongs to another room. */
  readonly accountsPage: ReactNode;
  /** Shows the sheet of keys. */
  readonly onKeys: () => void;
};

/** Everything that can be chosen; every choice holds at once. */
export function SettingsPane(props: SettingsPaneProps) {
  const { section, onSection, accounts, preferences, app, onClose, onKeys } = props;
  const t = useTexts();
  const pages: TabPage[] = [
    { key: 'accounts', label: t('settings.accounts'), page: props.accountsPage },
    {
      key: 'appearance',
      label: t('settings.appearance'),
      page: <AppearanceSection preferences={preferences} onKeys={onKeys} />,
    },
    { key: 'reading', label: t('settings.reading'), page: <ReadingSection preferences={preferences} /> },
    { key: 'remote', label: t('settings.remote'), page: <RemoteSection /> },
    { key: 'tags', label: t('settings.tags'), page: <TagsSection /> },
    { key: 'rules', label: t('settings.rules'), page: <RulesSection accounts={accounts} /> },
    {
      key: 'notifications',
      label: t('settings.notifications'),
      page: <NotificationsSection preferences={preferences} />,
    },
    { key: 'storage', label: t('settings.storage'), page: <StorageSection accounts={accounts} /> },
    { key: 'privacy', label: t('settings.privacy'), page: <PrivacySection app={app} /> },
  ];
  return (
    <section className="settings" aria-label={t('settings.title')} data-pane="list">
      <header className="settings-head">
        <h1 className="pane-title">{t('settings.title')}</h1>
        <IconButton label={t('action.close')} icon={<X size={18} />} onPress={onClose} />
      </header>
      <Tabs label={t('settings.title')} current={section} onChange={onSection} pages={pages} />
    </section>
  );
}
