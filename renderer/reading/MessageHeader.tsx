import { ShieldAlert, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { MessageView } from '../../shared/message-view.ts';
import type { Mailbox, MessageSummary } from '../../shared/model.ts';
import type { Tag } from '../../shared/places.ts';
import { useFormats } from '../i18n/formats.ts';
import { useWords } from '../i18n/words.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { Hint } from '../ui/Hint.tsx';
import { Person } from './Person.tsx';

function People({ words, people }: { readonly words: string; readonly people: readonly Mailbox[] }) {
  if (people.length === 0) return null;
  return (
    <div className="people">
      <span className="people-role">{words}</span>
      <span className="people-list">
        {people.map((person, at) => (
          <span key={`${person.address} ${String(at)}`}>
            {at > 0 && ', '}
            <Person person={person} />
          </span>
        ))}
      </span>
    </div>
  );
}

/** SPF, DKIM and DMARC as the receiving server reported them, in one small sign. */
function Authentication({ view }: { readonly view: MessageView }) {
  const t = useWords();
  if (view.authentication.length === 0) return null;
  const isGood = view.authentication.every(({ result }) => result === 'pass');
  const facts = view.authentication.map(({ method, result }) => `${method.toUpperCase()}: ${result}`);
  return (
    <Hint words={t('reading.authentication', { facts: facts.join(', ') })}>
      <Button className={isGood ? 'auth-mark' : 'auth-mark is-bad'}>
        {isGood ? <ShieldCheck size={14} aria-hidden="true" /> : <ShieldAlert size={14} aria-hidden="true" />}
        {isGood ? t('reading.authentication-good') : t('reading.authentication-bad')}
      </Button>
    </Hint>
  );
}

type MessageHeaderProps = {
  readonly view: MessageView;
  readonly summary: MessageSummary;
  readonly tags: readonly Tag[];
  readonly tools: ReactNode;
};

/** Who wrote, to whom, when and about what. */
export function MessageHeader({ view, summary, tags, tools }: MessageHeaderProps) {
  const t = useWords();
  const { fullDate } = useFormats();
  const from = view.from[0] ?? summary.from;
  const colors = new Map(tags.map((tag) => [tag.name, tag.color]));
  return (
    <header className="message-head">
      <div className="message-title-line">
        <h2 className="message-subject" dir="auto">
          {summary.subject || t('list.no-subject')}
        </h2>
        {tools}
      </div>
      <div className="message-from-line">
        <Avatar name={from.name || from.address} isLarge />
        <div className="message-people">
          <div className="message-from">
            {view.from.length === 0 ? <Person person={from} /> : <People words="" people={view.from} />}
            <Authentication view={view} />
          </div>
          {view.sender !== null && <People words={t('reading.sender')} people={[view.sender]} />}
          <People words={t('reading.to')} people={view.to} />
          <People words={t('reading.cc')} people={view.cc} />
        </div>
        <div className="message-when">
          <time dateTime={new Date(summary.sentAt ?? summary.receivedAt).toISOString()}>
            {fullDate(summary.sentAt ?? summary.receivedAt)}
          </time>
          {view.dateProblem !== null && <span className="date-problem">{t('reading.date-problem')}</span>}
          {summary.tags.length > 0 && (
            <span className="tag-chips">
              {summary.tags.map((tag) => (
                <span key={tag} className={`tag-chip tag-${colors.get(tag) ?? 'grey'}`}>
                  {tag}
                </span>
              ))}
            </span>
          )}
        </div>
      </div>
    </header>
  );
}
