import { Ellipsis, Forward, Printer, Reply, ReplyAll } from 'lucide-react';
import { useState } from 'react';
import type { MessageId } from '../../shared/ids.ts';
import type { EmailAddress, MessageSummary } from '../../shared/message.ts';
import type { MessageView, PrintedBody } from '../../shared/message-view.ts';
import { runCommand, useCommand } from '../bridge/commands.ts';
import { poppy } from '../bridge/poppy.ts';
import { showDone, showFailure } from '../bridge/toasts.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from '../ui/Button.tsx';
import { Menu, type MenuEntry } from '../ui/Menu.tsx';
import { CharsetDialog } from './CharsetDialog.tsx';
import type { OpenMessage } from './use-message.ts';

async function save(id: MessageId, as: 'eml' | 'html' | 'txt' | 'pdf', body: PrintedBody): Promise<void> {
  const outcome = await poppy.request('message/save', { id, as, body });
  if (!outcome.ok) showFailure(outcome.failure);
  else if (outcome.value !== null) showDone('saved', { path: outcome.value.path });
}

async function openWindow(id: MessageId): Promise<void> {
  const outcome = await poppy.request('message/open-window', { id });
  if (!outcome.ok) showFailure(outcome.failure);
}

async function print(id: MessageId, body: PrintedBody): Promise<void> {
  const outcome = await poppy.request('message/print', { id, body });
  if (!outcome.ok) showFailure(outcome.failure);
}

type AnswerKind = 'reply' | 'reply-all' | 'forward';

async function reply(id: MessageId, kind: AnswerKind, intro: string): Promise<void> {
  const outcome = await poppy.request('message/reply', { id, kind, intro });
  if (!outcome.ok) showFailure(outcome.failure);
}

/** The lines before the quoted text: who wrote when, and for a forward also what about and to whom. */
function useIntro(view: MessageView, summary: MessageSummary): (kind: AnswerKind) => string {
  const t = useTexts();
  const { fullDate } = useFormats();
  const date = fullDate(summary.sentAt ?? summary.receivedAt);
  const written = (people: readonly EmailAddress[]) =>
    people
      .slice(0, 20)
      .map(({ name, address }) => (name === '' ? address : `${name} <${address}>`))
      .join(', ');
  const from = written(view.from.slice(0, 1));
  const to = written(view.to);
  return (kind) =>
    kind === 'forward'
      ? t('reply.forwarded', { from, to, date, subject: summary.subject }).slice(0, 4000)
      : t('reply.intro', { from, date }).slice(0, 4000);
}

type ReadingToolsProps = {
  readonly view: MessageView;
  readonly summary: MessageSummary;
  readonly open: OpenMessage;
  readonly onZoom: (zoom: number) => void;
  readonly isFile: boolean;
};

/** What can be done with the message that is being read. */
export function ReadingTools({ view, summary, open, onZoom, isFile }: ReadingToolsProps) {
  const t = useTexts();
  const { id } = summary;
  const [isChoosingCharset, setChoosingCharset] = useState(false);
  const { body, setBody } = open;
  const printed: PrintedBody = { format: body.format, allowRemoteOnce: body.allowRemoteOnce };
  const intro = useIntro(view, summary);
  const answer = (kind: AnswerKind) => {
    void reply(id, kind, intro(kind));
    // An address for the composer can carry no files.
    const count = view.attachments.filter(({ isInline }) => !isInline).length;
    if (kind === 'forward' && count > 0) showDone('forwarded-without-files', { count });
  };
  useCommand('reply', () => answer('reply'));
  useCommand('reply-all', () => answer('reply-all'));
  useCommand('forward', () => answer('forward'));
  useCommand('print', () => void print(id, printed));
  useCommand('save', () => void save(id, 'eml', printed));
  useCommand('open-window', () => void openWindow(id), !isFile);

  const entry = (key: string, label: string, act: () => void, shortcut?: string): MenuEntry => ({
    key,
    label,
    run: act,
    ...(shortcut === undefined ? {} : { shortcut }),
  });
  const choice = (key: string, label: string, isOn: boolean, act: () => void): MenuEntry => ({
    key,
    label,
    isOn,
    run: act,
  });
  const entries: MenuEntry[] = [
    ...(isFile ? [] : [entry('window', t('action.open-window'), () => void openWindow(id), 'Enter')]),
    entry('eml', t('reading.save-eml'), () => void save(id, 'eml', printed), 'Ctrl+S'),
    entry('pdf', t('reading.save-pdf'), () => void save(id, 'pdf', printed)),
    entry('html', t('reading.save-html'), () => void save(id, 'html', printed)),
    entry('txt', t('reading.save-txt'), () => void save(id, 'txt', printed)),
    { key: 'line-1', line: true },
    choice('plain', t('reading.plain'), view.shows === 'text', () =>
      setBody({ ...body, format: view.shows === 'text' ? 'html' : 'text' }),
    ),
    choice('dark', t('reading.dark'), body.isDark, () => setBody({ ...body, isDark: !body.isDark })),
    entry('charset', t('reading.charset', { charset: view.charset.used }), () => setChoosingCharset(true)),
    { key: 'line-2', line: true },
    entry('zoom-in', t('reading.zoom-in'), () => runCommand('zoom-in'), 'Ctrl++'),
    entry('zoom-out', t('reading.zoom-out'), () => runCommand('zoom-out'), 'Ctrl+-'),
    entry('zoom-reset', t('reading.zoom-reset'), () => onZoom(1), 'Ctrl+0'),
    { key: 'line-3', line: true },
    entry('headers', t('reading.headers'), () => runCommand('headers')),
    entry('source', t('reading.source'), () => runCommand('source'), 'Ctrl+U'),
  ];
  return (
    <div className="reading-tools">
      <IconButton label={t('action.reply')} icon={<Reply size={17} />} onPress={() => answer('reply')} />
      <IconButton
        label={t('action.reply-all')}
        icon={<ReplyAll size={17} />}
        onPress={() => answer('reply-all')}
      />
      <IconButton
        label={t('action.forward')}
        icon={<Forward size={17} />}
        onPress={() => answer('forward')}
      />
      <IconButton
        label={t('action.print')}
        shortcut="Ctrl+P"
        icon={<Printer size={17} />}
        onPress={() => void print(id, printed)}
      />
      <Menu label={t('reading.more')} entries={entries}>
        <IconButton label={t('reading.more')} icon={<Ellipsis size={17} />} />
      </Menu>
      {isChoosingCharset && (
        <CharsetDialog view={view} onClose={() => setChoosingCharset(false)} onChosen={open.reload} />
      )}
    </div>
  );
}
