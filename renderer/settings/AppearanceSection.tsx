import { Keyboard } from 'lucide-react';
import { languageChoices } from '../../shared/language.ts';
import {
  densities,
  listStyles,
  type Preferences,
  readingPanes,
  textScales,
  themes,
} from '../../shared/preferences.ts';
import { updatePreferences } from '../bridge/live.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/Button.tsx';
import { Picker, Toggle } from '../ui/Choice.tsx';

type AppearanceSectionProps = { readonly preferences: Preferences; readonly onKeys: () => void };

/** Language, colours, sizes, and how lists look. */
export function AppearanceSection({ preferences, onKeys }: AppearanceSectionProps) {
  const t = useTexts();
  const { percent } = useFormats();
  const scale = textScales.find((one) => one >= preferences.textScale) ?? Math.max(...textScales);
  return (
    <div className="page">
      <h2>{t('settings.appearance')}</h2>
      <div className="settings-grid">
        <Picker
          label={t('settings.language')}
          value={preferences.language}
          onChange={(language) => updatePreferences({ language })}
          options={languageChoices.map((key) => ({ key, label: t(`settings.language.${key}`) }))}
        />
        <Picker
          label={t('settings.theme')}
          value={preferences.theme}
          onChange={(theme) => updatePreferences({ theme })}
          options={themes.map((key) => ({ key, label: t(`settings.theme.${key}`) }))}
        />
        <Picker
          label={t('settings.text-size')}
          value={String(scale)}
          onChange={(key) => updatePreferences({ textScale: Number(key) })}
          options={textScales.map((one) => ({ key: String(one), label: percent(one) }))}
        />
        <Picker
          label={t('settings.list-look')}
          value={preferences.listStyle}
          onChange={(listStyle) => updatePreferences({ listStyle })}
          options={listStyles.map((key) => ({ key, label: t(`list.look.${key}`) }))}
        />
        <Picker
          label={t('settings.reading-pane')}
          value={preferences.readingPane}
          onChange={(readingPane) => updatePreferences({ readingPane })}
          options={readingPanes.map((key) => ({ key, label: t(`settings.reading-pane.${key}`) }))}
        />
        <Picker
          label={t('settings.density')}
          value={preferences.density}
          onChange={(density) => updatePreferences({ density })}
          options={densities.map((key) => ({ key, label: t(`settings.density.${key}`) }))}
        />
      </div>
      <Toggle
        isOn={preferences.groupsByConversation}
        onChange={(groupsByConversation) => updatePreferences({ groupsByConversation })}
        note={t('settings.conversations-note')}
      >
        {t('list.conversations')}
      </Toggle>
      <Button icon={<Keyboard size={16} />} onPress={onKeys}>
        {t('settings.keys')}
      </Button>
    </div>
  );
}
