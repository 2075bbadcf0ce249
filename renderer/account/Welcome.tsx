import { Mail, Sparkles } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/model.ts';
import { poppy } from '../bridge/poppy.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useWords } from '../i18n/words.tsx';
import { Button } from '../ui/Button.tsx';
import { PoppyFlower } from '../ui/PoppyFlower.tsx';

type WelcomeProps = {
  readonly onAdd: () => void;
  readonly onDone: (accountId: AccountId) => void;
};

/** The first thing a person sees. */
export function Welcome({ onAdd, onDone }: WelcomeProps) {
  const t = useWords();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const sample = async () => {
    setBusy(true);
    const outcome = await poppy.request('account/add-sample', {});
    setBusy(false);
    if (outcome.ok) onDone(outcome.value.accountId);
    else setFailure(outcome.failure);
  };
  return (
    <main className="wizard welcome">
      <div className="welcome-sheet">
        <PoppyFlower size={92} />
        <h1 className="welcome-title">{t('welcome.title')}</h1>
        <p className="welcome-words">{t('welcome.words')}</p>
        <div className="welcome-actions">
          <Button look="primary" className="button-large" icon={<Mail size={18} />} onPress={onAdd}>
            {t('welcome.add')}
          </Button>
          <Button
            className="button-large"
            icon={<Sparkles size={18} />}
            isDisabled={isBusy}
            onPress={() => void sample()}
          >
            {t('welcome.sample')}
          </Button>
        </div>
        <p className="welcome-note">{t('welcome.sample-note')}</p>
        {failure !== null && <FailureNote failure={failure} />}
      </div>
    </main>
  );
}
