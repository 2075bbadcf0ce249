import { Info } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useWords, type WordKey } from '../i18n/words.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { type Draft, hostProblem } from './draft.ts';
import { ServerFields } from './ServerFields.tsx';

const sources: Readonly<Record<string, WordKey>> = {
  'provider-table': 'settings-step.source.provider-table',
  autoconfig: 'settings-step.source.autoconfig',
  'isp-database': 'settings-step.source.isp-database',
  mx: 'settings-step.source.mx',
  srv: 'settings-step.source.srv',
  probe: 'settings-step.source.probe',
  guess: 'settings-step.source.guess',
};
const knownNotes: Readonly<Record<string, WordKey>> = {
  'app-password': 'settings-step.note.app-password',
  'enable-pop': 'settings-step.note.enable-pop',
  'no-pop': 'settings-step.note.no-pop',
};

type SettingsStepProps = {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly notes: readonly string[];
  readonly source: string | null;
  readonly onNext: () => void;
};

/** What was found, as one plain card that can be changed, and the password. */
export function SettingsStep({ draft, onChange, notes, source, onNext }: SettingsStepProps) {
  const t = useWords();
  const [wasPressed, setPressed] = useState(false);
  const needsConsent = draft.security === 'none' && !draft.plaintextConsent;
  const isComplete =
    hostProblem(draft.host) === null && draft.user.trim() !== '' && draft.password !== '' && !needsConsent;
  const next = (event: FormEvent) => {
    event.preventDefault();
    setPressed(true);
    if (isComplete) onNext();
  };
  const sourceKey = source === null ? undefined : sources[source];
  return (
    <form className="wizard-body" onSubmit={next} noValidate>
      <h1 className="wizard-title">{t('settings-step.title')}</h1>
      <p className="wizard-lead">{sourceKey === undefined ? t('settings-step.by-hand') : t(sourceKey)}</p>
      {notes.map((note) => {
        const key = knownNotes[note];
        return (
          <Banner key={note} icon={<Info size={17} />}>
            {key === undefined ? note : t(key)}
          </Banner>
        );
      })}
      <ServerFields draft={draft} onChange={onChange} showsEmpty={wasPressed} />
      <Field
        label={t('server.password')}
        type="password"
        value={draft.password}
        onChange={(password) => onChange({ ...draft, password })}
        autoComplete="off"
        note={t('server.password-note')}
        problem={wasPressed && draft.password === '' ? t('server.password-empty') : null}
      />
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
