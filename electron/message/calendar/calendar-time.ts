import { dayMs, minuteMs } from '../../../shared/durations.ts';
import { type CalendarComponent, type CalendarProperty, propertyIn } from './calendar.ts';

/** A moment, or a day without an hour; `zone` names a time zone nobody could resolve, whose time is taken as local. */
export type CalendarTime = { readonly at: number; readonly isDay: boolean; readonly zone: string | null };

/** A wall clock's reading as if it were UTC, milliseconds. */
type WallTime = number;

function wallTime(text: string): { wall: WallTime; isDay: boolean; isUtc: boolean } | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/i.exec(text.trim());
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits) => Number(digits ?? 0));
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return { wall, isDay: match[4] === undefined, isUtc: match[7] !== undefined && match[7] !== '' };
}

function localTime(wall: WallTime): number {
  const {
    0: year = 0,
    1: month = 0,
    2: day = 0,
    3: hour = 0,
    4: minute = 0,
  } = new Date(wall).toISOString().split(/\D/).map(Number);
  return new Date(year, month - 1, day, hour, minute).getTime();
}

/** How far the clocks of a zone of the time zone database are ahead of UTC at a moment, milliseconds; null when unknown. */
function offsetAt(zone: string, at: number): number | null {
  try {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    }).formatToParts(at);
    const number = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
    const wall = Date.UTC(
      number('year'),
      number('month') - 1,
      number('day'),
      number('hour'),
      number('minute'),
    );
    return wall - Math.floor(at / minuteMs) * minuteMs;
  } catch {
    // No zone of that name: it may be described in the calendar itself.
    return null;
  }
}

/** The moment a clock of a known zone shows this time; names with a vendor's prefix are known by their end. */
function inKnownZone(zone: string, wall: WallTime): number | null {
  const name = /^\/.*\/([\w+-]+\/[\w+-]+)$/.exec(zone)?.[1] ?? zone;
  const first = offsetAt(name, wall);
  if (first === null) return null;
  return wall - (offsetAt(name, wall - first) ?? first);
}

function offsetOf(property: CalendarProperty | undefined): number | null {
  const match = /^([+-])(\d{2})(\d{2})/.exec(property?.value ?? '');
  if (match === null) return null;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * minuteMs;
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** When a yearly rule such as "last Sunday of March" comes in a year, at the clock time of its beginning. */
function onsetIn(year: number, rules: CalendarComponent): WallTime | null {
  const start = wallTime(propertyIn(rules, 'DTSTART')?.value ?? '');
  if (start === null) return null;
  const rule = propertyIn(rules, 'RRULE')?.value.toUpperCase() ?? '';
  const month = Number(/BYMONTH=(\d{1,2})/.exec(rule)?.[1] ?? 0);
  const [, place = '', weekday = ''] = /BYDAY=([+-]?\d)(\w\w)/.exec(rule) ?? [];
  if (month === 0 || !weekdays.includes(weekday)) return start.wall;
  const which = Number(place);
  const edge = new Date(Date.UTC(year, which > 0 ? month - 1 : month, which > 0 ? 1 : 0));
  const away = weekdays.indexOf(weekday) - edge.getUTCDay();
  const days = which > 0 ? ((away + 7) % 7) + 7 * (which - 1) : -((7 - away) % 7) + 7 * (which + 1);
  return edge.getTime() + days * dayMs + (((start.wall % dayMs) + dayMs) % dayMs);
}

/** The moment by the zone's own description in the calendar, or null where there is none. RFC 5545 §3.6.5. */
function inDescribedZone(zones: readonly CalendarComponent[], zone: string, wall: WallTime): number | null {
  const described = zones.find((one) => propertyIn(one, 'TZID')?.value === zone);
  const year = new Date(wall).getUTCFullYear();
  const onsets = (described?.children ?? []).slice(0, 50).flatMap((rules) => {
    const offset = offsetOf(propertyIn(rules, 'TZOFFSETTO'));
    const times = [year - 1, year].map((one) => onsetIn(one, rules));
    return offset === null ? [] : times.flatMap((onset) => (onset === null ? [] : [{ onset, offset }]));
  });
  const inForce =
    onsets.filter(({ onset }) => onset <= wall).sort((a, b) => b.onset - a.onset)[0] ?? onsets[0];
  return inForce === undefined ? null : wall - inForce.offset;
}

/** A time of a calendar in its zone; a floating one is local. Null when it cannot be read. RFC 5545 §3.3.5. */
export function timeOf(
  property: CalendarProperty | undefined,
  zones: readonly CalendarComponent[],
): CalendarTime | null {
  const read = property === undefined ? null : wallTime(property.value);
  if (property === undefined || read === null || Number.isNaN(read.wall)) return null;
  const { wall, isDay, isUtc } = read;
  if (isUtc) return { at: wall, isDay: false, zone: null };
  const zone = property.parameters.get('TZID');
  if (isDay || zone === undefined) return { at: localTime(wall), isDay, zone: null };
  const at = inKnownZone(zone, wall) ?? inDescribedZone(zones, zone, wall);
  return { at: at ?? localTime(wall), isDay: false, zone: at === null ? zone : null };
}

/** A length of time in milliseconds, or null. RFC 5545 §3.3.6. */
export function durationOf(property: CalendarProperty | undefined): number | null {
  const match =
    /^\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/i.exec(
      property?.value ?? '',
    );
  if (match === null) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((digits) => Number(digits ?? 0));
  return (weeks * 7 + days) * dayMs + (hours * 60 + minutes) * minuteMs + seconds * 1000;
}
