import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sanitiseHtml } from '../../../electron/message/safety/sanitise-html.ts';
import { dangersIn } from './dangers.ts';

const folder = new URL('newsletters/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.html'));

function cleaned(name: string) {
  const cssTally = { kept: 0, dropped: 0 };
  const html = readFileSync(new URL(name, folder), 'utf8');
  const body = sanitiseHtml(html, { contentIdUrl: () => null, remoteImages: 'block', cssTally });
  return { body, cssTally, html };
}

/** Words of a page, without those of its head. */
const wordsOf = (html: string): string =>
  html
    .replace(/<!--[\s\S]*?-->|<head[\s\S]*?<\/head>|<[^>]*>/gi, ' ')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/&(?:middot|rarr|mdash|euro|#8226);/g, ' ')
    .replace(/[·→—€•]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('honest newsletters', () => {
  test('are at least ten', () => {
    expect(names.length).toBeGreaterThanOrEqual(10);
  });

  test.each(names)('%s keeps all its words and at least 99 % of its style declarations', (name) => {
    const { body, cssTally, html } = cleaned(name);
    const keepsStyle = cssTally.dropped <= 0.01 * (cssTally.kept + cssTally.dropped);
    expect({ words: wordsOf(body.html), keepsStyle, dangers: dangersIn(body.html) }).toEqual({
      words: wordsOf(html),
      keepsStyle: true,
      dangers: [],
    });
  });
});
