import { Search } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { checkAddress, tidyAddress } from '../../../shared/account-fields.ts';
import { asksFirst, type SettingsCandidate } from '../../../shared/account-setup.ts';
import type { Failure } from '../../../shared/failure.ts';
import { poppy } from '../../bridge/poppy.ts';
import { usePoppyEvent } from '../../bridge/use-event.ts';
import { FailureNote } from '../../i18n/failures.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { CheckedField } from '../CheckedField.tsx';
import { type Draft, hasError, withCandidate } from '../draft.ts';
import { ServerQuestion } from '../ServerQuestion.tsx';
import { newAttempt } from '../testing/attempt.ts';

const sources = ['provider-table', 'autoconfig', 'isp-database', 'mx', 'srv', 'probe', 'guess'] as const;

type AddressStepProps = {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly onFound: (draft: Draft, candidate: SettingsCandidate | null) => void;
};

/** Name and address, and the search for what goes with them. */
export function AddressStep({ draft, onChange, onFound }: AddressStepProps) {
  const t = useTexts();
  const [attempt, setAttempt] = useState<string | null>(null);
  const [looking, setLooking] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [wasPressed, setPressed] = useState(false);
  const [asked, setAsked] = useState<SettingsCandidate | null>(null);
  const current = useRef<string | null>(null);
  usePoppyEvent('account/discovery-progress', (progress) => {
    if (progress.attempt === current.current) setLooking(progress.looking);
  });
  const remark = checkAddress(draft.address);
  const isWrong = hasError([remark]);
  const sourceText = (name: string) => {
    const source = sources.find((known) => known === name);
    return source === undefined ? name : t(`looking.${source}`);
  };

  const find = async (event: FormEvent) => {
    event.preventDefault();
    setPressed(true);
    if (isWrong || attempt !== null) return;
    const name = newAttempt();
    current.current = name;
    setAttempt(name);
    setFailure(null);
    setAsked(null);
    const outcome = await poppy.request('account/discover', {
      attempt: name,
      address: tidyAddress(draft.address),
    });
    if (current.current !== name) return;
    current.current = null;
    setAttempt(null);
    if (!outcome.ok) {
      setFailure(outcome.failure);
      return;
    }
    const best = outcome.value[0];
    if (best === undefined) setFailure({ kind: 'not-found', canRetry: false });
    else if (asksFirst(best)) setAsked(best);
    else take(best);
  };
  const take = (candidate: SettingsCandidate) =>
    onFound(withCandidate({ ...draft, address: tidyAddress(draft.address) }, candidate), candidate);
  const stop = () => {
    if (attempt !== null) void poppy.request('account/stop-attempt', { attempt });
    current.current = null;
    setAttempt(null);
  };
  const byHand = () => {
    setPressed(true);
    if (isWrong) return;
    stop();
    const address = tidyAddress(draft.address);
    onFound({ ...draft, address, user: draft.user === '' ? address : draft.user }, null);
  };
  return (
    <form className="wizard-body" onSubmit={(event) => void find(event)} noValidate>
      <h1 className="wizard-title">{t('address.title')}</h1>
      <p className="wizard-lead">{t('address.lead')}</p>
      <CheckedField
        kind="address"
        remark={remark}
        wasPressed={wasPressed}
        label={t('address.address')}
        value={draft.address}
        onChange={(address) => {
          setAsked(null);
          onChange({ ...draft, address, user: '' });
        }}
        type="email"
        autoComplete="email"
        autoFocus
        placeholder={t('address.example')}
      />
      <Field
        label={t('address.name')}
        value={draft.name}
        onChange={(name) => onChange({ ...draft, name })}
        note={t('address.name-note')}
      />
      <div className="wizard-actions">
        <Button type="submit" look="primary" icon={<Search size={16} />} isDisabled={attempt !== null}>
          {t('address.find')}
        </Button>
        {attempt === null ? (
          <Button look="quiet" onPress={byHand}>
            {t('address.by-hand')}
          </Button>
        ) : (
          <Button onPress={stop}>{t('action.stop')}</Button>
        )}
      </div>
      <div role="status" aria-live="polite">
        {attempt !== null && (
          <p className="wizard-looking">
            <Spinner /> {looking.length === 0 ? t('address.looking') : looking.map(sourceText).join(' · ')}
          </p>
        )}
      </div>
      {asked !== null && (
        <ServerQuestion
          address={draft.address}
          candidate={asked}
          onUse={() => take(asked)}
          onByHand={byHand}
        />
      )}
      <p className="soft">{t('address.privacy')}</p>
      {failure !== null && failure.kind !== 'cancelled' && (
        <div className="wizard-failure">
          {failure.kind === 'not-found' ? <p>{t('address.none')}</p> : <FailureNote failure={failure} />}
        </div>
      )}
    </form>
  );
}
