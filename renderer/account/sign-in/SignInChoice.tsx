import type { OAuthOffer, OAuthSettings } from '../../../shared/oauth.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Picker } from '../../ui/Choice.tsx';
import { EndpointFields } from './EndpointFields.tsx';
import { emptyOAuth, oauthOf } from './oauth-draft.ts';
import { RegistrationFields } from './RegistrationFields.tsx';

type SignInChoiceProps = {
  /** Null for signing in with a password. */
  readonly oauth: OAuthSettings | null;
  readonly offer: OAuthOffer | null;
  readonly isOnlyWay: boolean;
  readonly wasPressed: boolean;
  readonly onChange: (oauth: OAuthSettings | null) => void;
};

/** Whether a person signs in with a password or in the browser, and what is still missing for that. */
export function SignInChoice({ oauth, offer, isOnlyWay, wasPressed, onChange }: SignInChoiceProps) {
  const t = useTexts();
  return (
    <>
      <Picker
        label={t('signin.how')}
        value={oauth === null ? 'password' : 'browser'}
        onChange={(way) => onChange(way === 'password' ? null : offer === null ? emptyOAuth : oauthOf(offer))}
        options={[
          { key: 'browser', label: t('signin.browser') },
          { key: 'password', label: t('signin.password') },
        ]}
      />
      {oauth !== null && offer !== null && (
        <p className="soft">{t('signin.lead', { provider: offer.providerName })}</p>
      )}
      {oauth !== null && offer !== null && offer.client === null && (
        <RegistrationFields {...{ offer, oauth, onChange, isOnlyWay, wasPressed }} />
      )}
      {oauth !== null && offer === null && <EndpointFields {...{ oauth, onChange, wasPressed }} />}
    </>
  );
}
