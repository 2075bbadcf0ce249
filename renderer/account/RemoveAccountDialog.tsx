import { useState } from 'react';
import type { Account } from '../../shared/model.ts';
import { showDone, showFailure } from '../bridge/notices.ts';
import { poppy } from '../bridge/poppy.ts';
import { useWords } from '../i18n/words.tsx';
import { Button } from '../ui/Button.tsx';
import { Tick } from '../ui/Choice.tsx';
import { Dialog } from '../ui/Dialog.tsx';

type RemoveAccountDialogProps = {
  readonly account: Account;
  readonly onBack: () => void;
  readonly onClose: () => void;
};

/** Asks what happens to the stored mail before an account goes. */
export function RemoveAccountDialog({ account, onBack, onClose }: RemoveAccountDialogProps) {
  const t = useWords();
  const [keepsMail, setKeepsMail] = useState(!account.isSample);
  const remove = async () => {
    onClose();
    const removed = await poppy.request('account/remove', { accountId: account.id, keepMail: keepsMail });
    if (removed.ok) showDone('account-removed');
    else showFailure(removed.failure);
  };
  return (
    <Dialog
      title={t('account.remove-title', { name: account.name })}
      isOpen
      onClose={onBack}
      closeLabel={t('action.close')}
      size="small"
      isAlert
      foot={
        <>
          <Button onPress={onBack}>{t('action.cancel')}</Button>
          <Button look="danger" onPress={() => void remove()}>
            {t('account.remove')}
          </Button>
        </>
      }
    >
      <p>{t('account.remove-words')}</p>
      <Tick isOn={keepsMail} onChange={setKeepsMail} note={t('account.keep-mail-note')}>
        {t('account.keep-mail')}
      </Tick>
    </Dialog>
  );
}
