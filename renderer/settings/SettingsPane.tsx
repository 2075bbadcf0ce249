import { X } from 'lucide-react';
import type { Preferences } from '../../shared/preferences.ts';
import type { AccountState, AppState } from '../../shared/views.ts';
import { useWords } from '../i18n/words.tsx';
import { IconButton } from '../ui/Button.tsx';

type SettingsPaneProps = {
  readonly section: string;
  readonly onSection: (section: string) => void;
  readonly accounts: readonly AccountState[];
  readonly preferences: Preferences;
  readonly app: AppState;
  readonly onClose: () => void;
};

/** Everything that can be chosen. */
export function SettingsPane({ onClose }: SettingsPaneProps) {
  const t = useWords();
  return (
    <section className="settings" aria-label={t('settings.title')}>
      <h1>{t('settings.title')}</h1>
      <IconButton label={t('action.close')} icon={<X size={18} />} onPress={onClose} />
    </section>
  );
}
