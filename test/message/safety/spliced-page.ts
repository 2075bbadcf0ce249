import { vectors } from './vectors.ts';

const glue =
  `< > " ' \` / = & ; : ( ) { } [ ] \\ , ! - -- <!-- --> --!> ]]> <![CDATA[ <? /> </ \0 \t \n \f \r &lt; &#0; &#x3c; &quot
  @media @import url( /* */ <p> </p> <b> </b> <a> </a> <table> <tr> <td> </table> <svg> </svg> <math> <mtext> <mglyph>
  <style> </style> <script> </script> <title> </title> <textarea> </textarea> <select> <option> <template> </template>
  <noscript> </noscript> <form> <xmp> </xmp> <pre> <plaintext> <foreignObject> <desc> <annotation-xml> style=" class="
  id="x" href=" src=" javascript: data:image/png;base64, cid:x https://leak.invalid/ \u202e \ud800 é 漢`.split(
    /(?<=\S) /,
  );

/** A page made of pieces of the tricks and of what joins them. The same number gives the same page. */
export function splicedPage(number: number): string {
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
