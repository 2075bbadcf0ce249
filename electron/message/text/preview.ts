import { htmlToText } from './html-to-text.ts';
import type { Stretch } from './stretch.ts';

const previewLength = 200;

/** Lines of a text that say something of their own: no quotation, no rule, no bare address. */
function spokenLines(text: string): string {
  const lines = text.slice(0, 4000).split('\n');
  const spoken = lines.filter((line) => !/^\s*(?:>|[-=_*~#\s]{4,}$)/.test(line));
  return (spoken.some((line) => /\S/.test(line)) ? spoken : lines).join(' ');
}

/** Characters that only fill the space behind a newsletter's preview line. */
const fillers = /\p{Cf}|\u034f|\u115f|\u1160|\u17b4|\u17b5/gu;

/** The first words of a body on one line. */
export function previewOf(body: Stretch | null): string {
  if (body === null) return '';
  const hasText = body.text !== null && /\S/.test(body.text);
  const text = hasText ? (body.text ?? '') : htmlToText(body.html ?? '');
  const line = spokenLines(text).slice(0, 3000).replace(fillers, '').replace(/\s+/g, ' ').trim();
  if (line.length <= previewLength) return line;
  // A pair of surrogates is one letter: it is not cut in two.
  const cut = line.slice(0, previewLength - 1).replace(/[\ud800-\udbff]$/, '');
  return `${cut.trimEnd()}…`;
}
