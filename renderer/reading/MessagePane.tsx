import { Archive, MailOpen, Star, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { AttachmentView } from '../../shared/message-view.ts';
import type { MessageSummary } from '../../shared/model.ts';
import type { Tag } from '../../shared/places.ts';
import { runCommand, useCommand } from '../bridge/commands.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useWords } from '../i18n/words.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { AttachmentPreview } from './AttachmentPreview.tsx';
import { Attachments } from './Attachments.tsx';
import { BodyFrame } from './BodyFrame.tsx';
import { FindBar } from './FindBar.tsx';
import { Invitation } from './Invitation.tsx';
import { MessageHeader } from './MessageHeader.tsx';
import { Notes } from './Notes.tsx';
import { ReadingTools } from './ReadingTools.tsx';
import { SourceDialog } from './SourceDialog.tsx';
import { Thread } from './Thread.tsx';
import { type Subject, useMessage } from './use-message.ts';
import { useReadOn } from './use-read-on.ts';

type MessagePaneProps = {
  readonly subject: Subject | null;
  /** The row in the list, whose star and tags are newer than those read. */
  readonly row: MessageSummary | null;
  readonly tags: readonly Tag[];
  readonly isDark: boolean;
  /** Size of the text in the window, which holds for bodies too. */
  readonly textScale: number;
  /** More than one message is chosen. */
  readonly chosenCount: number;
  /** Nothing is in the list, so nothing can be chosen there. */
  readonly isListEmpty?: boolean;
  readonly onShow: (row: MessageSummary) => void;
};

const zoomStep = 1.15;

/** What can be done with all of the chosen at once. */
function ManyActions() {
  const t = useWords();
  const act = (command: string) => () => {
    runCommand(command);
  };
  return (
    <div className="many-actions">
      <Button icon={<Archive size={16} />} onPress={act('archive')}>
        {t('action.archive')}
      </Button>
      <Button icon={<Star size={16} />} onPress={act('star')}>
        {t('action.star')}
      </Button>
      <Button icon={<MailOpen size={16} />} onPress={act('toggle-read')}>
        {t('command.toggle-read')}
      </Button>
      <Button look="danger" icon={<Trash2 size={16} />} onPress={act('delete')}>
        {t('action.delete')}
      </Button>
    </div>
  );
}

/** The right pane: one message with everything that can be done with it. */
export function MessagePane(props: MessagePaneProps) {
  const { subject, row, tags, isDark, textScale, chosenCount, isListEmpty = false, onShow } = props;
  const t = useWords();
  const open = useMessage(subject, isDark);
  const [sheet, setSheet] = useState<'source' | 'headers' | null>(null);
  const [preview, setPreview] = useState<AttachmentView | null>(null);
  const [zoom, setZoom] = useState(1);
  const [place, setPlace] = useState(1);
  const [isFinding, setIsFinding] = useState(false);
  const frame = useRef<HTMLIFrameElement>(null);
  const { view } = open;
  const has = view !== null;
  useCommand('source', () => setSheet('source'), has);
  useCommand('headers', () => setSheet('headers'), has);
  useCommand('zoom-in', () => setZoom((before) => Math.min(3, before * zoomStep)), has);
  useCommand('zoom-out', () => setZoom((before) => Math.max(0.5, before / zoomStep)), has);
  useCommand('zoom-reset', () => setZoom(1), has);
  useCommand('find', () => setIsFinding(true), has);
  // While the next message is on its way, its body is not there to be paged.
  const isThere = view !== null && (subject?.kind !== 'stored' || subject.id === view.summary.id);
  useReadOn(frame, isThere ? view.bodyUrl : null);

  if (chosenCount > 1)
    return (
      <section className="reading" aria-label={t('reading.label')} data-pane="reading" tabIndex={-1}>
        <EmptyState
          picture={<MailOpen size={44} strokeWidth={1.2} />}
          title={t('reading.many', { count: chosenCount })}
          words={t('reading.many-words')}
          action={<ManyActions />}
        />
      </section>
    );
  if (open.failure !== null)
    return (
      <section className="reading" aria-label={t('reading.label')} data-pane="reading" tabIndex={-1}>
        <div className="reading-failure">
          <FailureNote failure={open.failure} />
        </div>
      </section>
    );
  if (view === null)
    return (
      <section className="reading" aria-label={t('reading.label')} data-pane="reading" tabIndex={-1}>
        {subject === null && !isListEmpty && (
          <EmptyState
            picture={<MailOpen size={44} strokeWidth={1.2} />}
            title={t('reading.none')}
            words={t('reading.none-words')}
          />
        )}
      </section>
    );
  const summary = row !== null && row.id === view.summary.id ? row : view.summary;
  const isFile = subject?.kind === 'file';
  return (
    <section className="reading" aria-label={t('reading.label')} data-pane="reading" tabIndex={-1}>
      <div className="reading-top">
        <MessageHeader
          view={view}
          summary={summary}
          tags={tags}
          isAlone={isFile}
          tools={<ReadingTools view={view} summary={summary} open={open} onZoom={setZoom} isFile={isFile} />}
        />
        <Notes view={view} open={open} />
        {view.invitation !== null && <Invitation invitation={view.invitation} />}
        {summary.threadCount > 1 && !isFile && <Thread summary={summary} onShow={onShow} />}
        {view.attachments.length > 0 && (
          <Attachments
            id={summary.id}
            attachments={view.attachments}
            isPartial={summary.isPartial}
            onPreview={setPreview}
          />
        )}
      </div>
      {isFinding && (
        <FindBar
          text={open.body.find ?? ''}
          found={view.found}
          place={place}
          onText={(find) => {
            setPlace(1);
            open.setBody({ ...open.body, find });
          }}
          onStep={(step) =>
            setPlace((before) => ((before - 1 + step + view.found) % Math.max(1, view.found)) + 1)
          }
          onClose={() => {
            setIsFinding(false);
            open.setBody({ ...open.body, find: '' });
          }}
        />
      )}
      <BodyFrame
        message={view.summary.id}
        frame={frame}
        url={view.found > 0 ? `${view.bodyUrl}#poppy-found-${place}` : view.bodyUrl}
        zoom={zoom * textScale}
        title={summary.subject}
        isDark={open.body.isDark}
      />
      {sheet !== null && <SourceDialog id={summary.id} shows={sheet} onClose={() => setSheet(null)} />}
      {preview !== null && (
        <AttachmentPreview
          id={summary.id}
          attachment={preview}
          isDark={isDark}
          onClose={() => setPreview(null)}
        />
      )}
    </section>
  );
}
