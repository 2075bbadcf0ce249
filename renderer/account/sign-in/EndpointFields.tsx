import { useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { isOAuthEndpoint, isRedirectUri, type OAuthSettings } from '../../../shared/oauth.ts';
import { poppy } from '../../bridge/poppy.ts';
import { FailureNote } from '../../i18n/failures.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { ClientFields } from './RegistrationFields.tsx';

type EndpointFieldsProps = {
  readonly oauth: OAuthSettings;
  readonly onChange: (oauth: OAuthSettings) => void;
  readonly wasPressed: boolean;
};

/** Everything of a sign-in in the browser for a provider that Poppy does not know. */
export function EndpointFields({ oauth, onChange, wasPressed }: EndpointFieldsProps) {
  const t = useTexts();
  const [issuer, setIssuer] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const problem = (isRight: boolean, typed: string) =>
    !isRight && (wasPressed || typed !== '') ? t('signin.bad-address') : null;
  const lookUp = async () => {
    setFailure(null);
    const found = await poppy.request('sign-in/issuer', { issuer });
    if (found.ok) onChange({ ...oauth, ...found.value, scope: oauth.scope });
    else setFailure(found.failure);
  };
  return (
    <div className="folded-fields">
      <Field
        label={t('signin.issuer')}
        value={issuer}
        onChange={setIssuer}
        placeholder={t('signin.issuer-example')}
      />
      <div>
        <Button isDisabled={issuer.trim() === ''} onPress={() => void lookUp()}>
          {t('signin.look-up')}
        </Button>
      </div>
      {failure !== null && <FailureNote failure={failure} />}
      <Field
        label={t('signin.authorize-url')}
        value={oauth.authorizeUrl}
        onChange={(authorizeUrl) => onChange({ ...oauth, authorizeUrl: authorizeUrl.trim() })}
        problem={problem(isOAuthEndpoint(oauth.authorizeUrl), oauth.authorizeUrl)}
      />
      <Field
        label={t('signin.token-url')}
        value={oauth.tokenUrl}
        onChange={(tokenUrl) => onChange({ ...oauth, tokenUrl: tokenUrl.trim() })}
        problem={problem(isOAuthEndpoint(oauth.tokenUrl), oauth.tokenUrl)}
      />
      <Field
        label={t('signin.scope')}
        value={oauth.scope}
        onChange={(scope) => onChange({ ...oauth, scope })}
      />
      <ClientFields oauth={oauth} onChange={onChange} wasPressed={wasPressed} />
      <Field
        label={t('signin.redirect')}
        value={oauth.redirectUri}
        onChange={(redirectUri) => onChange({ ...oauth, redirectUri: redirectUri.trim() })}
        problem={isRedirectUri(oauth.redirectUri) ? null : t('signin.bad-redirect')}
      />
    </div>
  );
}
