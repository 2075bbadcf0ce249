import { CalendarDays } from 'lucide-react';
import type { MessageView } from '../../shared/message-view.ts';
import { useFormats } from '../i18n/formats.ts';
import { useWords } from '../i18n/words.tsx';

type InvitationProps = { readonly invitation: NonNullable<MessageView['invitation']> };

/** A calendar invitation as a card. */
export function Invitation({ invitation }: InvitationProps) {
  const t = useWords();
  const { fullDate, range } = useFormats();
  const { summary, startsAt, endsAt, location, organizer } = invitation;
  return (
    <section className="invitation" aria-label={t('invitation.label')}>
      <CalendarDays size={26} strokeWidth={1.5} aria-hidden="true" />
      <div>
        <p className="invitation-title">{summary || t('invitation.label')}</p>
        {startsAt !== null && <p>{endsAt === null ? fullDate(startsAt) : range(startsAt, endsAt)}</p>}
        {location !== '' && <p>{t('invitation.where', { location })}</p>}
        {organizer !== '' && <p className="soft">{t('invitation.who', { organizer })}</p>}
      </div>
    </section>
  );
}
