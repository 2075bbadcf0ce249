import type { Account } from '../../../shared/account.ts';
import { FailureNote } from '../../i18n/failures.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { asksForKey, type Draft, serverOf } from '../draft.ts';
import { CertificateCard } from './CertificateCard.tsx';
import { NewKeyCard } from './NewKeyCard.tsx';
import { TestSteps } from './TestSteps.tsx';
import { useConnectionTest } from './use-test.ts';
import { WeakerSignInCard } from './WeakerSignInCard.tsx';

type DraftTestProps = {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly account: Account;
};

/** Tries changed settings before they are saved, with the password that is kept where none was typed. */
export function DraftTest({ draft, onChange, account }: DraftTestProps) {
  const t = useTexts();
  const test = useConnectionTest();
  const { question, failure } = test;
  const start = (tried: Draft) => {
    const { password, keyForPassword, pinnedKeySha256 } = tried;
    const allowsNewKey = keyForPassword !== null && keyForPassword === pinnedKeySha256;
    test.start(serverOf(tried), password === '' ? { accountId: account.id, allowsNewKey } : { password });
  };
  const startWith = (change: Partial<Draft>) => {
    const changed = { ...draft, ...change };
    onChange(changed);
    // What is still to be asked comes first: the test would have no password.
    if (asksForKey(account, changed)) test.stop();
    else start(changed);
  };
  const mustAsk = asksForKey(account, draft);
  return (
    <>
      <div>
        <Button isDisabled={mustAsk} onPress={() => (test.isRunning ? test.stop() : start(draft))}>
          {test.isRunning ? t('action.stop') : t('settings-step.test')}
        </Button>
      </div>
      {mustAsk && (
        <NewKeyCard host={draft.host} onAllow={() => startWith({ keyForPassword: draft.pinnedKeySha256 })} />
      )}
      {test.steps.length > 0 && <TestSteps steps={test.steps} />}
      {failure !== null && !mustAsk && <FailureNote failure={failure} />}
      {failure?.kind === 'weaker-sign-in' && (
        <WeakerSignInCard server={draft} onAllowed={() => start(draft)} />
      )}
      {question !== null && !test.isRunning && !mustAsk && (
        <CertificateCard
          question={question}
          host={draft.host}
          onTrust={() => startWith({ pinnedKeySha256: question.keySha256 })}
        />
      )}
      {test.outcome !== null && <Banner look="good">{t('test.passed')}</Banner>}
    </>
  );
}
