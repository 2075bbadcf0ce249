import type { AccountId } from '../../../shared/ids.ts';
import { poppy } from '../../bridge/poppy.ts';
import { showFailure } from '../../bridge/toasts.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';

type PerhapsHereProps = { readonly accountId: AccountId; readonly onDecided: () => void };

/** The two answers to the question about messages that seem to be here already. */
export function PerhapsHere({ accountId, onDecided }: PerhapsHereProps) {
  const t = useTexts();
  const decide = (choice: 'fetch' | 'leave') => {
    onDecided();
    void poppy.request('account/decide-perhaps-here', { accountId, choice }).then((outcome) => {
      if (!outcome.ok) showFailure(outcome.failure);
    });
  };
  return (
    <p>
      <Button onPress={() => decide('leave')}>{t('perhaps-here.leave')}</Button>{' '}
      <Button onPress={() => decide('fetch')}>{t('perhaps-here.fetch')}</Button>
    </p>
  );
}
