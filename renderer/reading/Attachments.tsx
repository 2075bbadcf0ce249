import {
  Download,
  Eye,
  File,
  FileArchive,
  FileImage,
  FileText,
  FolderDown,
  Mail,
  TriangleAlert,
} from 'lucide-react';
import { useRef, useState } from 'react';
import type { MessageId } from '../../shared/ids.ts';
import type { AttachmentView } from '../../shared/message-view.ts';
import { poppy } from '../bridge/poppy.ts';
import { showDone, showFailure } from '../bridge/toasts.ts';
import { usePoppyEvent } from '../bridge/use-event.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Question } from '../ui/Question.tsx';
import { saveAttachment } from './save-attachment.ts';

function pictureOf(type: string) {
  const props = { size: 22, strokeWidth: 1.5, 'aria-hidden': true } as const;
  if (type.startsWith('image/')) return <FileImage {...props} />;
  if (type.startsWith('message/')) return <Mail {...props} />;
  if (/zip|compressed|tar|rar|7z/.test(type)) return <FileArchive {...props} />;
  if (type.startsWith('text/') || type === 'application/pdf') return <FileText {...props} />;
  return <File {...props} />;
}

async function saveAll(id: MessageId): Promise<void> {
  const outcome = await poppy.request('attachment/save-all', { id });
  if (!outcome.ok) showFailure(outcome.failure);
  else if (outcome.value !== null)
    showDone('saved', { count: outcome.value.count, path: outcome.value.folder });
}

/** Why some types are only saved; others are said in general. */
const knownReasons = [
  'program',
  'script',
  'macro',
  'disk-image',
  'page',
  'shortcut',
  'installer',
  'disguised',
  'double-extension',
  'hidden-characters',
  'unclear',
  'unknown-type',
] as const;

type AttachmentsProps = {
  readonly id: MessageId;
  readonly attachments: readonly AttachmentView[];
  /** Address of the page that shows the message: its links to files say by it whose they are. */
  readonly pageUrl: string;
  /** Only the beginning of the message is here: what comes last in it was cut off. */
  readonly isPartial: boolean;
  readonly onPreview: (attachment: AttachmentView) => void;
};

/** Files that came with the message: double-click or Enter opens, Space looks inside. */
export function Attachments({ id, attachments, pageUrl, isPartial, onPreview }: AttachmentsProps) {
  const t = useTexts();
  const { size } = useFormats();
  const cards = useRef<HTMLUListElement>(null);
  const [asked, setAsked] = useState<{ attachment: AttachmentView; reason: string } | null>(null);
  const shown = attachments.filter((attachment) => !attachment.isInline);
  const leave = async (by: 'attachment/open' | 'attachment/drag', attachment: AttachmentView) => {
    if (!attachment.canOpen) {
      setAsked({ attachment, reason: attachment.saveOnlyReason ?? 'other' });
      return;
    }
    const outcome = await poppy.request(by, { id, part: attachment.part });
    if (!outcome.ok) showFailure(outcome.failure);
    else if (outcome.value.outcome === 'save-only') setAsked({ attachment, reason: outcome.value.reason });
  };
  /** A message inside the message is looked at in a window of its own, like any other. */
  const look = (attachment: AttachmentView) =>
    attachment.preview === 'message' ? void leave('attachment/open', attachment) : onPreview(attachment);
  usePoppyEvent('message/part-asked', ({ token, part }) => {
    const asked = attachments.find((attachment) => attachment.part === part);
    if (asked === undefined || pageUrl !== `poppy-message://${token}/`) return;
    if (asked.preview === null) cards.current?.querySelector<HTMLElement>(`[data-part="${part}"]`)?.focus();
    else look(asked);
  });
  if (shown.length === 0) return null;
  const sizeOf = (attachment: AttachmentView) =>
    isPartial && attachment === shown.at(-1) ? t('attachments.cut') : size(attachment.sizeBytes);
  const known = knownReasons.find((reason) => reason === asked?.reason) ?? 'other';
  return (
    <section className="attachments" aria-label={t('attachments.label')}>
      <ul ref={cards} className="attachment-list">
        {shown.map((attachment) => (
          <li key={attachment.part} className="attachment">
            <button
              type="button"
              className="attachment-open"
              data-part={attachment.part}
              aria-label={`${attachment.name} ${sizeOf(attachment)}`}
              title={t('attachments.how')}
              draggable
              onDoubleClick={() => void leave('attachment/open', attachment)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') {
                  event.preventDefault();
                  void leave('attachment/open', attachment);
                } else if (event.key === ' ' && attachment.preview !== null) {
                  event.preventDefault();
                  event.stopPropagation();
                  look(attachment);
                }
              }}
              onDragStart={(event) => {
                // The system's own drag, with the file, is begun by the program.
                event.preventDefault();
                void leave('attachment/drag', attachment);
              }}
            >
              <span className="attachment-icon">{pictureOf(attachment.type)}</span>
              <span className="attachment-text">
                <span className="attachment-name" dir="auto">
                  {attachment.name}
                </span>{' '}
                <span className="attachment-size">
                  {!attachment.canOpen && <TriangleAlert size={12} aria-hidden="true" />}
                  {sizeOf(attachment)}
                </span>
              </span>
            </button>
            {attachment.preview !== null && (
              <IconButton
                label={t('attachments.preview', { name: attachment.name })}
                icon={<Eye size={16} />}
                onPress={() => look(attachment)}
              />
            )}
            <IconButton
              label={t('attachments.save', { name: attachment.name })}
              icon={<Download size={16} />}
              onPress={() => void saveAttachment(id, attachment.part)}
            />
          </li>
        ))}
        {shown.length > 1 && (
          <li>
            <Button look="quiet" icon={<FolderDown size={16} />} onPress={() => void saveAll(id)}>
              {t('attachments.save-all')}
            </Button>
          </li>
        )}
      </ul>
      <Question
        title={t('attachments.risky-title')}
        isOpen={asked !== null}
        labels={{ cancel: t('action.cancel'), close: t('action.close'), answer: t('action.save') }}
        onClose={() => setAsked(null)}
        onAnswer={() => {
          if (asked !== null) void saveAttachment(id, asked.attachment.part);
        }}
        look="primary"
        isAnswerFirst
      >
        <p>{t(`attachments.risky.${known}`, { name: asked?.attachment.name ?? '' })}</p>
      </Question>
    </section>
  );
}
