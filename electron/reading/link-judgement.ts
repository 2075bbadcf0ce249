import { judgeFollowed } from '../message/safety/link.ts';
import type { ShownPages } from './shown-pages.ts';

/** What the link door knows of a link before it opens one. Codes as in `link/asked`. */
export type LinkJudgement = {
  readonly verdict: 'open' | 'ask' | 'refuse';
  readonly url: string;
  readonly host: string;
  readonly hostAscii: string;
  readonly reasons: readonly string[];
};

/** Judges a link that a person followed, by the text it stands under in the pages that show it. */
export function judgeLinkOf(
  pages: Pick<ShownPages, 'find'>,
  url: string,
  tokens: readonly string[],
): LinkJudgement {
  const links = tokens.flatMap((token) => pages.find(token)?.links ?? []);
  const { kind, href, host, hostAscii, reasons } = judgeFollowed(url, links);
  return { verdict: kind, url: href, host, hostAscii, reasons };
}
