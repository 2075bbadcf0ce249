import { defaultPreferences, markReadTimesMs, type Preferences } from '../../shared/preferences.ts';
import { updatePreferences } from '../bridge/live.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Picker, Toggle } from '../ui/Choice.tsx';

/** How messages are read. */
export function ReadingSection({ preferences }: { readonly preferences: Preferences }) {
  const t = useTexts();
  const { markReadAfterMs } = preferences;
  const readTime =
    markReadTimesMs.find((time) => time === markReadAfterMs) ?? defaultPreferences.markReadAfterMs;
  return (
    <div className="page">
      <h2>{t('settings.reading')}</h2>
      <Picker
        label={t('settings.mark-read')}
        value={String(readTime)}
        onChange={(key) => updatePreferences({ markReadAfterMs: Number(key) })}
        options={markReadTimesMs.map((time) => ({
          key: String(time),
          label: t(`settings.mark-read.${time}`),
        }))}
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
