import { useState } from 'react';
import type { Events } from '../../../shared/contract.ts';
import { poppy } from '../../bridge/poppy.ts';
import { usePoppyEvent } from '../../bridge/use-event.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** Reasons that have a sentence of their own. */
const knownReasons = [
  'text-mismatch',
  'user-info',
  'mixed-scripts',
  'look-alike',
  'ip-address',
  'local-host',
  'unknown',
  'very-long',
  'attaches-file',
] as const;

/** Asks before a link is followed that is not what it seems. */
export function LinkQuestion() {
  const t = useTexts();
  const [asked, setAsked] = useState<Events['link/asked'] | null>(null);
  usePoppyEvent('link/asked', setAsked);
  const answer = (opens: boolean) => {
    if (asked !== null) void poppy.request('link/answer', { question: asked.question, opens });
    setAsked(null);
  };
  if (asked === null) return null;
  return (
    <Dialog
      title={t('link.title')}
      isOpen
      onClose={() => answer(false)}
      closeLabel={t('action.close')}
      isAlert
      foot={
        <>
          <Button onPress={() => answer(true)}>{t('link.open')}</Button>
          <Button look="primary" autoFocus onPress={() => answer(false)}>
            {t('link.stay')}
          </Button>
        </>
      }
    >
      <p>{t('link.leads-to')}</p>
      <p className="link-host">
        {asked.host}
        {asked.hostAscii !== asked.host && <span className="soft"> ({asked.hostAscii})</span>}
      </p>
      <p className="link-url">{asked.url}</p>
      <ul className="link-reasons">
        {asked.reasons.map((reason) => {
          const known = knownReasons.find((code) => code === reason);
          return (
            <li key={reason}>
              {known === undefined ? t('link.reason.other', { reason }) : t(`link.reason.${known}`)}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
