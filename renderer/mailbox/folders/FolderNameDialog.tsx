import { useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import type { Result } from '../../../shared/result.ts';
import { showFailure } from '../../bridge/toasts.ts';
import { folderProblem } from '../../i18n/failures.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';

type FolderNameDialogProps = {
  readonly title: string;
  readonly answer: string;
  /** The name that stands there at first. */
  readonly name: string;
  /** A sentence on where the folder will be. */
  readonly note: string | null;
  readonly onName: (name: string) => Promise<Result<unknown, Failure>>;
  readonly onClose: () => void;
};

/** Asks for the name of a folder until it can have it. */
export function FolderNameDialog({ title, answer, name, note, onName, onClose }: FolderNameDialogProps) {
  const t = useTexts();
  const [typed, setTyped] = useState(name);
  const [problem, setProblem] = useState<string | null>(null);
  const done = async () => {
    const outcome = await onName(typed);
    if (outcome.ok) return onClose();
    const { failure } = outcome;
    if (failure.kind === 'bad-input' && failure.field === 'folder')
      return setProblem(folderProblem(failure.what, t));
    showFailure(failure);
    return onClose();
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
