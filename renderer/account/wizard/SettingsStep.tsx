import { Info } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { checkPassword } from '../../../shared/account-fields.ts';
import type { SettingsCandidate } from '../../../shared/account-setup.ts';
import type { OAuthOffer, OAuthSettings } from '../../../shared/oauth.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { type Draft, hasError, serverRemarks } from '../draft.ts';
import { CheckedPassword } from '../PasswordField.tsx';
import { ProviderNotes } from '../ProviderNotes.tsx';
import { remarkText } from '../remark-text.ts';
import { ServerFields } from '../ServerFields.tsx';
import { emptyOAuth, oauthOf, oauthProblem } from '../sign-in/oauth-draft.ts';
import { SignInChoice } from '../sign-in/SignInChoice.tsx';
import { SignInWaiting } from '../sign-in/SignInWaiting.tsx';
import { useOffer } from '../sign-in/use-offer.ts';
import { useSignIn } from '../sign-in/use-sign-in.ts';
import { OtherCandidates } from './OtherCandidates.tsx';

type SettingsStepProps = {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  /** What the search found; null where the settings are entered by hand. */
  readonly found: SettingsCandidate | null;
  /** What else was found. */
  readonly others: readonly SettingsCandidate[];
  /** Takes over another of them; null to go on by hand. */
  readonly onOther: (candidate: SettingsCandidate | null) => void;
  readonly onNext: () => void;
};

/** What was found, as one plain card that can be changed, and the password or the sign-in in the browser. */
export function SettingsStep({ draft, onChange, found, others, onOther, onNext }: SettingsStepProps) {
  const t = useTexts();
  const [wasPressed, setPressed] = useState(false);
  const signIn = useSignIn();
  // Of another provider than the one that was found nothing is known.
  const notes = found === null || found.server.host !== draft.host ? [] : found.notes;
  const isOnlyWay = notes.includes('oauth-only');
  const offer = useOffer(draft.host.trim(), found, (next, before) => {
    const chosen = chosenAtFirst(draft, next, before, isOnlyWay);
    if (chosen !== draft.oauth) onChange({ ...draft, oauth: chosen, grant: null });
  });
  const needsConsent = draft.security === 'none' && !draft.plaintextConsent;
  const { host, port, user } = serverRemarks(draft);
  const password = checkPassword(draft.password);
  const { oauth } = draft;
  const isReady = !hasError([host, port, user]) && !needsConsent;

  const next = async (event: FormEvent) => {
    event.preventDefault();
    setPressed(true);
    if (!isReady || signIn.isWaiting) return;
    if (oauth === null) {
      if (!hasError([password])) onNext();
      return;
    }
    if (oauthProblem(oauth) !== null) return;
    const grant = await signIn.begin(oauth, draft.address);
    if (grant === null) return;
    onChange({ ...draft, grant, password: '' });
    onNext();
  };
  const secret = (
    <>
      {(offer !== null || oauth !== null) && (
        <SignInChoice
          oauth={oauth}
          offer={offer}
          isOnlyWay={isOnlyWay}
          wasPressed={wasPressed}
          onChange={(chosen) => onChange({ ...draft, oauth: chosen, grant: null })}
        />
      )}
      {oauth === null && (
        <CheckedPassword
          remark={password}
          wasPressed={wasPressed}
          label={t(notes.includes('app-password') ? 'server.app-password' : 'server.password')}
          value={draft.password}
          onChange={(typed) => onChange({ ...draft, password: typed })}
          autoFocus={draft.host !== ''}
          note={t('server.password-note')}
        />
      )}
    </>
  );
  return (
    <form className="wizard-body" onSubmit={(event) => void next(event)} noValidate>
      <h1 className="wizard-title">{t('settings-step.title')}</h1>
      <p className="wizard-lead">
        {found === null ? t('settings-step.by-hand') : t(`settings-step.source.${found.source}`)}
      </p>
      <ProviderNotes
        notes={notes}
        pages={found?.pages ?? {}}
        provider={found?.providerName ?? null}
        isInBrowser={oauth !== null}
      />
      {(found?.remarks ?? []).map((remark) => (
        <Banner key={remark.kind} look="warning" icon={<Info size={17} />}>
          {remarkText(remark, t)}
        </Banner>
      ))}
      {/* What was found need only be looked at; the password is what has to be typed. */}
      {found !== null && secret}
      <ServerFields
        draft={draft}
        onChange={onChange}
        wasPressed={wasPressed}
        takesFocus={draft.host === ''}
      />
      {found === null && secret}
      <OtherCandidates
        address={draft.address}
        candidates={others}
        onUse={onOther}
        onByHand={() => onOther(null)}
      />
      {offer === null && oauth === null && (
        <div>
          <Button look="quiet" onPress={() => onChange({ ...draft, oauth: emptyOAuth, grant: null })}>
            {t('signin.by-hand')}
          </Button>
        </div>
      )}
      {wasPressed && needsConsent && (
        <p className="field-problem" role="alert">
          {t('server.consent-missing')}
        </p>
      )}
      {oauth !== null && <SignInWaiting signIn={signIn} authorizeUrl={oauth.authorizeUrl} />}
      <div className="wizard-actions">
        <Button type="submit" look="primary" isDisabled={signIn.isWaiting}>
          {oauth === null ? t('settings-step.test') : t('signin.begin')}
        </Button>
      </div>
    </form>
  );
}

/**
 * What a new offer changes. Where Poppy is registered, and where nothing else is accepted, the browser is the first
 * choice. The addresses of another provider than the host's are dropped.
 */
function chosenAtFirst(
  { oauth, password }: Draft,
  offer: OAuthOffer | null,
  before: OAuthOffer | null,
  isOnlyWay: boolean,
): OAuthSettings | null {
  const isOfBefore = oauth !== null && oauth.authorizeUrl === before?.endpoints.authorizeUrl;
  const kept = isOfBefore && offer?.endpoints.authorizeUrl !== oauth.authorizeUrl ? null : oauth;
  const isFirst = offer !== null && (offer.client !== null || isOnlyWay);
  return kept === null && isFirst && password === '' ? oauthOf(offer) : kept;
}
