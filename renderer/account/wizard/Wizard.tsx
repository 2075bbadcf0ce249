import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import type { SettingsCandidate, TestOutcome } from '../../../shared/account-setup.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/class-names.ts';
import { PoppyFlower } from '../../ui/PoppyFlower.tsx';
import { type Draft, emptyDraft, withCandidate } from '../draft.ts';
import { TestPanel } from '../testing/TestPanel.tsx';
import { AddressStep } from './AddressStep.tsx';
import { RetentionStep } from './RetentionStep.tsx';
import { SettingsStep } from './SettingsStep.tsx';
import { Welcome } from './Welcome.tsx';

const steps = ['address', 'settings', 'test', 'copies'] as const;
type Step = (typeof steps)[number];

type WizardProps = {
  /** Nothing to go back to: this is the very first start. */
  readonly isFirst: boolean;
  readonly onDone: (accountId: AccountId) => void;
  readonly onCancel: () => void;
  /** Shows the mail that is stored here although no mailbox is. */
  readonly onRead: () => void;
};

/** Sets up a mailbox, one question at a time. */
export function Wizard({ isFirst, onDone, onCancel, onRead }: WizardProps) {
  const t = useTexts();
  const [step, setStep] = useState<Step | 'welcome'>(isFirst ? 'welcome' : 'address');
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [outcome, setOutcome] = useState<TestOutcome | null>(null);
  const [found, setFound] = useState<SettingsCandidate | null>(null);
  const [candidates, setCandidates] = useState<readonly SettingsCandidate[]>([]);

  if (step === 'welcome') return <Welcome onAdd={() => setStep('address')} onDone={onDone} onRead={onRead} />;
  // Of another provider than the one that was found nothing is known.
  const notes = found === null || found.server.host !== draft.host ? [] : found.notes;
  const at = steps.indexOf(step);
  const back = () => {
    const before = steps[at - 1];
    if (before !== undefined) setStep(before);
    else if (isFirst) setStep('welcome');
    else onCancel();
  };
  return (
    <main className="wizard">
      <div className="wizard-sheet">
        <header className="wizard-head">
          <PoppyFlower size={34} />
          <ol className="wizard-steps" aria-label={t('wizard.steps')}>
            {steps.map((name, index) => (
              <li
                key={name}
                className={classes('wizard-step', index <= at && 'is-done', index === at && 'is-current')}
                aria-current={index === at ? 'step' : undefined}
              >
                {t(`wizard.step.${name}`)}
              </li>
            ))}
          </ol>
        </header>
        {step === 'address' && (
          <AddressStep
            draft={draft}
            onChange={setDraft}
            onFound={(next, candidate, all) => {
              setDraft(next);
              setFound(candidate);
              setCandidates(all);
              setStep('settings');
            }}
          />
        )}
        {step === 'settings' && (
          <SettingsStep
            draft={draft}
            onChange={setDraft}
            found={found}
            others={candidates.filter((candidate) => candidate !== found)}
            onOther={(candidate) => {
              setDraft(candidate === null ? draft : withCandidate(draft, candidate));
              setFound(candidate);
            }}
            onNext={() => setStep('test')}
          />
        )}
        {step === 'test' && (
          <TestPanel
            draft={draft}
            onChange={setDraft}
            wantsAppPassword={notes.includes('app-password')}
            onEdit={() => setStep('settings')}
            onPassed={(passed) => {
              setOutcome(passed);
              setStep('copies');
            }}
          />
        )}
        {step === 'copies' && (
          <RetentionStep draft={draft} outcome={outcome} onChange={setDraft} onDone={onDone} />
        )}
        <footer className="wizard-foot">
          <Button look="quiet" icon={<ArrowLeft size={16} />} onPress={back}>
            {t('action.back')}
          </Button>
          {!isFirst && (
            <Button look="quiet" onPress={onCancel}>
              {t('action.cancel')}
            </Button>
          )}
        </footer>
      </div>
    </main>
  );
}
