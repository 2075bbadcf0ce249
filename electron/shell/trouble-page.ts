/** What a person is told when the program cannot go on. */
export type Trouble = {
  readonly language: string;
  readonly title: string;
  readonly meaning: string;
  /** The program's own words, folded; empty for none. */
  readonly details: string;
  readonly detailsLabel: string;
  /** Labels of the two ways out. */
  readonly startAgain: string;
  readonly quit: string;
};

/** Addresses that the two buttons of the page lead to; nothing is loaded from them. */
export const troubleAnswers = { startAgain: 'poppy://trouble/again', quit: 'poppy://trouble/quit' };

const style = `
  :root { color-scheme: light dark; }
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; }
  h1 { font-size: 1.25rem; margin: 0 0 .75rem; }
  p, pre { overflow-wrap: anywhere; white-space: pre-wrap; }
  a { display: inline-block; padding: .5rem 1rem; margin-right: .5rem; border: 1px solid; border-radius: .5rem;
      color: inherit; text-decoration: none; }`;

/** The page as an address of its own: it needs neither the engine nor a file, and runs nothing. */
export function troublePage(trouble: Trouble): string {
  const { startAgain, quit } = troubleAnswers;
  const details =
    trouble.details === ''
      ? ''
      : `<details><summary>${plain(trouble.detailsLabel)}</summary><pre>${plain(trouble.details)}</pre></details>`;
  const html = `<!doctype html><html lang="${plain(trouble.language)}"><head><meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Poppy</title><style>${style}</style></head>
<body><main role="alert"><h1>${plain(trouble.title)}</h1><p>${plain(trouble.meaning)}</p>${details}</main>
<p><a href="${startAgain}">${plain(trouble.startAgain)}</a><a href="${quit}">${plain(trouble.quit)}</a></p></body></html>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
