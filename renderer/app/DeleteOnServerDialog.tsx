import { useWords } from '../i18n/words.tsx';
import { Question } from '../ui/Question.tsx';

type DeleteOnServerDialogProps = {
  readonly isOpen: boolean;
  readonly count: number;
  readonly onClose: () => void;
  readonly onDelete: () => void;
};

/** Asks before messages are marked to go from the server too. */
export function DeleteOnServerDialog({ isOpen, count, onClose, onDelete }: DeleteOnServerDialogProps) {
  const t = useWords();
  return (
    <Question
      title={t('action.delete-on-server')}
      isOpen={isOpen}
      words={{ cancel: t('action.cancel'), close: t('action.close'), answer: t('delete-on-server.do') }}
      onClose={onClose}
      onAnswer={onDelete}
    >
      <p>{t('delete-on-server.question', { count })}</p>
    </Question>
  );
}
