import { useWords } from '../i18n/words.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

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
    <Dialog
      title={t('action.delete-on-server')}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={t('action.close')}
      size="small"
      isAlert
      foot={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button
            look="danger"
            onPress={() => {
              onClose();
              onDelete();
            }}
          >
            {t('delete-on-server.do')}
          </Button>
        </>
      }
    >
      <p>{t('delete-on-server.question', { count })}</p>
    </Dialog>
  );
}
