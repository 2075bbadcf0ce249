import { Keyboard } from 'lucide-react';
import type { Preferences } from '../../shared/preferences.ts';
import { updatePreferences } from '../bridge/live.ts';
import { useFormats } from '../i18n/formats.ts';
import { useWords } from '../i18n/words.tsx';
import { Button } from '../ui/Button.tsx';
import { Picker, Toggle } from '../ui/Choice.tsx';

const languages = ['system', 'en', 'ru'] as const;
const themes = ['system', 'light', 'dark'] as const;
const looks = ['cards', 'table'] as const;
const densities = ['comfortable', 'compact'] as const;
const scales = ['1', '1.1', '1.25', '1.5', '1.75', '2'] as const;

type AppearanceSectionProps = { readonly preferences: Preferences; readonly onKeys: () => void };

/** Language, colours, sizes, and how lists look. */
export function AppearanceSection({ preferences, onKeys }: AppearanceSectionProps) {
  const t = useWords();
  const { percent } = useFormats();
  const scale = scales.find((key) => Number(key) >= preferences.textScale) ?? '2';
  return (
    <div className="settings-page">
      <h2>{t('settings.appearance')}</h2>
      <div className="settings-grid">
        <Picker
          label={t('settings.language')}
          value={preferences.language}
          onChange={(language) => updatePreferences({ language })}
          options={languages.map((key) => ({ key, words: t(`settings.language.${key}`) }))}
        />
        <Picker
          label={t('settings.theme')}
          value={preferences.theme}
          onChange={(theme) => updatePreferences({ theme })}
          options={themes.map((key) => ({ key, words: t(`settings.theme.${key}`) }))}
        />
        <Picker
          label={t('settings.text-size')}
          value={scale}
          onChange={(key) => updatePreferences({ textScale: Number(key) })}
          options={scales.map((key) => ({ key, words: percent(Number(key)) }))}
        />
        <Picker
          label={t('settings.list-look')}
          value={preferences.listStyle}
          onChange={(listStyle) => updatePreferences({ listStyle })}
          options={looks.map((key) => ({ key, words: t(`list.look.${key}`) }))}
        />
        <Picker
          label={t('settings.density')}
          value={preferences.density}
          onChange={(density) => updatePreferences({ density })}
          options={densities.map((key) => ({ key, words: t(`settings.density.${key}`) }))}
        />
      </div>
      <Toggle
        isOn={preferences.isThreaded}
        onChange={(isThreaded) => updatePreferences({ isThreaded })}
        note={t('settings.threads-note')}
      >
        {t('list.threads')}
      </Toggle>
      <Button icon={<Keyboard size={16} />} onPress={onKeys}>
        {t('settings.keys')}
      </Button>
    </div>
  );
}
