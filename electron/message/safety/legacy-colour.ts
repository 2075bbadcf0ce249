/** Reads the value of an old colour attribute as browsers do. */
import { colorsNamed } from 'culori/fn';
import { withoutEnds } from './image-rule.ts';

/**
 * The colour an attribute such as `bgcolor` means, `#rrggbb`; null where a browser sees none. Anything becomes one:
 * `#` may be missing, and what is no digit counts as 0. HTML Standard, 2.3.6, "legacy color value".
 */
export function legacyColour(value: string): string | null {
  const text = withoutEnds(value, /[\t\n\f\r ]/).toLowerCase();
  if (text === '' || text === 'transparent') return null;
  const named: number | undefined = Object.entries(colorsNamed).find(([name]) => name === text)?.[1];
  if (named !== undefined) return `#${named.toString(16).padStart(6, '0')}`;
  if (/^#[0-9a-f]{3}$/.test(text)) return text;
  const digits = text
    .slice(0, 128)
    .replace(/^#/, '')
    .replace(/[^0-9a-f]/g, '0');
  const length = Math.max(1, Math.ceil(digits.length / 3));
  const padded = digits.padEnd(length * 3, '0');
  const parts = [0, 1, 2].map((part) => padded.slice(part * length, (part + 1) * length).slice(-8));
  const isLong = (all: readonly string[]): boolean => (all[0] ?? '').length > 2;
  const led = (all: readonly string[]): boolean => all.every((part) => part.startsWith('0'));
  let kept: readonly string[] = parts;
  while (isLong(kept) && led(kept)) kept = kept.map((part) => part.slice(1));
  return `#${kept.map((part) => part.slice(0, 2).padStart(2, '0')).join('')}`;
}
