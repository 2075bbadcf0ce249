import { describe, expect, test } from 'vitest';
import { buildMessagePage, messagePageHeaders } from '../../../electron/message/safety/message-page.ts';
import { sanitiseHtml } from '../../../electron/message/safety/sanitise-html.ts';
import { textToHtml } from '../../../electron/message/safety/text-to-html.ts';

const policy =
  "default-src 'none'; img-src poppy-part: data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";
const body = (html: string, isDark = false) =>
  sanitiseHtml(html, { contentIdUrl: () => null, remoteImages: 'block', isDark });

describe('the page of a message', () => {
  test('is served with a policy under which nothing loads, runs or can be framed elsewhere', () => {
    const headers = messagePageHeaders({ partsSource: 'poppy-part:', framedBy: 'poppy://window' });
    expect(headers['Content-Security-Policy']).toBe(
      `${policy}; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors poppy://window; sandbox allow-popups`,
    );
  });

  test('carries the policy itself before anything of the message', () => {
    const page = buildMessagePage(body('<style>p{color:red}</style><p>&lt;head&gt;'), {
      kind: 'html',
      theme: 'light',
      partsSource: 'poppy-part:',
    });
    expect([
      page.indexOf(`content="${policy}"`) < page.indexOf('p{color:red;}'),
      page.match(/<head>/g)?.length,
    ]).toEqual([true, 1]);
  });

  test('gives a letter without a look of its own letters and margins that weigh nothing', () => {
    const page = (kind: 'html' | 'text') =>
      buildMessagePage(body('<p>x'), { kind, theme: 'light', partsSource: 'poppy-part:' });
    const looks = [':where(html){font:15px/1.5 ', '){margin:16px 20px}'];
    expect([page('html'), page('text')].map((one) => looks.map((rule) => one.includes(rule)))).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  test('lets each paragraph of plain text run in the direction of its own first letter', () => {
    const page = buildMessagePage(textToHtml('שלום\nhello'), {
      kind: 'text',
      theme: 'light',
      partsSource: 'p:',
    });
    expect(page).toMatch(/\.poppy-text div\{unicode-bidi:plaintext\}.*<div>שלום\nhello<\/div>/s);
  });

  test('opens links to places in the message within the page, and all others outside', () => {
    const { html } = body('<a href="#a">x</a><p id="a"><a href="https://e.example/">y</a>');
    expect(buildMessagePage({ html }, { kind: 'html', theme: 'light', partsSource: 'p:' })).toContain(
      '<a href="#place-a">x</a><p id="place-a" class="id-a"><a target="_blank" rel="noopener noreferrer" href="https://e.example/">',
    );
  });

  test('follows the theme for plain text', () => {
    const pages = (['light', 'dark'] as const).map((theme) =>
      buildMessagePage(textToHtml('Hi $& $1'), { kind: 'text', theme, partsSource: 'poppy-part:' }),
    );
    expect(pages.map((page) => [page.includes('color-scheme:dark'), page.includes('Hi $&amp; $1')])).toEqual([
      [false, true],
      [true, true],
    ]);
  });

  test('lets the switch on the message decide about the dark rules of its author', () => {
    const own =
      '<style>@media (prefers-color-scheme: dark){p{background:#000;color:#fff}}</style><p>x prefers-color-scheme: dark';
    const page = (theme: 'light' | 'dark') =>
      buildMessagePage(body(own, theme === 'dark'), { kind: 'html', theme, partsSource: 'poppy-part:' });
    expect([
      /@media \(([^)]*)\)/.exec(page('light'))?.[1],
      /@media \(([^)]*)\)/.exec(page('dark'))?.[1],
    ]).toEqual(['max-width:0px', 'min-width:0px']);
    expect([
      page('dark').includes('p{background:#000;color:#fff;}'),
      page('light').includes('x prefers-color-scheme: dark'),
    ]).toEqual([true, true]);
  });

  test('is dark only when asked, and not where the message is dark already', () => {
    const page = (html: string, theme: 'light' | 'dark') =>
      buildMessagePage(body(html, theme === 'dark'), { kind: 'html', theme, partsSource: 'poppy-part:' });
    const isDark = (html: string) => html.includes('color-scheme:dark');
    expect([
      isDark(page('<p>x', 'light')),
      isDark(page('<p>x', 'dark')),
      isDark(page('<body bgcolor="#101010">x', 'dark')),
    ]).toEqual([false, true, false]);
  });
});
