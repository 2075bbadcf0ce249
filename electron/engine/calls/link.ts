import { judgeLinkOf } from '../../reading/link-judgement.ts';
import type { Answers, EngineContext } from '../context.ts';

/** What a link leads to, before the shell opens it. */
export function linkCalls({ pages }: Pick<EngineContext, 'pages'>): Answers<'link/judge'> {
  return { 'link/judge': ({ url, tokens }) => judgeLinkOf(pages, url, tokens) };
}
