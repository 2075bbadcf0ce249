import { ok } from '../../../shared/result.ts';
import { putPrintable } from '../../reading/printable-page.ts';
import { readContent } from '../../reading/scheme-content.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';

type Tools = Pick<EngineParts, 'shelf' | 'pages' | 'remotePictures'>;

/** What the message scheme serves, and pages that only the shell asks for. */
export function contentCalls(
  tools: Tools,
): Answers<'content/read' | 'content/open-file' | 'content/printable'> {
  return {
    'content/read': ({ token, path }) => readContent(tools, token, path),
    'content/open-file': async ({ path }) => {
      const added = await tools.shelf.addFile(path);
      return added.ok ? ok({ id: added.value }) : added;
    },
    'content/printable': ({ id, body }) => putPrintable(tools, id, body),
  };
}
