import { expect, test } from 'vitest';
import { troublePage } from '../../electron/shell/windows/plain-page.ts';

test('shows whatever it is told as text', () => {
  const page = troublePage({
    language: 'en',
    title: '<b>',
    meaning: 'The folder /<script>alert(1)</script>&"',
    details: '</pre><img src=x>',
    detailsLabel: 'Details',
    startAgain: 'Start again',
    quit: 'Quit',
  });
  const html = decodeURIComponent(page.slice(page.indexOf(',') + 1));
  expect(html.match(/<(script|img|b)\b/g)).toBeNull();
  expect(html).toContain('The folder /&lt;script>alert(1)&lt;/script>&amp;&quot;');
});
