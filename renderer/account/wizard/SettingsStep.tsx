import { Info } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { checkPassword } from '../../../shared/account-fields.ts';
import type {
  ProviderNote,
  ProviderPages,
  SettingsRemark,
  SettingsSource,
} from '../../../shared/account-setup.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { CheckedField } from '../CheckedField.tsx';
import { type Draft, hasError, serverRemarks } from '../draft.ts';
import { ProviderNotes } from '../ProviderNotes.tsx';
import { remarkText } from '../remark-text.ts';
import { ServerFields } from '../ServerFields.tsx';

type SettingsStepProps = {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly notes: readonly ProviderNote[];
  readonly pages: ProviderPages;
  readonly provider: string | null;
  readonly source: SettingsSource | null;
  readonly remarks: readonly SettingsRemark[];
  readonly onNext: () => void;
};

/** What was found, as one plain card that can be changed, and the password. */
export function SettingsStep({
  draft,
  onChange,
  notes,
  pages,
  provider,
  source,
  remarks,
  onNext,
}: SettingsStepProps) {
  const t = useTexts();
  const [wasPressed, setPressed] = useState(false);
  const needsConsent = draft.security === 'none' && !draft.plaintextConsent;
  const { host, port, user } = serverRemarks(draft);
  const password = checkPassword(draft.password);
  const isComplete = !hasError([host, port, user, password]) && !needsConsent;
  const next = (event: FormEvent) => {
    event.preventDefault();
    setPressed(true);
    if (isComplete) onNext();
  };
  const passwordField = (
    <CheckedField
      kind="password"
      remark={password}
      wasPressed={wasPressed}
      label={t(notes.includes('app-password') ? 'server.app-password' : 'server.password')}
      type="password"
      value={draft.password}
      onChange={(typed) => onChange({ ...draft, password: typed })}
      autoFocus={draft.host !== ''}
      autoComplete="off"
      note={t('server.password-note')}
    />
  );
  return (
    <form className="wizard-body" onSubmit={next} noValidate>
      <h1 className="wizard-title">{t('settings-step.title')}</h1>
      <p className="wizard-lead">
        {source === null ? t('settings-step.by-hand') : t(`settings-step.source.${source}`)}
      </p>
      <ProviderNotes notes={notes} pages={pages} provider={provider} />
      {remarks.map((remark) => (
        <Banner key={remark.kind} look="warning" icon={<Info size={17} />}>
          {remarkText(remark, t)}
        </Banner>
      ))}
      {/* What was found need only be looked at; the password is what has to be typed. */}
      {source !== null && passwordField}
      <ServerFields
        draft={draft}
        onChange={onChange}
        wasPressed={wasPressed}
        takesFocus={draft.host === ''}
      />
      {source === null && passwordField}
      {wasPressed && needsConsent && (
        <p className="field-problem" role="alert">
          {t('server.consent-missing')}
        </p>
      )}
      <div className="wizard-actions">
        <Button type="submit" look="primary">
          {t('settings-step.test')}
        </Button>
      </div>
    </form>
  );
}
