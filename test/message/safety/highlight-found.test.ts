import { expect, test } from 'vitest';
import { highlightFound } from '../../../electron/message/safety/highlight-found.ts';
import { sanitiseHtml } from '../../../electron/message/safety/sanitise-html.ts';
import { textToHtml } from '../../../electron/message/safety/text-to-html.ts';

const body = (html: string) => html.slice(html.indexOf('<body'));

test('marks each place in the text, in any case, and numbers them', () => {
  const { html } = textToHtml('Tea, tea & ещё ЧАЙ');
  expect(highlightFound(html, 'tea').count).toBe(2);
  expect(body(highlightFound(html, 'чай').html)).toContain('&amp; ещё <mark id="poppy-found-1">ЧАЙ</mark>');
  expect(highlightFound(html, 'еще').count).toBe(1);
});

test('markup, styles and addresses are not text', () => {
  const { html } = sanitiseHtml(
    '<style>p{color:red}</style><p class="red" title="red">A red <a href="https://red.example/">car</a></p>',
    {
      contentIdUrl: () => null,
      remoteImages: 'block',
    },
  );
  const marked = highlightFound(html, 'red');
  expect([marked.count, marked.html.replace(/<mark id="poppy-found-1">red<\/mark>/, 'red') === html]).toEqual(
    [1, true],
  );
});

test('what is searched for is never markup, and special characters are found', () => {
  const { html } = textToHtml('if a<b && b>c then "<b>"');
  expect(highlightFound(html, '<b>').count).toBe(1);
  expect(highlightFound(html, '<body').count).toBe(0);
  expect(body(highlightFound(html, 'a<b &&').html)).toContain(
    '<mark id="poppy-found-1">a&lt;b &amp;&amp;</mark>',
  );
  expect(highlightFound(html, '  ').html).toBe(html);
});
