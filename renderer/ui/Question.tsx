import type { ReactNode } from 'react';
import { Button, type ButtonLook } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

type QuestionProps = {
  readonly title: string;
  readonly isOpen: boolean;
  /** What the buttons say: the way back, the cross, and the answer that acts. */
  readonly labels: { readonly cancel: string; readonly close: string; readonly answer: string };
  readonly onClose: () => void;
  /** Called after the question has gone. */
  readonly onAnswer: () => void;
  readonly children: ReactNode;
  /** How the answer looks: danger where something goes for good. */
  readonly look?: ButtonLook;
  /** The answer is the safe one, so Enter gives it. */
  readonly isAnswerFirst?: boolean;
};

/** Asks before something is done: a sentence, the way back, and the answer. */
export function Question(props: QuestionProps) {
  const {
    title,
    isOpen,
    labels,
    onClose,
    onAnswer,
    children,
    look = 'danger',
    isAnswerFirst = false,
  } = props;
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={labels.close}
      size="small"
      isAlert
      foot={
        <>
          <Button onPress={onClose}>{labels.cancel}</Button>
          <Button
            look={look}
            autoFocus={isAnswerFirst}
            onPress={() => {
              onClose();
              onAnswer();
            }}
          >
            {labels.answer}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
