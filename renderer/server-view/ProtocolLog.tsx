import { Download, X } from 'lucide-react';
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { AccountId } from '../../shared/ids.ts';
import { safeCommands } from '../../shared/safe-commands.ts';
import type { TranscriptLine } from '../../shared/server-view.ts';
import { poppy } from '../bridge/poppy.ts';
import { showDone, showFailure } from '../bridge/toasts.ts';
import { usePoppyEvent } from '../bridge/use-event.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button, IconButton } from '../ui/Button.tsx';

/** Lines kept on screen. */
const mostLines = 2000;

/** Whether a line begins with one of the safe commands; what follows it may still be being typed. */
function isSafeCommand(line: string): boolean {
  const verb = line.trim().split(/\s+/)[0]?.toUpperCase();
  return safeCommands.some((command) => command === verb);
}

type ProtocolLogProps = {
  readonly accountId: AccountId;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

/** The conversation with the server, live, secrets left out; the curious can type the safe commands. */
export function ProtocolLog({ accountId, isOpen, onClose }: ProtocolLogProps) {
  const t = useTexts();
  const { exactTime } = useFormats();
  const [lines, setLines] = useState<readonly TranscriptLine[]>([]);
  const [command, setCommand] = useState('');
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    void poppy.request('server/transcript', { accountId }).then((all) => setLines(all.slice(-mostLines)));
  }, [accountId]);
  usePoppyEvent('server/transcript-line', (event) => {
    if (event.accountId === accountId) setLines((before) => [...before, ...event.lines].slice(-mostLines));
  });
  // The box keeps its size while lines come, so it takes the focus from the start.
  const hold = useCallback((element: HTMLElement | null) => {
    box.current = element;
    if (element !== null) element.tabIndex = 0;
  }, []);
  useEffect(() => {
    if (lines.length > 0) box.current?.scrollTo(0, box.current.scrollHeight);
  }, [lines]);

  const isSafe = command.trim() === '' || isSafeCommand(command);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const line = command.trim();
    if (line === '' || !isSafe) return;
    setCommand('');
    const outcome = await poppy.request('server/command', { accountId, line });
    if (!outcome.ok) showFailure(outcome.failure);
  };
  const save = async () => {
    const outcome = await poppy.request('server/save-transcript', { accountId });
    if (!outcome.ok) showFailure(outcome.failure);
    else if (outcome.value !== null) showDone('saved', { path: outcome.value.path });
  };
  return (
    <section className="protocol" aria-label={t('protocol.label')}>
      <header className="protocol-head">
        <h2 className="protocol-title">{t('protocol.label')}</h2>
        <span className="soft">{t('protocol.redacted')}</span>
        <Button look="quiet" icon={<Download size={15} />} onPress={() => void save()}>
          {t('protocol.save')}
        </Button>
        <IconButton label={t('action.close')} icon={<X size={16} />} onPress={onClose} />
      </header>
      <section className="protocol-lines" ref={hold} aria-label={t('protocol.lines')}>
        {lines.map((line, at) => (
          <p key={`${line.at} ${String(at)}`} className={`protocol-line protocol-${line.direction}`}>
            <span className="protocol-time">{exactTime(line.at)}</span>
            <span className="protocol-who">
              {line.direction === 'client' ? 'C:' : line.direction === 'server' ? 'S:' : '·'}
            </span>
            <span className="protocol-text">{line.text}</span>
          </p>
        ))}
      </section>
      <form className="protocol-form" onSubmit={(event) => void send(event)}>
        <span aria-hidden="true" className="protocol-prompt">
          C:
        </span>
        <input
          className="protocol-input"
          aria-label={t('protocol.command')}
          aria-invalid={!isSafe}
          placeholder={safeCommands.join('  ')}
          value={command}
          disabled={!isOpen}
          onChange={(event) => setCommand(event.target.value)}
          spellCheck="false"
          autoComplete="off"
        />
        {!isSafe && (
          <span className="field-problem" role="alert">
            {t('protocol.unsafe')}
          </span>
        )}
      </form>
    </section>
  );
}
