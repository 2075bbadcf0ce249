import type { AccountState } from '../../../shared/account-state.ts';
import { poppy } from '../../bridge/poppy.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';

type DoubtfulNoteProps = { readonly state: AccountState; readonly onSeen: () => void };

/** Tells how many messages of an account may not have come whole. */
export function DoubtfulNote({ state, onSeen }: DoubtfulNoteProps) {
  const t = useTexts();
  return (
    <>
      <p>{t('doubtful.note', { count: state.doubtful })}</p>
      <p>
        <Button
          onPress={() => {
            onSeen();
            void poppy.request('account/see-doubtful', { accountId: state.account.id });
          }}
        >
          {t('doubtful.seen')}
        </Button>
      </p>
    </>
  );
}
