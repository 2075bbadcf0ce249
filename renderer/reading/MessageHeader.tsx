import { ShieldAlert, ShieldCheck, ShieldQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { EmailAddress, MessageSummary } from '../../shared/message.ts';
import type { MessageView } from '../../shared/message-view.ts';
import type { Tag } from '../../shared/places.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { Chips } from '../ui/Chips.tsx';
import { Hint } from '../ui/Hint.tsx';
import { Person } from './Person.tsx';

function People({ label, people }: { readonly label: string; readonly people: readonly EmailAddress[] }) {
  if (people.length === 0) return null;
  return (
    <div className="people">
      <span className="people-role">{label}</span>
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

const authenticationPictures = { confirmed: ShieldCheck, failed: ShieldAlert, unknown: ShieldQuestionMark };

const dateProblems = ['missing', 'unreadable', 'impossible', 'zone-unknown'] as const;

/** What is wrong with the date, and what is shown in its place. */
function DateProblem({ problem }: { readonly problem: string | null }) {
  const t = useTexts();
  const known = dateProblems.find((one) => one === problem);
  return known === undefined ? null : <span className="date-problem">{t(`reading.date-${known}`)}</span>;
}

/** SPF, DKIM and DMARC as the receiving server reported them, in one small sign. */
function Authentication({ found }: { readonly found: MessageView['authentication'] }) {
  const t = useTexts();
  if (found === null) return null;
  const { verdict, domain, results } = found;
  const facts = results.map(({ method, result }) => `${method.toUpperCase()}: ${result}`);
  const Picture = authenticationPictures[verdict];
  return (
    <Hint label={t('reading.authentication', { facts: facts.join(', ') })}>
      <Button className={`auth-verdict is-${verdict}`}>
        <Picture size={14} aria-hidden="true" />
        {t(`reading.authentication.${verdict}`, { domain })}
      </Button>
    </Hint>
  );
}

type MessageHeaderProps = {
  readonly view: MessageView;
  readonly summary: MessageSummary;
  readonly tags: readonly Tag[];
  readonly tools: ReactNode;
  /** The message has a window to itself, where its subject is the title of all. */
  readonly isAlone: boolean;
};

/** Who wrote, to whom, when and about what. */
export function MessageHeader({ view, summary, tags, tools, isAlone }: MessageHeaderProps) {
  const Subject = isAlone ? 'h1' : 'h2';
  const t = useTexts();
  const { fullDate, headDate } = useFormats();
  const at = summary.sentAt ?? summary.receivedAt;
  const from = view.from[0] ?? summary.from;
  const colors = new Map(tags.map((tag) => [tag.name, tag.color]));
  return (
    <header className="message-head">
      <div className="message-title-line">
        <Subject className="message-subject" dir="auto">
          {summary.subject || t('list.no-subject')}
        </Subject>
        {tools}
      </div>
      <div className="message-from-line">
        <Avatar name={from.name || from.address} isLarge />
        <div className="message-people">
          <div className="message-from">
            {view.from.length === 0 ? <Person person={from} /> : <People label="" people={view.from} />}
            <Authentication found={view.authentication} />
          </div>
          {view.sender !== null && <People label={t('reading.sender')} people={[view.sender]} />}
          <People label={t('reading.to')} people={view.to} />
          <People label={t('reading.cc')} people={view.cc} />
        </div>
        <div className="message-when">
          <time dateTime={new Date(at).toISOString()} title={fullDate(at)}>
            {headDate(at)}
          </time>
          <DateProblem problem={view.dateProblem} />
          <Chips names={summary.tags} colors={colors} />
        </div>
      </div>
    </header>
  );
}
