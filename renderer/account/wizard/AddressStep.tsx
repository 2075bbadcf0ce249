import { Search } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { checkAddress, tidyAddress } from '../../../shared/account-fields.ts';
import { asksFirst, type SearchProgress, type SettingsCandidate } from '../../../shared/account-setup.ts';
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
import { newAttempt } from '../testing/attempt.ts';
import { SearchSources } from './SearchSources.tsx';
import { ServerQuestion } from './ServerQuestion.tsx';

const nobody: SearchProgress = { looking: [], answered: [] };

type AddressStepProps = {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  /** Settings were chosen; `candidates` are all that were found. */
  readonly onFound: (
    draft: Draft,
    candidate: SettingsCandidate | null,
    candidates: readonly SettingsCandidate[],
  ) => void;
};

/** Name and address, and the search for what goes with them. */
export function AddressStep({ draft, onChange, onFound }: AddressStepProps) {
  const t = useTexts();
  const [attempt, setAttempt] = useState<string | null>(null);
  const [progress, setProgress] = useState<SearchProgress>(nobody);
  const [found, setFound] = useState<readonly SettingsCandidate[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [wasPressed, setPressed] = useState(false);
  const [asked, setAsked] = useState<SettingsCandidate | null>(null);
  const current = useRef<string | null>(null);
  usePoppyEvent('account/discovery-progress', ({ attempt: name, ...told }) => {
    if (name === current.current) setProgress(told);
  });
  const remark = checkAddress(draft.address);
  const isWrong = hasError([remark]);

  const find = async (event: FormEvent) => {
    event.preventDefault();
    setPressed(true);
    if (isWrong || attempt !== null) return;
    const name = newAttempt();
    current.current = name;
    setAttempt(name);
    setFailure(null);
    setAsked(null);
    setProgress(nobody);
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
    setFound(outcome.value);
    const best = outcome.value[0];
    if (best === undefined) setFailure({ kind: 'not-found', canRetry: false });
    else if (asksFirst(best)) setAsked(best);
    else take(best, outcome.value);
  };
  const take = (candidate: SettingsCandidate, candidates: readonly SettingsCandidate[]) =>
    onFound(
      withCandidate({ ...draft, address: tidyAddress(draft.address) }, candidate),
      candidate,
      candidates,
    );
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
    onFound({ ...draft, address, user: draft.user === '' ? address : draft.user }, null, found);
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
            <Spinner /> {t('address.looking')}
          </p>
        )}
        <SearchSources {...progress} />
      </div>
      {asked !== null && (
        <ServerQuestion
          address={draft.address}
          candidate={asked}
          onUse={() => take(asked, found)}
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
