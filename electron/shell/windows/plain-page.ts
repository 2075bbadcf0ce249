/** Texts for a person when the program cannot go on. */
export type Trouble = {
  readonly language: string;
  readonly title: string;
  readonly meaning: string;
  /** The program's own message, folded; empty for none. */
  readonly details: string;
  readonly detailsLabel: string;
  /** Labels of the two buttons. */
  readonly startAgain: string;
  readonly quit: string;
};

/** Addresses of the page's two buttons. Nothing is loaded from them. */
export const troubleAnswers = { startAgain: 'poppy://trouble/again', quit: 'poppy://trouble/quit' };

const style = `
  :root { color-scheme: light dark; }
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; }
  h1 { font-size: 1.25rem; margin: 0 0 .75rem; }
  p, pre { overflow-wrap: anywhere; white-space: pre-wrap; }
  a { display: inline-block; padding: .5rem 1rem; margin-right: .5rem; border: 1px solid; border-radius: .5rem;
      color: inherit; text-decoration: none; }`;

/** A page that tells of the trouble and has the two buttons. */
export function troublePage(trouble: Trouble): string {
  const { startAgain, quit } = troubleAnswers;
  const details =
    trouble.details === ''
      ? ''
      : `<details><summary>${plain(trouble.detailsLabel)}</summary><pre>${plain(trouble.details)}</pre></details>`;
  const ways = `<p><a href="${startAgain}">${plain(trouble.startAgain)}</a><a href="${quit}">${plain(trouble.quit)}</a></p>`;
  return plainPage(trouble, 'alert', `${details}${ways}`);
}

/** A page that says why the person has to wait. */
export function waitingPage(waiting: Pick<Trouble, 'language' | 'title' | 'meaning'>): string {
  return plainPage(waiting, 'status', '');
}

/** The page as a data address. It needs neither the engine nor a file, and runs nothing. */
function plainPage(
  { language, title, meaning }: Pick<Trouble, 'language' | 'title' | 'meaning'>,
  role: 'alert' | 'status',
  rest: string,
): string {
  const html = `<!doctype html><html lang="${plain(language)}"><head><meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Poppy</title><style>${style}</style></head>
<body><main><div role="${role}"><h1>${plain(title)}</h1><p>${plain(meaning)}</p></div>${rest}</main></body></html>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
