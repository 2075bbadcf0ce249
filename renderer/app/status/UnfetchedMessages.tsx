import { useState } from 'react';
import type { AccountState } from '../../../shared/account-state.ts';
import {
  type UnfetchedChoice,
  type UnfetchedMessage,
  unfetchedChoices,
} from '../../../shared/unfetched-message.ts';
import { poppy } from '../../bridge/poppy.ts';
import { showFailure } from '../../bridge/toasts.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Question } from '../../ui/Question.tsx';

/** Messages of an account that could not be fetched, each with what can be done about it. */
export function UnfetchedMessages({ state }: { readonly state: AccountState }) {
  const t = useTexts();
  const [doomed, setDoomed] = useState<UnfetchedMessage | null>(null);
  const decide = ({ key }: UnfetchedMessage, choice: UnfetchedChoice) => {
    void poppy
      .request('account/decide-unfetched', { accountId: state.account.id, key, choice })
      .then((outcome) => {
        if (!outcome.ok) showFailure(outcome.failure);
      });
  };
  if (state.unfetched.length === 0) return null;
  return (
    <>
      <ul>
        {state.unfetched.map((message) => (
          <UnfetchedRow
            key={message.key}
            message={message}
            onChoose={(choice) => (choice === 'delete' ? setDoomed(message) : decide(message, choice))}
          />
        ))}
      </ul>
      {doomed !== null && (
        <Question
          title={t('unfetched.delete-title')}
          isOpen
          labels={{
            cancel: t('action.cancel'),
            close: t('action.close'),
            answer: t('unfetched.choice.delete'),
          }}
          onClose={() => setDoomed(null)}
          onAnswer={() => decide(doomed, 'delete')}
        >
          <p>{t('unfetched.delete-note')}</p>
        </Question>
      )}
    </>
  );
}

type UnfetchedRowProps = {
  readonly message: UnfetchedMessage;
  readonly onChoose: (choice: UnfetchedChoice) => void;
};

function UnfetchedRow({ message, onChoose }: UnfetchedRowProps) {
  const t = useTexts();
  const { size } = useFormats();
  const { subject, from, sizeBytes, reason } = message;
  // Its beginning cannot be had, and nothing of it has come.
  const choices = unfetchedChoices.filter(
    (choice) => reason !== 'no-beginning' || choice === 'again' || choice === 'leave',
  );
  return (
    <li>
      <p>
        <strong>{subject || t('unfetched.no-subject')}</strong> {from} ({size(sizeBytes)})
      </p>
      <p className="soft">{t(`unfetched.reason.${reason}`)}</p>
      <p>
        {choices.map((choice) => (
          <Button key={choice} onPress={() => onChoose(choice)}>
            {t(
              choice === 'again' && reason === 'no-beginning'
                ? 'unfetched.choice.whole'
                : `unfetched.choice.${choice}`,
            )}
          </Button>
        ))}
      </p>
    </li>
  );
}
