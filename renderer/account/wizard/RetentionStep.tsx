import { useState } from 'react';
import { accountDefaults } from '../../../shared/account.ts';
import type { TestOutcome } from '../../../shared/account-setup.ts';
import { dayMs } from '../../../shared/durations.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { megabyte } from '../../../shared/sizes.ts';
import { poppy } from '../../bridge/poppy.ts';
import { showDone } from '../../bridge/toasts.ts';
import { FailureNote } from '../../i18n/failures.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { type Draft, serverOf } from '../draft.ts';
import { RetentionFields } from '../RetentionFields.tsx';

type RetentionStepProps = {
  readonly draft: Draft;
  readonly outcome: TestOutcome | null;
  readonly onChange: (draft: Draft) => void;
  readonly onDone: (accountId: AccountId) => void;
};

/** The last question: what should happen to the copies on the server. Then the account is added. */
export function RetentionStep({ draft, outcome, onChange, onDone }: RetentionStepProps) {
  const t = useTexts();
  const formats = useFormats();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { retention } = draft;
  const count = outcome?.count ?? 0;
  const limit =
    retention.kind === 'remove-after-days'
      ? retention.days
      : retention.kind === 'keep-newest'
        ? retention.count
        : retention.kind === 'keep-under'
          ? retention.megabytes
          : 0;
  // Days count from the time a message is stored here, whatever its date: today is the earliest they can begin.
  const day = retention.kind === 'remove-after-days' ? formats.day(Date.now() + retention.days * dayMs) : '';
  const goes = retention.kind === 'keep-newest' ? Math.max(0, count - retention.count) : count;
  const fits = retention.kind === 'keep-under' && (outcome?.sizeBytes ?? 0) <= retention.megabytes * megabyte;
  const meaning = fits ? 'copies.meaning.fits' : (`copies.meaning.${retention.kind}` as const);

  const add = async () => {
    setBusy(true);
    setFailure(null);
    const added = await poppy.request('account/add', {
      choices: {
        name: draft.name.trim() === '' ? draft.address : draft.name.trim(),
        address: draft.address,
        server: serverOf(draft),
        ...accountDefaults,
        retention,
      },
      password: draft.password,
      ...(draft.grant === null ? {} : { grant: draft.grant }),
    });
    setBusy(false);
    if (!added.ok) {
      setFailure(added.failure);
      return;
    }
    if (added.value.keyring === 'memory-only') showDone('password-in-memory');
    onDone(added.value.accountId);
  };
  return (
    <div className="wizard-body">
      <h1 className="wizard-title">{t('copies.title')}</h1>
      <RetentionFields
        takesFocus
        label={t('copies.label')}
        policy={retention}
        onChange={(next) => onChange({ ...draft, retention: next })}
      />
      <Banner>
        <p aria-live="polite">
          {t('copies.there', { count })} {t(meaning, { limit, goes, count, day })}
        </p>
      </Banner>
      {failure !== null && <FailureNote failure={failure} />}
      <div className="wizard-actions">
        <Button look="primary" isDisabled={isBusy} onPress={() => void add()}>
          {t('copies.finish')}
        </Button>
      </div>
    </div>
  );
}
