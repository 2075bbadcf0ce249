import { expect, test } from 'vitest';
import { sanitiseHtml } from '../../../electron/message/safety/sanitise-html.ts';
import { dangersIn } from './dangers.ts';
import { vectors } from './vectors.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 60);
const first = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);
/** A page this small that takes longer is built to. */
const slowMs = 1_000;

const glue =
  `< > " ' \` / = & ; : ( ) { } [ ] \\ , ! - -- <!-- --> --!> ]]> <![CDATA[ <? /> </ \0 \t \n \f \r &lt; &#0; &#x3c; &quot
  @media @import url( /* */ <p> </p> <b> </b> <a> </a> <table> <tr> <td> </table> <svg> </svg> <math> <mtext> <mglyph>
  <style> </style> <script> </script> <title> </title> <textarea> </textarea> <select> <option> <template> </template>
  <noscript> </noscript> <form> <xmp> </xmp> <pre> <plaintext> <foreignObject> <desc> <annotation-xml> style=" class="
  id="x" href=" src=" javascript: data:image/png;base64, cid:x https://leak.invalid/ \u202e \ud800 é 漢`.split(
    /(?<=\S) /,
  );

/** The same number gives the same page. */
function pageOf(number: number): string {
  let state = (number + 1) * 2_654_435_761;
  const next = (below: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) >>> 0;
    return state % below;
  };
  const piece = (): string => {
    if (next(3) === 0) return glue[next(glue.length)] ?? '';
    const html = vectors[next(vectors.length)]?.html ?? '';
    const start = next(Math.max(1, html.length));
    return html.slice(start, start + next(60) + 1);
  };
  return Array.from({ length: next(40) + 1 }, piece)
    .join('')
    .slice(0, 5_000);
}

test(
  `cleans pages made of pieces of tricks for ${seconds} s from number ${first} on`,
  () => {
    const bad: { number: number; what: string }[] = [];
    const end = Date.now() + seconds * 1_000;
    let number = first;
    for (; Date.now() < end && bad.length < 20; number += 1) {
      const start = Date.now();
      const options = { contentIdUrl: () => null, remoteImages: 'block' } as const;
      const { html } = sanitiseHtml(pageOf(number), options);
      const took = Date.now() - start;
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
