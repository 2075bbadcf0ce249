import { useState } from 'react';
import type { Account } from '../../shared/account.ts';
import { poppy } from '../bridge/poppy.ts';
import { showDone, showFailure } from '../bridge/toasts.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Tick } from '../ui/Choice.tsx';
import { Question } from '../ui/Question.tsx';

type RemoveAccountDialogProps = {
  readonly account: Account;
  readonly onBack: () => void;
  readonly onClose: () => void;
};

/** Asks what happens to the stored mail before an account goes. */
export function RemoveAccountDialog({ account, onBack, onClose }: RemoveAccountDialogProps) {
  const t = useTexts();
  const [keepsMail, setKeepsMail] = useState(!account.isSample);
  const remove = async () => {
    onClose();
    const removed = await poppy.request('account/remove', { accountId: account.id, keepMail: keepsMail });
    if (removed.ok) showDone('account-removed');
    else showFailure(removed.failure);
  };
  return (
    <Question
      title={t('account.remove-title', { name: account.name })}
      isOpen
      labels={{ cancel: t('action.cancel'), close: t('action.close'), answer: t('account.remove') }}
      onClose={onBack}
      onAnswer={() => void remove()}
    >
      <p>{t('account.remove-text')}</p>
      <Tick isOn={keepsMail} onChange={setKeepsMail} note={t('account.keep-mail-note')}>
        {t('account.keep-mail')}
      </Tick>
    </Question>
  );
}
