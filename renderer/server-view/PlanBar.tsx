import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { ServerView } from '../../shared/server-view.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/Button.tsx';
import { Radios } from '../ui/Choice.tsx';
import { Question } from '../ui/Question.tsx';

type PlanBarProps = {
  readonly view: ServerView;
  readonly onApply: (keepInBin: boolean) => void;
  readonly onUndo: () => void;
};

/** What is planned, in one sentence, and the two ways on: apply it, or take it all back. */
export function PlanBar({ view, onApply, onUndo }: PlanBarProps) {
  const t = useTexts();
  const { size } = useFormats();
  const [isAsking, setAsking] = useState(false);
  const [keeps, setKeeps] = useState<'whole' | 'headers'>('whole');
  const { plan } = view;
  const isNothing = plan.download === 0 && plan.delete === 0 && view.sentDeletions === 0;
  const isBusy = view.applied?.outcome === 'running' || view.connection === 'busy';
  // Once QUIT is written the server decides.
  const isAsked = view.applied?.outcome === 'asked';
  const isOpen = view.connection === 'open';
  const apply = () => {
    if (plan.deleteNotStored === 0) {
      onApply(false);
      return;
    }
    // The safer answer each time, whatever was chosen for others before.
    setKeeps('whole');
    setAsking(true);
  };
  return (
    <section className="plan-bar" data-keep-clear aria-label={t('plan.label')}>
      <p className="plan-text" role="status">
        {isNothing && t('plan.nothing')}
        {plan.download > 0 && (
          <span>
            {t('plan.download', {
              count: plan.download,
              size: size(plan.downloadBytes),
            })}
          </span>
        )}
        {plan.delete > 0 && (
          <span>
            {t('plan.delete', {
              count: plan.delete,
              size: size(plan.deleteBytes),
            })}
          </span>
        )}
        {plan.deleteNotStored > 0 && (
          <span className="plan-warning">{t('plan.not-stored', { count: plan.deleteNotStored })}</span>
        )}
        {view.sentDeletions > 0 && <span>{t('plan.sent', { count: view.sentDeletions })}</span>}
      </p>
      <Button icon={<Undo2 size={16} />} isDisabled={isNothing || isAsked} onPress={onUndo}>
        {t('plan.undo')}
      </Button>
      <Button look="primary" isDisabled={isNothing || isBusy || !isOpen} onPress={apply}>
        {t('plan.apply')}
      </Button>
      <Question
        title={t('plan.question-title')}
        isOpen={isAsking}
        labels={{ cancel: t('action.cancel'), close: t('action.close'), answer: t('plan.delete-them') }}
        onClose={() => setAsking(false)}
        onAnswer={() => onApply(keeps === 'whole')}
      >
        <p>{t('plan.question', { count: plan.deleteNotStored })}</p>
        <Radios
          label={t('plan.bin')}
          value={keeps}
          onChange={setKeeps}
          options={[
            { key: 'whole', label: t('plan.bin-whole') },
            { key: 'headers', label: t('plan.bin-headers') },
          ]}
        />
      </Question>
    </section>
  );
}
