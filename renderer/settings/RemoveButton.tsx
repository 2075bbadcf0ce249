import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from '../ui/Button.tsx';
import { Question } from '../ui/Question.tsx';

type RemoveButtonProps = {
  /** What is removed, as the title of the question too. */
  readonly label: string;
  readonly onRemove: () => void;
  /** What that means. */
  readonly children: ReactNode;
};

/** A cross that asks first: what it removes cannot be brought back. */
export function RemoveButton({ label, onRemove, children }: RemoveButtonProps) {
  const t = useTexts();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <IconButton label={label} icon={<X size={16} />} onPress={() => setAsking(true)} />
      <Question
        title={label}
        isOpen={isAsking}
        labels={{ cancel: t('action.cancel'), close: t('action.close'), answer: t('action.remove') }}
        onClose={() => setAsking(false)}
        onAnswer={onRemove}
      >
        <p>{children}</p>
      </Question>
    </>
  );
}
