import { judgeLinkOf } from '../../reading/link-judgement.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';

/** What a link leads to, before the shell opens it. */
export function linkCalls({ pages }: Pick<EngineParts, 'pages'>): Answers<'link/judge'> {
  return { 'link/judge': ({ url, tokens }) => judgeLinkOf(pages, url, tokens) };
}
