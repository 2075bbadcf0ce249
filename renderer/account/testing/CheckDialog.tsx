import { Copy, RotateCw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Account } from '../../../shared/account.ts';
import type { TestStep } from '../../../shared/account-setup.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { TranscriptLine } from '../../../shared/server-view.ts';
import { showDone } from '../../bridge/toasts.ts';
import { usePoppyEvent } from '../../bridge/use-event.ts';
import { FailureNote } from '../../i18n/failures.tsx';
import { type TextOf, useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { TestSteps } from './TestSteps.tsx';
import { useConnectionTest } from './use-test.ts';

/** Lines of the log that are kept; a test says far fewer. */
const mostLines = 500;

type CheckDialogProps = { readonly account: Account; readonly onClose: () => void };

/** Checks an account step by step, with what it and the server say to each other beside. Changes nothing there. */
export function CheckDialog({ account, onClose }: CheckDialogProps) {
  const t = useTexts();
  const test = useConnectionTest();
  const [lines, setLines] = useState<readonly TranscriptLine[]>([]);
  usePoppyEvent('server/transcript-line', (event) => {
    if (event.accountId === account.id) setLines((before) => [...before, ...event.lines].slice(-mostLines));
  });
  const start = () => {
    setLines([]);
    test.start(account.server, { accountId: account.id, allowsNewKey: false });
  };
  const begin = useRef(start);
  useEffect(() => begin.current(), []);
  const copy = () => {
    if (copyText(asText(account, test.steps, test.failure, lines, t))) showDone('copied');
  };
  return (
    <Dialog
      title={t('doctor.title', { name: account.name })}
      isOpen
      onClose={onClose}
      closeLabel={t('action.close')}
      size="large"
      foot={
        <>
          <Button className="foot-start" icon={<Copy size={15} />} onPress={copy}>
            {t('doctor.copy')}
          </Button>
          <Button icon={<RotateCw size={15} />} onPress={() => (test.isRunning ? test.stop() : start())}>
            {test.isRunning ? t('action.stop') : t('doctor.again')}
          </Button>
          <Button look="primary" onPress={onClose}>
            {t('action.close')}
          </Button>
        </>
      }
    >
      <div className="doctor">
        <div className="doctor-steps">
          <TestSteps steps={test.steps} />
          {test.failure !== null && <FailureNote failure={test.failure} />}
          {test.outcome !== null && <Banner look="good">{t('test.passed')}</Banner>}
        </div>
        <section className="doctor-log" aria-label={t('protocol.lines')}>
          <p className="soft">{t('protocol.redacted')}</p>
          {lines.map((line, at) => (
            <p key={`${line.at} ${String(at)}`}>{lineText(line)}</p>
          ))}
        </section>
      </div>
    </Dialog>
  );
}

const prefixes = { client: 'C: ', server: 'S: ', note: '· ' } as const;

function lineText({ direction, text }: TranscriptLine): string {
  return `${prefixes[direction]}${text}`;
}

/** All that the dialog shows, as plain text to send to somebody who helps. The log holds no secrets. */
function asText(
  { server: { host, port, security } }: Account,
  steps: readonly TestStep[],
  failure: Failure | null,
  lines: readonly TranscriptLine[],
  t: TextOf,
): string {
  return [
    `${host}:${port} ${security}`,
    ...steps.map(({ step, state }) => `${t(`step.${step}`)}: ${t(`test.state.${state}`)}`),
    ...(failure === null ? [] : [[failure.kind, failure.serverText ?? ''].join(' ').trim()]),
    '',
    ...lines.map(lineText),
    '',
  ].join('\n');
}
