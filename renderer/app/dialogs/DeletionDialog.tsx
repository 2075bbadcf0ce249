import { useTexts } from '../../i18n/texts.tsx';
import type { DeletionQuestion } from '../../mailbox/use-list-commands.ts';
import { Question } from '../../ui/Question.tsx';

type DeletionDialogProps = {
  readonly question: DeletionQuestion;
  readonly count: number;
  readonly onClose: () => void;
  readonly onDelete: () => void;
};

/** Asks before messages are marked to go from the server too, or go for good. */
export function DeletionDialog({ question, count, onClose, onDelete }: DeletionDialogProps) {
  const t = useTexts();
  return (
    <Question
      title={t(`delete-${question}.title`)}
      isOpen
      labels={{ cancel: t('action.cancel'), close: t('action.close'), answer: t(`delete-${question}.do`) }}
      onClose={onClose}
      onAnswer={onDelete}
    >
      <p>{t(`delete-${question}.question`, { count })}</p>
    </Question>
  );
}
