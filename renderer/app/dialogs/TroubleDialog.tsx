import type { AccountState } from '../../../shared/account-state.ts';
import { WeakerSignInCard } from '../../account/testing/WeakerSignInCard.tsx';
import { FailureNote } from '../../i18n/failures.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { startCheck } from '../status/checks.ts';
import { DoubtfulNote } from '../status/DoubtfulNote.tsx';
import { PerhapsHere } from '../status/PerhapsHere.tsx';
import { UnfetchedMessages } from '../status/UnfetchedMessages.tsx';

type TroubleDialogProps = {
  readonly state: AccountState;
  readonly onClose: () => void;
  readonly onSettings: () => void;
};

/** What is wrong with an account, opened from its card. */
export function TroubleDialog({ state, onClose, onSettings }: TroubleDialogProps) {
  const t = useTexts();
  const { time } = useFormats();
  const { trouble } = state;
  // A password is typed in the settings, even one that is only doubted.
  const canRetry = trouble === null || (trouble.canRetry && trouble.kind !== 'authentication');
  return (
    <Dialog
      title={state.account.name}
      isOpen
      onClose={onClose}
      closeLabel={t('action.close')}
      size="small"
      foot={
        <>
          {/* Where nothing is changed some attempts fail for ever: then the settings are the next step. */}
          <Button look={canRetry ? 'normal' : 'primary'} onPress={onSettings}>
            {t('action.check-settings')}
          </Button>
          <Button
            look={canRetry ? 'primary' : 'normal'}
            onPress={() => {
              onClose();
              startCheck(state.account.id);
            }}
          >
            {t('action.try-now')}
          </Button>
        </>
      }
    >
      {trouble !== null && <FailureNote failure={trouble} />}
      {trouble === null && state.doubtful === 0 && <p>{t('trouble.over')}</p>}
      {trouble?.kind === 'weaker-sign-in' && (
        <WeakerSignInCard
          server={state.account.server}
          onAllowed={() => {
            onClose();
            startCheck(state.account.id);
          }}
        />
      )}
      {trouble?.kind === 'perhaps-here' && <PerhapsHere accountId={state.account.id} onDecided={onClose} />}
      <UnfetchedMessages state={state} />
      {state.doubtful > 0 && <DoubtfulNote state={state} onSeen={onClose} />}
      {state.trouble !== null && state.trouble.retryAt === undefined && state.nextCheckAt !== null && (
        <p className="soft">{t('failure.again-at', { time: time(state.nextCheckAt) })}</p>
      )}
    </Dialog>
  );
}
