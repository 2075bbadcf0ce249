import { MailOpen } from 'lucide-react';
import { useState } from 'react';
import type { MessageSummary } from '../../shared/message.ts';
import type { AttachmentView, MessageView } from '../../shared/message-view.ts';
import type { Tag } from '../../shared/places.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useTexts } from '../i18n/texts.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { AttachmentPreview } from './AttachmentPreview.tsx';
import { Attachments } from './Attachments.tsx';
import { BodyFrame } from './BodyFrame.tsx';
import { Conversation } from './Conversation.tsx';
import { FindBar } from './FindBar.tsx';
import { Invitation } from './Invitation.tsx';
import { ManyMessages } from './ManyMessages.tsx';
import { MessageHeader } from './MessageHeader.tsx';
import { Notes } from './Notes.tsx';
import { ReadingTools } from './ReadingTools.tsx';
import { SourceDialog } from './SourceDialog.tsx';
import type { Subject } from './use-message.ts';
import { type Reading, useReading } from './use-reading.ts';

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

/** The right pane: one message, or why there is none. */
export function MessagePane(props: MessagePaneProps) {
  const { subject, chosenCount, isListEmpty = false } = props;
  const t = useTexts();
  const reading = useReading(subject, props.isDark);
  const { view, failure } = reading.open;
  return (
    <section className="reading" aria-label={t('reading.label')} data-pane="reading" tabIndex={-1}>
      {chosenCount > 1 ? (
        <ManyMessages count={chosenCount} />
      ) : failure !== null ? (
        <div className="reading-failure">
          <FailureNote failure={failure} />
        </div>
      ) : view !== null ? (
        <ShownMessage {...props} reading={reading} view={view} />
      ) : (
        subject === null &&
        !isListEmpty && (
          <EmptyState
            picture={<MailOpen size={44} strokeWidth={1.2} />}
            title={t('reading.none')}
            text={t('reading.none-text')}
          />
        )
      )}
    </section>
  );
}

type ShownMessageProps = MessagePaneProps & { readonly reading: Reading; readonly view: MessageView };

/** A message with everything that can be done with it. */
function ShownMessage({ reading, view, subject, row, tags, isDark, textScale, onShow }: ShownMessageProps) {
  const { open, finding } = reading;
  const [preview, setPreview] = useState<AttachmentView | null>(null);
  const summary = row !== null && row.id === view.summary.id ? row : view.summary;
  const { id, conversationCount, isPartial } = summary;
  const isFile = subject?.kind === 'file';
  return (
    <>
      <div className="reading-top">
        <MessageHeader
          view={view}
          summary={summary}
          tags={tags}
          isAlone={isFile}
          tools={<ReadingTools {...{ view, summary, open, isFile }} onZoom={reading.setZoom} />}
        />
        <Notes view={view} open={open} />
        {view.invitation !== null && <Invitation invitation={view.invitation} />}
        {conversationCount > 1 && !isFile && <Conversation summary={summary} onShow={onShow} />}
        {view.attachments.length > 0 && (
          <Attachments
            {...{ id, isPartial }}
            pageUrl={view.bodyUrl}
            attachments={view.attachments}
            onPreview={setPreview}
          />
        )}
      </div>
      {finding.isOn && <FindBar finding={finding} />}
      <BodyFrame
        message={view.summary.id}
        frame={reading.frame}
        url={reading.bodyUrl}
        zoom={reading.zoom * textScale}
        title={summary.subject}
        isDark={open.body.isDark}
      />
      {reading.sheet !== null && (
        <SourceDialog {...{ id, isDark }} shows={reading.sheet} onClose={reading.closeSheet} />
      )}
      {preview !== null && (
        <AttachmentPreview {...{ id, isDark }} attachment={preview} onClose={() => setPreview(null)} />
      )}
    </>
  );
}
