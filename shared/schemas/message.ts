import { z } from 'zod';
import type { MarkChange } from '../marks.ts';
import type { BodyView, PrintedBody } from '../message-view.ts';
import { schemaOf, text } from './basic.ts';

const tagNames = z.array(text(100)).max(100).readonly();

/** How a body is asked for. */
export const bodyView = schemaOf<BodyView>()(
  z.object({
    format: z.enum(['auto', 'text', 'html', 'source']),
    isDark: z.boolean(),
    allowRemoteOnce: z.boolean(),
    /** Text to highlight in the body; its places are fragments of the body's address: #poppy-found-1, … */
    find: text(200).optional(),
  }),
);

/** What of it holds on paper and in saved files. */
export const printedBody = schemaOf<PrintedBody>()(bodyView.pick({ format: true, allowRemoteOnce: true }));

/** A change of marks; what is absent stays as it is. */
export const markChange = schemaOf<MarkChange>()(
  z.object({
    isRead: z.boolean().optional(),
    isStarred: z.boolean().optional(),
    isReplied: z.boolean().optional(),
    isForwarded: z.boolean().optional(),
    addTags: tagNames.optional(),
    removeTags: tagNames.optional(),
  }),
);
