import { KeyRound } from 'lucide-react';
import type { AppState } from '../../shared/app-state.ts';
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
      <p className="soft">{t('settings.version', { version: app.version })}</p>
    </div>
  );
}
