import { CloudDownload, ImageOff, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { MessageView } from '../../shared/message-view.ts';
import { deleteMessages } from '../bridge/message-actions.ts';
import { poppy } from '../bridge/poppy.ts';
import { showFailure } from '../bridge/toasts.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Question } from '../ui/Question.tsx';
import { ProtectionNote } from './ProtectionNote.tsx';
import type { OpenMessage } from './use-message.ts';

/** Warnings that a reader can use; how odd the bytes were is for those who read the source. */
const knownWarnings = [
  'reply-to-elsewhere',
  'name-holds-address',
  'mixed-script',
  'hidden-characters',
  'no-address',
  'doubtful',
  'shown-as-source',
  'text-cut',
  'attachments-left-out',
  'too-deep-or-many',
  'tnef-unreadable',
] as const;

function isKnown(code: string): code is (typeof knownWarnings)[number] {
  return knownWarnings.some((known) => known === code);
}

type NotesProps = { readonly view: MessageView; readonly open: OpenMessage };

/** What the person should know before reading: warnings, what is missing, what was not loaded. */
export function Notes({ view, open }: NotesProps) {
  const t = useTexts();
  return (
    <>
      {view.warnings.map(
        ({ code, detail }) =>
          isKnown(code) && (
            <Banner key={code + detail} look="warning" icon={<TriangleAlert size={17} />}>
              {t(`warning.${code}`, { detail })}
            </Banner>
          ),
      )}
      <ProtectionNote view={view} />
      {view.summary.isPartial && <PartialNote key={view.summary.id} view={view} />}
      {isBare(view) && <p className="soft">{t('reading.no-text')}</p>}
      {view.remote.blocked > 0 && !view.remote.isAllowed && !open.body.allowRemoteOnce && (
        <RemoteNote view={view} open={open} />
      )}
    </>
  );
}

/** Nothing is written in the message, and nothing above its body says what it is about. */
function isBare({ hasText, hasHtml, summary, invitation, protection }: MessageView): boolean {
  return !hasText && !hasHtml && !summary.isPartial && invitation === null && protection === null;
}

/** Only the beginning is here: the rest comes, goes, or stays where it is. */
function PartialNote({ view }: { readonly view: MessageView }) {
  const t = useTexts();
  const { size } = useFormats();
  const [state, setState] = useState<'asking' | 'loading' | 'left'>('asking');
  const [isAsking, setAsking] = useState(false);
  const { id, accountId, sizeBytes } = view.summary;
  if (state === 'left') return null;
  const download = async () => {
    setState('loading');
    const outcome = await poppy.request('message/download-rest', { id });
    if (!outcome.ok) {
      showFailure(outcome.failure);
      setState('asking');
    }
  };
  const remove = async () => {
    // The check that follows is what deletes it there; without a network the next one does.
    if (await deleteMessages({ kind: 'ids', ids: [id] }, true))
      void poppy.request('check/start', { accountId });
  };
  return (
    <Banner
      icon={<CloudDownload size={17} />}
      actions={
        <>
          <Button look="primary" onPress={() => void download()} isDisabled={state === 'loading'}>
            {t('partial.download')}
          </Button>
          <Button onPress={() => setAsking(true)} isDisabled={state === 'loading'}>
            {t('partial.delete')}
          </Button>
          <Button look="quiet" onPress={() => setState('left')}>
            {t('partial.leave')}
          </Button>
        </>
      }
    >
      {state === 'loading' ? t('partial.loading') : t('partial.sentence', { size: size(sizeBytes) })}
      <Question
        title={t('partial.delete-title')}
        isOpen={isAsking}
        labels={{ cancel: t('action.cancel'), close: t('action.close'), answer: t('partial.delete') }}
        onClose={() => setAsking(false)}
        onAnswer={() => void remove()}
      >
        <p>{t('partial.delete-question')}</p>
      </Question>
    </Banner>
  );
}

/** Pictures from elsewhere were not loaded: this time, this sender, this domain. */
function RemoteNote({ view, open }: NotesProps) {
  const t = useTexts();
  const { id } = view.summary;
  const from = view.from[0] ?? view.summary.from;
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const allow = async (scope: 'sender' | 'domain') => {
    const outcome = await poppy.request('message/allow-remote', { id, scope });
    if (outcome.ok) open.reload();
    else showFailure(outcome.failure);
  };
  return (
    <Banner
      icon={<ImageOff size={17} />}
      actions={
        <>
          <Button onPress={() => open.setBody({ ...open.body, allowRemoteOnce: true })}>
            {t('remote.once')}
          </Button>
          <Button look="quiet" onPress={() => void allow('sender')}>
            {t('remote.sender')}
          </Button>
          {domain !== '' && (
            <Button look="quiet" onPress={() => void allow('domain')}>
              {t('remote.domain', { domain })}
            </Button>
          )}
        </>
      }
    >
      {t('remote.sentence', { count: view.remote.blocked })}
    </Banner>
  );
}
