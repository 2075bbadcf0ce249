import type { Preferences } from '../../shared/preferences.ts';
import { updatePreferences } from '../bridge/live.ts';
import { useWords } from '../i18n/words.tsx';
import { Picker, Toggle } from '../ui/Choice.tsx';

const readTimes = ['0', '800', '3000', '10000', '-1'] as const;

/** How messages are read. */
export function ReadingSection({ preferences }: { readonly preferences: Preferences }) {
  const t = useWords();
  const readTime = readTimes.find((key) => Number(key) === preferences.markReadAfterMs) ?? '800';
  return (
    <div className="settings-page">
      <h2>{t('settings.reading')}</h2>
      <Picker
        label={t('settings.mark-read')}
        value={readTime}
        onChange={(key) => updatePreferences({ markReadAfterMs: Number(key) })}
        options={readTimes.map((key) => ({ key, words: t(`settings.mark-read.${key}`) }))}
      />
      <Toggle
        isOn={preferences.darkBodies}
        onChange={(darkBodies) => updatePreferences({ darkBodies })}
        note={t('settings.dark-bodies-note')}
      >
        {t('settings.dark-bodies')}
      </Toggle>
    </div>
  );
}
