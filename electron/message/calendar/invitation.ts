import { dayMs } from '../../../shared/durations.ts';
import type { EmailAddress } from '../../../shared/message.ts';
import type { Invitation } from '../../../shared/message-view.ts';
import { cleanHeaderText } from '../safety/header-honesty.ts';
import {
  type CalendarComponent,
  type CalendarProperty,
  propertyIn,
  readCalendar,
  textOf,
} from './calendar.ts';
import { durationOf, timeOf } from './calendar-time.ts';

/** Longest text shown of any field of an invitation, characters. */
const mostShown = 300;

const kinds: Readonly<Record<string, Invitation['kind']>> = {
  REQUEST: 'request',
  ADD: 'request',
  PUBLISH: 'publish',
  CANCEL: 'cancel',
  REPLY: 'reply',
  COUNTER: 'counter',
  DECLINECOUNTER: 'counter-declined',
};

const answers: Readonly<Record<string, NonNullable<Invitation['answer']>['given']>> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
};

function shown(text: string): string {
  return cleanHeaderText(text).slice(0, mostShown);
}

function personOf(property: CalendarProperty | undefined): EmailAddress | null {
  if (property === undefined) return null;
  const address = shown(property.value.replace(/^mailto:/i, ''));
  const name = shown(property.parameters.get('CN') ?? '');
  return address === '' && name === '' ? null : { name: name === address ? '' : name, address };
}

function kindOf(calendar: CalendarComponent, event: CalendarComponent): Invitation['kind'] {
  if (propertyIn(event, 'STATUS')?.value.toUpperCase() === 'CANCELLED') return 'cancel';
  return kinds[propertyIn(calendar, 'METHOD')?.value.toUpperCase() ?? ''] ?? 'publish';
}

function answerIn(event: CalendarComponent): Invitation['answer'] {
  const attendee = propertyIn(event, 'ATTENDEE');
  const given = answers[attendee?.parameters.get('PARTSTAT')?.toUpperCase() ?? ''];
  const who = personOf(attendee);
  return given === undefined || who === null ? null : { who: who.name || who.address, given };
}

function repeatsOf(event: CalendarComponent): Invitation['repeats'] {
  const rule = propertyIn(event, 'RRULE')?.value.toUpperCase();
  if (rule === undefined) return null;
  const often = /FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)/.exec(rule)?.[1]?.toLowerCase();
  const isPlain = !/INTERVAL=(?!1\b)/.test(rule);
  return isPlain && (often === 'daily' || often === 'weekly' || often === 'monthly' || often === 'yearly')
    ? often
    : 'other';
}

/** Begin and end; the end of whole days is the last of them, which the calendar gives as the day after. */
function timesOf(event: CalendarComponent, zones: readonly CalendarComponent[]) {
  const start = timeOf(propertyIn(event, 'DTSTART'), zones);
  const end = timeOf(propertyIn(event, 'DTEND'), zones)?.at ?? null;
  const duration = durationOf(propertyIn(event, 'DURATION'));
  const endsAt = end ?? (start !== null && duration !== null ? start.at + duration : null);
  const isAllDay = start?.isDay ?? false;
  // Half a day, so that a day of 23 or 25 hours changes nothing.
  const lastAt = endsAt !== null && isAllDay ? endsAt - dayMs / 2 : endsAt;
  return {
    startsAt: start?.at ?? null,
    endsAt: start === null || lastAt === null || lastAt <= start.at ? null : lastAt,
    isAllDay,
    unknownZone: start?.zone == null ? null : shown(start.zone),
  };
}

/** The card, and what the calendar tells at length, for a message that says nothing else. */
export type ReadInvitation = { readonly card: Invitation; readonly description: string };

/** The card of a calendar invitation: the first event's own words, never followed or fetched. RFC 5545, RFC 5546. */
export function readInvitation(text: string): ReadInvitation | null {
  const calendar = readCalendar(text).children.find(({ name }) => name === 'VCALENDAR');
  const events = calendar?.children.filter(({ name }) => name === 'VEVENT') ?? [];
  const [event] = events;
  if (calendar === undefined || event === undefined) return null;
  const kind = kindOf(calendar, event);
  const card: Invitation = {
    kind,
    summary: shown(textOf(propertyIn(event, 'SUMMARY'))),
    ...timesOf(
      event,
      calendar.children.filter(({ name }) => name === 'VTIMEZONE'),
    ),
    repeats: repeatsOf(event),
    location: shown(textOf(propertyIn(event, 'LOCATION'))),
    organizer: personOf(propertyIn(event, 'ORGANIZER')),
    answer: kind === 'reply' ? answerIn(event) : null,
    // Changed occurrences of the same series bear its name; only other entries are worth a word.
    others: new Set(events.map((one) => propertyIn(one, 'UID')?.value ?? '')).size - 1,
  };
  return { card, description: textOf(propertyIn(event, 'DESCRIPTION')) };
}
