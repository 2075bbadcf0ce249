import { useEffect, useRef } from 'react';
import type { TestOutcome } from '../../../shared/account-setup.ts';
import { FailureNote } from '../../i18n/failures.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { type Draft, serverOf } from '../draft.ts';
import { CertificateCard } from './CertificateCard.tsx';
import { TestSteps } from './TestSteps.tsx';
import { type TestSecret, useConnectionTest } from './use-test.ts';
import { WeakerSignInCard } from './WeakerSignInCard.tsx';

type TestPanelProps = {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  /** The provider takes no usual password, which is what a refused one mostly was. */
  readonly wantsAppPassword: boolean;
  readonly onEdit: () => void;
  readonly onPassed: (outcome: TestOutcome) => void;
};

/** Tries the settings, step by step, and says why where it does not work. */
export function TestPanel({ draft, onChange, wantsAppPassword, onEdit, onPassed }: TestPanelProps) {
  const t = useTexts();
  const { size } = useFormats();
  const test = useConnectionTest();
  const { start } = test;
  const begin = useRef(() => start(serverOf(draft), secretOf(draft)));
  useEffect(() => begin.current(), []);
  const { outcome, failure, question } = test;
  const wasRefused = failure?.kind === 'authentication';
  const isFinal = failure !== null && !failure.canRetry;

  const trust = (keySha256: string) => {
    const trusting = { ...draft, pinnedKeySha256: keySha256 };
    onChange(trusting);
    start(serverOf(trusting), secretOf(draft));
  };
  return (
    <div className="wizard-body">
      <h1 className="wizard-title">{outcome === null ? t('test.title') : t('test.passed')}</h1>
      <p className="wizard-lead">{t('test.lead', { host: draft.host, port: String(draft.port) })}</p>
      <TestSteps steps={test.steps} />
      {failure !== null && failure.kind !== 'cancelled' && (
        <div className="wizard-failure" role="alert">
          <FailureNote
            failure={failure}
            advice={wasRefused && wantsAppPassword ? t('settings-step.note.app-password') : null}
          />
        </div>
      )}
      {failure?.kind === 'weaker-sign-in' && (
        <WeakerSignInCard server={draft} onAllowed={() => start(serverOf(draft), secretOf(draft))} />
      )}
      {question !== null && !test.isRunning && (
        <CertificateCard question={question} host={draft.host} onTrust={() => trust(question.keySha256)} />
      )}
      {outcome !== null && (
        <Banner look="good">
          {t('test.found', {
            count: outcome.count,
            size: size(outcome.sizeBytes),
          })}
          {!outcome.hasUidl && ` ${t('test.no-uidl')}`}
          {outcome.expireDays !== null && ` ${t('test.expire', { days: outcome.expireDays })}`}
        </Banner>
      )}
      <div className="wizard-actions">
        {outcome !== null && (
          <Button look="primary" autoFocus onPress={() => onPassed(outcome)}>
            {t('action.continue')}
          </Button>
        )}
        {test.isRunning && <Button onPress={test.stop}>{t('action.stop')}</Button>}
        {!test.isRunning && outcome === null && (
          <>
            {/* What was refused is refused again, until something is changed. */}
            <Button
              look={isFinal ? 'normal' : 'primary'}
              autoFocus={!isFinal}
              onPress={() => start(serverOf(draft), secretOf(draft))}
            >
              {t('action.try-again')}
            </Button>
            <Button look={isFinal ? 'primary' : 'normal'} autoFocus={isFinal} onPress={onEdit}>
              {t('test.edit')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function secretOf({ grant, password }: Draft): TestSecret {
  return grant === null ? { password } : { grant };
}
