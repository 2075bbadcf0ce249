import { KeyRound, ShieldAlert, ShieldOff } from 'lucide-react';
import { type AppState, isOldRelease } from '../../shared/app-state.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Banner } from '../ui/Banner.tsx';

const facts = ['nothing-sent', 'remote', 'links', 'attachments', 'local'] as const;

/** What Poppy tells others, and what it does not. */
export function PrivacySection({ app }: { readonly app: AppState }) {
  const t = useTexts();
  return (
    <div className="page">
      <h2>{t('settings.privacy')}</h2>
      <ul className="privacy">
        {facts.map((fact) => (
          <li key={fact}>{t(`privacy.${fact}`)}</li>
        ))}
      </ul>
      <Banner look={app.keyring === 'keyring' ? 'good' : 'warning'} icon={<KeyRound size={17} />}>
        {t(`privacy.passwords.${app.keyring}`)}
      </Banner>
      <ProgramFacts app={app} />
    </div>
  );
}

/** Which Poppy and which Electron run, and what makes them unsafe. */
function ProgramFacts({ app: { version, electron, isSandboxed } }: { readonly app: AppState }) {
  const t = useTexts();
  const { day } = useFormats();
  const { releasedAt } = electron;
  const facts = { version: electron.version, date: releasedAt === null ? '' : day(releasedAt) };
  return (
    <>
      {!isSandboxed && (
        <Banner look="warning" icon={<ShieldOff size={17} />}>
          {t('settings.no-sandbox')}
        </Banner>
      )}
      {isOldRelease(electron, Date.now()) && (
        <Banner look="warning" icon={<ShieldAlert size={17} />}>
          {t('settings.old-electron')}
        </Banner>
      )}
      <p className="soft">{t('settings.version', { version })}</p>
      <p className="soft">
        {t(releasedAt === null ? 'settings.electron-undated' : 'settings.electron', facts)}
      </p>
    </>
  );
}
