import type { MessageView } from '../../shared/message-view.ts';

/** Longest text shown of any field of an invitation, characters. */
const mostShown = 300;

/** The card of a calendar invitation: the first event's own words, never followed or fetched. RFC 5545 §3.6.1. */
export function invitationOf(calendar: string | null): MessageView['invitation'] {
  if (calendar === null || !/^METHOD:(REQUEST|PUBLISH|CANCEL)/im.test(calendar)) return null;
  const event = /BEGIN:VEVENT([\s\S]*?)END:VEVENT/i.exec(calendar.replace(/\r?\n[ \t]/g, ''))?.[1];
  if (event === undefined) return null;
  const field = (name: string): string => {
    const value = new RegExp(`^${name}(?:;[^:\\r\\n]*)?:(.*)$`, 'im').exec(event)?.[1] ?? '';
    return value
      .replace(/\\n/gi, ' ')
      .replace(/\\([,;\\])/g, '$1')
      .trim()
      .slice(0, mostShown);
  };
  return {
    summary: field('SUMMARY'),
    startsAt: timeOf(field('DTSTART')),
    endsAt: timeOf(field('DTEND')),
    location: field('LOCATION'),
    organizer: field('ORGANIZER').replace(/^mailto:/i, ''),
  };
}

/** A date-time of iCalendar; one without a zone is taken as local. RFC 5545 §3.3.5. */
function timeOf(text: string): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits) => Number(digits ?? 0));
  const value =
    match[7] === 'Z'
      ? Date.UTC(year, month - 1, day, hour, minute, second)
      : new Date(year, month - 1, day, hour, minute, second).getTime();
  return Number.isNaN(value) ? null : value;
}
