import { compile } from 'html-to-text';

/** HTML beyond this adds nothing to a preview and little to a search. Characters. */
const maximumHtml = 400_000;
/** The parser's time grows with the square of the nesting; honest mail nests some dozens deep. */
const maximumOpen = 2000;

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: maximumHtml, maxDepth: 200, maxBaseElements: 50 },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'title', format: 'skip' },
    { selector: 'head', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'hr', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', format: 'block' },
  ],
});

/** Text without its tags, for HTML that is too strange to be parsed. Linear. */
function stripTags(html: string): string {
  return html.replace(/<(?:style|script)\b[^>]{0,1000}>[^<]*/gi, ' ').replace(/<[^<>]{0,5000}>/g, ' ');
}

function words(html: string): string {
  const front = html.slice(0, maximumHtml);
  const opened = front.match(/<[a-z]/gi)?.length ?? 0;
  const closed = front.match(/<\/[a-z]|<(?:br|img|meta|hr|input|link|p|li|td|tr|col)\b/gi)?.length ?? 0;
  if (opened - closed > maximumOpen) return stripTags(front);
  try {
    return convert(front);
  } catch {
    // A converter that fails on this markup must not cost the message its words.
    return stripTags(front);
  }
}

/** The last body converted: its words are asked for by the preview, the index and the choice of the body. */
let last = { html: '', words: '' };

/** The words of an HTML body, for a preview, the text index and readers without HTML. Never throws. */
export function htmlToWords(html: string): string {
  if (html !== last.html) last = { html, words: words(html) };
  return last.words;
}
