import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';

type NameDialogProps = {
  readonly title: string;
  readonly answer: string;
  /** The name that stands there at first. */
  readonly name: string;
  /** A sentence under the name; null for none. */
  readonly note: string | null;
  /** Takes a name, or says why it cannot be. */
  readonly onName: (name: string) => Promise<string | null>;
  readonly onClose: () => void;
};

/** Asks for the name of a folder or a tag until it can have it. */
export function NameDialog({ title, answer, name, note, onName, onClose }: NameDialogProps) {
  const t = useTexts();
  const [typed, setTyped] = useState(name);
  const [problem, setProblem] = useState<string | null>(null);
  const done = async () => {
    const wrong = await onName(typed);
    if (wrong === null) onClose();
    else setProblem(wrong);
  };
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      closeLabel={t('action.close')}
      size="small"
      foot={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" onPress={() => void done()}>
            {answer}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void done();
        }}
      >
        <Field
          label={t('folder.name')}
          autoFocus
          value={typed}
          maxLength={200}
          onChange={(next) => {
            setTyped(next);
            setProblem(null);
          }}
          {...(note === null ? {} : { note })}
          problem={problem}
        />
      </form>
    </Dialog>
  );
}
