import {
  copyAttachment,
  findAttachment,
  saveAllAttachments,
  saveAttachment,
} from '../../reading/attachment-files.ts';
import { fileNameOf } from '../../reading/preview-kind.ts';
import { putPreview } from '../../reading/preview-page.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';

/** Attachments: looked at, opened as private copies, saved where a person wants them. */
export function attachmentCalls(
  tools: Pick<EngineParts, 'shelf' | 'pages'>,
): Answers<
  'attachment/copy' | 'attachment/name' | 'attachment/write' | 'attachment/write-all' | 'attachment/preview'
> {
  const { shelf } = tools;
  return {
    'attachment/name': async ({ id, part }) => {
      const attachment = await findAttachment(shelf, id, part);
      return attachment === undefined ? 'attachment' : fileNameOf(attachment);
    },
    'attachment/copy': (request) => copyAttachment(shelf, request),
    'attachment/write': (request) => saveAttachment(shelf, request),
    'attachment/write-all': (request) => saveAllAttachments(shelf, request),
    'attachment/preview': (request) => putPreview(tools, request),
  };
}
