import { expect, test } from 'vitest';
import { openPage, takeViolations } from './open-page.ts';

test('no text becomes markup or code in the page, and no script can allow itself to do so', async () => {
  await using poppy = await openPage();
  const outcomes = await poppy.window.evaluate(() => {
    const tried = (work: () => unknown): string => {
      try {
        work();
        return 'done';
      } catch {
        return 'refused';
      }
    };
    const types = Reflect.get(globalThis, 'trustedTypes');
    const html = '<img src="x" onerror="1">';
    const all = {
      inner: () => Object.assign(document.createElement('p'), { innerHTML: html }),
      adjacent: () => document.createElement('p').insertAdjacentHTML('beforeend', html),
      range: () => document.createRange().createContextualFragment(html),
      parser: () => new DOMParser().parseFromString(html, 'text/html'),
      frame: () => Object.assign(document.createElement('iframe'), { srcdoc: html }),
      script: () => Object.assign(document.createElement('script'), { src: 'x.js' }),
      handler: () => document.createElement('p').setAttribute('onclick', '1'),
      policy: () => types.createPolicy('own', { createHTML: (text: string) => text }),
      defaultPolicy: () => types.createPolicy('default', { createHTML: (text: string) => text }),
      empty: () => Object.assign(document.createElement('p'), { innerHTML: '' }),
      text: () => Object.assign(document.createElement('p'), { textContent: html }),
    };
    return Object.fromEntries(Object.entries(all).map(([name, work]) => [name, tried(work)]));
  });
  expect(outcomes).toEqual({
    inner: 'refused',
    adjacent: 'refused',
    range: 'refused',
    parser: 'refused',
    frame: 'refused',
    script: 'refused',
    handler: 'refused',
    policy: 'refused',
    defaultPolicy: 'refused',
    empty: 'done',
    text: 'done',
  });
  // So each test of the page hears of what its page tries.
  const heard: string[] = [];
  await expect.poll(() => heard.push(...takeViolations())).toBeGreaterThanOrEqual(7);
});
