import type { OAuthOffer, OAuthSettings } from '../../../shared/oauth.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Field } from '../../ui/Field.tsx';
import { hostOf } from './SignInWaiting.tsx';

type RegistrationFieldsProps = {
  readonly offer: OAuthOffer;
  readonly oauth: OAuthSettings;
  readonly onChange: (oauth: OAuthSettings) => void;
  /** The provider takes nothing else, so the other way out is named. */
  readonly isOnlyWay: boolean;
  readonly wasPressed: boolean;
};

/** Says that this program is not registered with the provider, and takes the client id of a registration of one's own. */
export function RegistrationFields({
  offer,
  oauth,
  onChange,
  isOnlyWay,
  wasPressed,
}: RegistrationFieldsProps) {
  const t = useTexts();
  const { providerName, registerPage } = offer;
  return (
    <>
      <Banner look="warning">
        <p>{t('signin.missing', { provider: providerName })}</p>
        <p>{t('signin.missing-redirect', { redirect: oauth.redirectUri })}</p>
        {registerPage !== null && (
          <p>
            <a href={registerPage} target="_blank" rel="noreferrer">
              {t('signin.register', { host: hostOf(registerPage) })}
            </a>
          </p>
        )}
        {isOnlyWay && <p>{t('signin.forward')}</p>}
      </Banner>
      <ClientFields oauth={oauth} onChange={onChange} wasPressed={wasPressed} />
    </>
  );
}

type ClientFieldsProps = Pick<RegistrationFieldsProps, 'oauth' | 'onChange' | 'wasPressed'>;

/** The client id, and the secret where a provider gives one. */
export function ClientFields({ oauth, onChange, wasPressed }: ClientFieldsProps) {
  const t = useTexts();
  const isMissing = wasPressed && oauth.clientId.trim() === '';
  const withSecret = (typed: string) => {
    const { clientSecret: _before, ...others } = oauth;
    onChange(typed.trim() === '' ? others : { ...others, clientSecret: typed.trim() });
  };
  return (
    <>
      <Field
        label={t('signin.client-id')}
        value={oauth.clientId}
        onChange={(clientId) => onChange({ ...oauth, clientId: clientId.trim() })}
        problem={isMissing ? t('signin.incomplete') : null}
        autoCorrect="off"
        spellCheck="false"
      />
      <Field
        label={t('signin.client-secret')}
        value={oauth.clientSecret ?? ''}
        onChange={withSecret}
        autoComplete="off"
        autoCorrect="off"
        spellCheck="false"
      />
    </>
  );
}
