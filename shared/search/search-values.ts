import { dayMs } from '../durations.ts';

/** The first moment and the one behind the last of a day, a month or a year. Milliseconds since the epoch. */
export type Span = { readonly from: number; readonly until: number };

function spanOf(year: number, month: number | null, day: number | null): Span | null {
  if (year < 1970 || year > 9999) return null;
  if (month !== null && (month < 1 || month > 12)) return null;
  const at = (years: number, months: number, days: number) =>
    new Date(year + years, (month ?? 1) - 1 + months, (day ?? 1) + days);
  const from = at(0, 0, 0);
  // 31 February is no day.
  if (day !== null && (day < 1 || from.getDate() !== day)) return null;
  const until = day !== null ? at(0, 0, 1) : month !== null ? at(0, 1, 0) : at(1, 0, 0);
  return { from: from.getTime(), until: until.getTime() };
}

function writtenDate(text: string): Span | null {
  const iso = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text);
  if (iso !== null)
    return spanOf(
      Number(iso[1]),
      iso[2] === undefined ? null : Number(iso[2]),
      iso[3] === undefined ? null : Number(iso[3]),
    );
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  return dotted === null ? null : spanOf(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
}

const daysAgo: Readonly<Record<string, number>> = {
  today: 0,
  сегодня: 0,
  yesterday: 1,
  вчера: 1,
  позавчера: 2,
};
const ages: Readonly<Record<string, 'days' | 'weeks' | 'months' | 'years'>> = {
  d: 'days',
  w: 'weeks',
  m: 'months',
  y: 'years',
  д: 'days',
  н: 'weeks',
  м: 'months',
  г: 'years',
  л: 'years',
};

/**
 * The span that a date means: 2024-05-31, 31.05.2024, 2024-05, 2024, today, yesterday; or an age, 3d, 2w, 6m, 1y, which
 * is a moment. Local time. Null when it is no date.
 */
export function dateSpan(text: string, now: number): Span | null {
  const lower = text.toLowerCase();
  const back = daysAgo[lower];
  const today = new Date(now);
  if (back !== undefined) return dayBefore(today, back);
  const age = /^(\d{1,4})([dwmyднмгл])$/u.exec(lower);
  if (age === null) return writtenDate(lower);
  const count = Number(age[1]);
  const unit = ages[age[2] ?? ''] ?? 'days';
  const at =
    unit === 'days' || unit === 'weeks'
      ? now - count * (unit === 'weeks' ? 7 : 1) * dayMs
      : new Date(
          today.getFullYear() - (unit === 'years' ? count : 0),
          today.getMonth() - (unit === 'months' ? count : 0),
          today.getDate(),
        ).getTime();
  return { from: at, until: at };
}

function dayBefore(today: Date, days: number): Span {
  const day = (more: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - days + more).getTime();
  return { from: day(0), until: day(1) };
}

const units: Readonly<Record<string, number>> = {
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  к: 1024,
  м: 1024 ** 2,
  г: 1024 ** 3,
};

/** Bytes of a size: 500, 10k, 1.5MB, 1,5МБ; null when it is none. */
export function sizeBytes(text: string): number | null {
  const match = /^(\d+(?:[.,]\d+)?)([kmgкмг]?)[bб]?$/iu.exec(text);
  if (match === null) return null;
  return Number((match[1] ?? '').replace(',', '.')) * (units[(match[2] ?? '').toLowerCase()] ?? 1);
}
