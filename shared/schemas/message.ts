import { z } from 'zod';
import { text } from './basic.ts';

/** How a body is asked for. */
export const bodyView = z.object({
  format: z.enum(['auto', 'text', 'html', 'source']),
  isDark: z.boolean(),
  allowRemoteOnce: z.boolean(),
  /** Text to mark in the body; its places are fragments of the body's address: #poppy-found-1, … */
  find: text(200).optional(),
});

/** What of it holds on paper and in saved files. */
export const printedBody = bodyView.pick({ format: true, allowRemoteOnce: true });

/** A change of marks; what is absent stays as it is. */
export const markChange = z.object({
  isRead: z.boolean().optional(),
  isStarred: z.boolean().optional(),
  addTags: z.array(text(100)).max(100).optional(),
  removeTags: z.array(text(100)).max(100).optional(),
});
