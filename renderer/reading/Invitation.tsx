import { CalendarCheck, CalendarDays, CalendarX, type LucideIcon } from 'lucide-react';
import type { Invitation as InvitationFacts } from '../../shared/message-view.ts';
import { type Formats, useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Person } from './Person.tsx';

const pictures: Partial<Record<InvitationFacts['kind'], LucideIcon>> = {
  cancel: CalendarX,
  reply: CalendarCheck,
};

/** When it is, in the reader's zone; whole days have no hours. */
function whenText({ startsAt, endsAt, isAllDay }: InvitationFacts, formats: Formats): string | null {
  if (startsAt === null) return null;
  const { fullDate, range, day, dayRange } = formats;
  if (isAllDay) return endsAt === null ? day(startsAt) : dayRange(startsAt, endsAt);
  return endsAt === null ? fullDate(startsAt) : range(startsAt, endsAt);
}

/** A calendar invitation, or what was answered to one, as a card. */
export function Invitation({ invitation }: { readonly invitation: InvitationFacts }) {
  const t = useTexts();
  const formats = useFormats();
  const { kind, summary, repeats, unknownZone, location, organizer, answer, others } = invitation;
  const Picture = pictures[kind] ?? CalendarDays;
  const when = whenText(invitation, formats);
  const title = t(`invitation.kind.${kind}`);
  return (
    <section className="invitation" aria-label={title}>
      <Picture size={26} strokeWidth={1.5} aria-hidden="true" />
      <div className="invitation-text">
        <p className="soft">
          {answer === null ? title : t(`invitation.answer.${answer.given}`, { who: answer.who })}
        </p>
        {summary !== '' && (
          <p className={kind === 'cancel' ? 'invitation-title is-off' : 'invitation-title'} dir="auto">
            {summary}
          </p>
        )}
        {when !== null && (
          <p>
            {when}
            {repeats !== null && ` (${t(`invitation.repeats.${repeats}`)})`}
          </p>
        )}
        {unknownZone !== null && <p className="soft">{t('invitation.zone', { zone: unknownZone })}</p>}
        {location !== '' && <p dir="auto">{t('invitation.where', { location })}</p>}
        {organizer !== null && (
          <p className="soft">
            {t('invitation.who')} <Person person={organizer} />
          </p>
        )}
        {others > 0 && <p className="soft">{t('invitation.others', { count: others })}</p>}
      </div>
    </section>
  );
}
