/** A link of a message: where it leads (http, https or mailto, as a browser writes it) and the text it stands under. */
export type BodyLink = { readonly href: string; readonly text: string };

/** What was noticed while a body was made safe; each has a sentence in the reader's language. */
export type BodyWarning =
  /** Scripts, event handlers or script addresses were taken out. */
  | 'script'
  /** Forms were taken out: what one would type would go to the sender. */
  | 'form'
  /** Frames, objects or media were taken out. */
  | 'embedded'
  /** The body is longer than is shown; its beginning is. */
  | 'cut'
  /** The markup is built so that it cannot be shown safely; its text is shown instead. */
  | 'text-only';

/** A body that can be shown: nothing in it loads, runs or navigates by itself. */
export type SafeBody = {
  /** A whole document in one fixed form: doctype (or none, for old layout rules), `<html…><head>`, styles, `<body…>`. */
  readonly html: string;
  /** Remote images that were left out and could be shown if the person allows it. */
  readonly blockedRemote: number;
  /** Invisible remote images, the kind that only reports that a message was opened; never loaded. */
  readonly trackers: number;
  /** Hosts of all remote images, ASCII form, sorted. */
  readonly remoteHosts: readonly string[];
  readonly links: readonly BodyLink[];
  /** Addresses of the pictures that are drawn where a person can see them. */
  readonly drawn: readonly string[];
  readonly warnings: readonly BodyWarning[];
  /** Colours moved for a dark ground, or dark rules of the author's own; absent where it looks as it was made. */
  readonly look?: 'dark' | 'own-dark';
};

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '\u00a0': '&nbsp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * Escapes text for an element or a quoted attribute. Marks that override the direction go: with them a text is read in
 * another order than it is judged in.
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&\u00a0<>"\u202d\u202e]/g, (character) => escapes[character] ?? '');
}

/** The document every safe body is written as; `bodyAttributes` and `styles` must be clean already. */
export function safeDocument(parts: {
  readonly doctype: string;
  readonly htmlAttributes: string;
  readonly styles: string;
  readonly bodyAttributes: string;
  readonly content: string;
}): string {
  const style = parts.styles === '' ? '' : `<style>${parts.styles}</style>`;
  return `${parts.doctype}<html${parts.htmlAttributes}><head>${style}</head><body${parts.bodyAttributes}>${parts.content}</body></html>`;
}
