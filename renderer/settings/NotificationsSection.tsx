import { defaultQuietHours, lastHour, type Preferences } from '../../shared/preferences.ts';
import { updatePreferences } from '../bridge/live.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Toggle } from '../ui/Choice.tsx';
import { NumberLine } from '../ui/NumberLine.tsx';

/** When Poppy says that mail came, and what it does at start and at close. */
export function NotificationsSection({ preferences }: { readonly preferences: Preferences }) {
  const t = useTexts();
  const { quietHours } = preferences;
  return (
    <div className="page">
      <h2>{t('settings.notifications')}</h2>
      <Toggle isOn={preferences.notifies} onChange={(notifies) => updatePreferences({ notifies })}>
        {t('settings.notifies')}
      </Toggle>
      <Toggle
        isOn={quietHours !== null}
        onChange={(isOn) => updatePreferences({ quietHours: isOn ? defaultQuietHours : null })}
        isDisabled={!preferences.notifies}
        note={t('settings.quiet-note')}
      >
        {t('settings.quiet')}
      </Toggle>
      {quietHours !== null && (
        <div className="button-line">
          <NumberLine
            label={t('settings.quiet-from')}
            value={quietHours.from}
            onChange={(from) => updatePreferences({ quietHours: { ...quietHours, from } })}
            least={0}
            most={lastHour}
          />
          <NumberLine
            label={t('settings.quiet-to')}
            value={quietHours.to}
            onChange={(to) => updatePreferences({ quietHours: { ...quietHours, to } })}
            least={0}
            most={lastHour}
          />
        </div>
      )}
      <Toggle
        isOn={preferences.closesToTray}
        onChange={(closesToTray) => updatePreferences({ closesToTray })}
        note={t('settings.tray-note')}
      >
        {t('settings.tray')}
      </Toggle>
      <Toggle
        isOn={preferences.startsAtLogin}
        onChange={(startsAtLogin) => updatePreferences({ startsAtLogin })}
      >
        {t('settings.at-login')}
      </Toggle>
    </div>
  );
}
