import { compile } from 'html-to-text';

/** HTML beyond this adds nothing to a preview and little to a search. Characters. */
const maximumHtml = 400_000;
/** The parser's time grows with the square of the nesting; honest mail nests some dozens deep. */
const maximumOpen = 2000;

type Converter = (html: string) => string;

/** A converter that leaves out these elements besides those that never hold words. */
function converter(unseen: readonly string[]): Converter {
  const skipped = ['img', 'title', 'head', 'style', 'script', 'template', 'hr', ...unseen];
  return compile({
    wordwrap: false,
    limits: { maxInputLength: maximumHtml, maxDepth: 200, maxBaseElements: 50 },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
      { selector: 'table', format: 'block' },
      // Minified HTML has no blanks between cells. Without one their words would join, and no search would find them.
      ...['td', 'th'].map((selector) => ({
        selector,
        format: 'inlineSurround',
        options: { suffix: ' ' },
      })),
      ...skipped.map((selector) => ({ selector, format: 'skip' })),
    ],
  });
}

const convert = converter([]);

/** How senders keep words out of sight in an attribute; a number is hidden at nought only. */
const unseenByAttribute = [
  '[hidden]',
  ...[
    'display:none',
    'visibility:hidden',
    'mso-hide:all',
    'font-size:0;',
    'font-size:0px',
    'max-height:0;',
    'max-height:0px',
    'opacity:0;',
  ].flatMap((style) => [style, style.replace(':', ': ')].map((one) => `[style*="${one}" i]`)),
];

const mostClasses = 100;

/** Classes that a style sheet hides at any width. */
function hiddenClasses(html: string): string[] {
  const sheets = [...html.matchAll(/<style\b[^>]{0,500}>([^<]{0,100000})/gi)].slice(0, 20);
  const rules = sheets.map(([, sheet = '']) =>
    sheet.replace(/@media[^{}]{0,500}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/gi, ''),
  );
  const hidden = rules.flatMap((sheet) => [
    ...sheet.matchAll(/(?:^|[},])\s*(\.[a-z][\w-]{0,60})\s*\{[^{}]{0,2000}?\bdisplay\s*:\s*none\b/gi),
  ]);
  return hidden.slice(0, mostClasses).map(([, selector = '']) => selector);
}

/** Text without its tags, for HTML that is too strange to be parsed. Linear. */
function stripTags(html: string): string {
  return html.replace(/<(?:style|script)\b[^>]{0,1000}>[^<]*/gi, ' ').replace(/<[^<>]{0,5000}>/g, ' ');
}

function words(html: string, by: Converter): string {
  const front = html.slice(0, maximumHtml);
  const opened = front.match(/<[a-z]/gi)?.length ?? 0;
  const closed = front.match(/<\/[a-z]|<(?:br|img|meta|hr|input|link|p|li|td|tr|col)\b/gi)?.length ?? 0;
  if (opened - closed > maximumOpen) return stripTags(front);
  try {
    return by(front);
  } catch {
    // A converter that fails on this markup must not cost the message its words.
    return stripTags(front);
  }
}

/** The last body converted: its words are asked for by the preview, the index and the choice of the body. */
let last = { html: '', words: '' };

/** The words of an HTML body, for a preview and the text index; also those kept out of sight. Never throws. */
export function htmlToText(html: string): string {
  if (html !== last.html) last = { html, words: words(html, convert) };
  return last.words;
}

/** The words of an HTML body that a reader of it sees. Never throws. */
export function visibleText(html: string): string {
  const front = html.slice(0, maximumHtml);
  return words(front, converter([...unseenByAttribute, ...hiddenClasses(front)]));
}
