import { Mail, Sparkles } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { runCommand } from '../../bridge/commands.ts';
import { poppy } from '../../bridge/poppy.ts';
import { showDone } from '../../bridge/toasts.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { FailureNote } from '../../i18n/failures.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { PoppyFlower } from '../../ui/PoppyFlower.tsx';

type WelcomeProps = {
  readonly onAdd: () => void;
  readonly onDone: (accountId: AccountId) => void;
  /** Shows the mail that is stored here although no mailbox is. */
  readonly onRead: () => void;
};

/** The first thing a person sees. */
export function Welcome({ onAdd, onDone, onRead }: WelcomeProps) {
  const t = useTexts();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const sample = async () => {
    setBusy(true);
    const outcome = await poppy.request('account/add-sample', {});
    setBusy(false);
    if (outcome.ok) onDone(outcome.value.accountId);
    else setFailure(outcome.failure);
  };
  const storage = useAnswer('storage/state', {}, ['mailbox/changed']).value;
  const restore = async () => {
    setBusy(true);
    setFailure(null);
    const outcome = await poppy.request('storage/restore', {});
    setBusy(false);
    if (!outcome.ok) setFailure(outcome.failure);
    else if (outcome.value !== null) showDone('restored', { count: outcome.value.messages });
  };
  // What is said of kept mail moves the buttons: there are none to press before it is known.
  if (storage === null) return <main className="wizard welcome" />;
  const kept = storage.accounts.reduce((sum, { messages }) => sum + messages, 0);
  return (
    <main className="wizard welcome">
      <div className="welcome-sheet">
        <PoppyFlower size={92} />
        <h1 className="welcome-title">{t('welcome.title')}</h1>
        <p className="welcome-text">{t('welcome.text')}</p>
        <div className="welcome-actions">
          <Button look="primary" isLarge icon={<Mail size={18} />} onPress={onAdd}>
            {t('welcome.add')}
          </Button>
          <Button isLarge icon={<Sparkles size={18} />} isDisabled={isBusy} onPress={() => void sample()}>
            {t('welcome.sample')}
          </Button>
        </div>
        <p className="welcome-note">{t('welcome.sample-note')}</p>
        {kept > 0 && (
          <Banner actions={<Button onPress={onRead}>{t('welcome.read-kept')}</Button>}>
            {t('welcome.kept', { count: kept })}
          </Banner>
        )}
        <Button look="quiet" isDisabled={isBusy} onPress={() => runCommand('move-in')}>
          {t('welcome.move-in')}
        </Button>
        <Button look="quiet" isDisabled={isBusy} onPress={() => void restore()}>
          {t('welcome.restore')}
        </Button>
        {failure !== null && <FailureNote failure={failure} />}
      </div>
    </main>
  );
}
