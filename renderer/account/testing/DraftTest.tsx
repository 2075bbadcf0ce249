import type { AccountId } from '../../../shared/ids.ts';
import { FailureNote } from '../../i18n/failures.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { type Draft, serverOf } from '../draft.ts';
import { CertificateCard } from './CertificateCard.tsx';
import { TestSteps } from './TestSteps.tsx';
import { useConnectionTest } from './use-test.ts';

type DraftTestProps = {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly accountId: AccountId;
};

/** Tries changed settings before they are saved, with the password that is kept where none was typed. */
export function DraftTest({ draft, onChange, accountId }: DraftTestProps) {
  const t = useTexts();
  const test = useConnectionTest();
  const { question } = test;
  const start = (tried: Draft) =>
    test.start(serverOf(tried), tried.password === '' ? null : tried.password, accountId);
  const trust = (pinnedKeySha256: string) => {
    const trusting = { ...draft, pinnedKeySha256 };
    onChange(trusting);
    start(trusting);
  };
  return (
    <>
      <div>
        <Button onPress={() => (test.isRunning ? test.stop() : start(draft))}>
          {test.isRunning ? t('action.stop') : t('settings-step.test')}
        </Button>
      </div>
      {test.steps.length > 0 && <TestSteps steps={test.steps} />}
      {test.failure !== null && <FailureNote failure={test.failure} />}
      {question !== null && !test.isRunning && (
        <CertificateCard question={question} host={draft.host} onTrust={() => trust(question.keySha256)} />
      )}
      {test.outcome !== null && <Banner look="good">{t('test.passed')}</Banner>}
    </>
  );
}
