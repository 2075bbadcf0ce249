import { expect, test } from 'vitest';
import { sanitiseHtml } from '../../../electron/message/safety/sanitise-html.ts';
import { dangersIn } from './dangers.ts';
import { splicedPage } from './spliced-page.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 60);
const first = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);
/** A page this small that takes longer is built to. */
const slowMs = 1_000;

const options = { contentIdUrl: () => null, remoteImages: 'block' } as const;

function timed(page: string): { html: string; took: number } {
  const start = performance.now();
  const { html } = sanitiseHtml(page, options);
  return { html, took: performance.now() - start };
}

test(
  `cleans pages made of pieces of tricks for ${seconds} s from number ${first} on`,
  () => {
    const bad: { number: number; what: string }[] = [];
    const end = Date.now() + seconds * 1_000;
    let number = first;
    for (; Date.now() < end && bad.length < 20; number += 1) {
      const page = splicedPage(number);
      const once = timed(page);
      const { html } = once;
      let { took } = once;
      // The machine may have been busy: what is slow is slow each time.
      for (let again = 0; took > slowMs && again < 2; again += 1) took = Math.min(took, timed(page).took);
      const what = dangersIn(html);
      if (sanitiseHtml(html, options).html !== html) what.push('changes when cleaned again');
      if (took > slowMs) what.push(`took ${took} ms`);
      if (what.length > 0) bad.push({ number, what: what.join('; ').slice(0, 300) });
    }
    console.log(`${number - first} pages`);
    expect(bad).toEqual([]);
  },
  (seconds + 60) * 1_000,
);
