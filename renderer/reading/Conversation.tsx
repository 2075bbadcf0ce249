import type { MessageSummary } from '../../shared/message.ts';
import { useAnswer } from '../bridge/use-answer.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { classes } from '../ui/class-names.ts';
import { Folded } from '../ui/Folded.tsx';

type ConversationProps = {
  readonly summary: MessageSummary;
  readonly onShow: (row: MessageSummary) => void;
};

/** The conversation a message belongs to, oldest first. */
export function Conversation({ summary, onShow }: ConversationProps) {
  const t = useTexts();
  const { listDate } = useFormats();
  const { value } = useAnswer('mailbox/conversation', { id: summary.id }, ['mailbox/changed']);
  const rows = value?.rows ?? [];
  return (
    <Folded title={t('conversation.title', { count: Math.max(rows.length, summary.conversationCount) })}>
      <ul className="conversation">
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={classes('conversation-row', row.id === summary.id && 'is-current')}
              aria-current={row.id === summary.id ? 'true' : undefined}
              onClick={() => onShow(row)}
            >
              <span className="conversation-from">{row.from.name || row.from.address}</span>
              <span className="conversation-preview">{row.preview || row.subject}</span>
              <span className="conversation-date">{listDate(row.sentAt ?? row.receivedAt)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Folded>
  );
}
