import { useMemo } from 'react';
import { useIntl } from 'react-intl';

/** Dates, sizes and numbers as the person's language writes them. */
export type Formats = {
  /** Short: the time today, the day this year, else the date. */
  readonly listDate: (at: number) => string;
  /** Day of the week, date and time as short as can be told, in the reader's zone. */
  readonly headDate: (at: number) => string;
  /** Day and time in full, in the reader's zone. */
  readonly fullDate: (at: number) => string;
  /** The day alone, in full. */
  readonly day: (at: number) => string;
  /** From one moment to another, saying what they share only once. */
  readonly range: (from: number, to: number) => string;
  /** From one day to another, both whole. */
  readonly dayRange: (from: number, to: number) => string;
  readonly time: (at: number) => string;
  /** The time to the second. */
  readonly exactTime: (at: number) => string;
  readonly size: (bytes: number) => string;
  readonly number: (value: number) => string;
  readonly percent: (part: number) => string;
  /** Names in one line. */
  readonly list: (names: readonly string[]) => string;
};

/** Nobody counts single bytes of mail, so the smallest unit is the kilobyte. */
const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const step = 1000;

/** The formats of one language; `now` is what today means. */
export function formatsOf(locale: string, now: () => number = Date.now): Formats {
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const exactTime = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const date = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: '2-digit' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
  const head = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  const wholeDay = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const list = new Intl.ListFormat(locale, { style: 'narrow', type: 'unit' });
  const sizes = units.map((unit) =>
    [0, 1].map(
      (maximumFractionDigits) =>
        new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits }),
    ),
  );
  return {
    listDate: (at) => {
      const then = new Date(at);
      const today = new Date(now());
      if (then.toDateString() === today.toDateString()) return time.format(then);
      return then.getFullYear() === today.getFullYear() ? day.format(then) : date.format(then);
    },
    headDate: (at) => head.format(at),
    fullDate: (at) => full.format(at),
    day: (at) => wholeDay.format(at),
    range: (from, to) => full.formatRange(from, to),
    dayRange: (from, to) => wholeDay.formatRange(from, to),
    time: (at) => time.format(at),
    exactTime: (at) => exactTime.format(at),
    size: (bytes) => {
      let unit = 0;
      let value = Math.max(0, bytes) / step;
      while (value >= step - 0.5 && unit < units.length - 1) {
        value /= step;
        unit += 1;
      }
      // One digit after the point is of use only for small numbers of large units.
      return sizes[unit]?.[value < 10 ? 1 : 0]?.format(value) ?? String(bytes);
    },
    number: (value) => number.format(value),
    percent: (part) => percent.format(part),
    list: (names) => list.format(names),
  };
}

/** The formats of the person's language. */
export function useFormats(): Formats {
  const { locale } = useIntl();
  return useMemo(() => formatsOf(locale), [locale]);
}

/** The day of a moment written as ISO 8601, in full; the text itself where it is none. */
export function dayOfText(text: string, formats: Formats): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : formats.day(at);
}
