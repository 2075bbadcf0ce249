import { z } from 'zod';
import { text } from './basic.ts';

/** Rows of the mailbox on the server, by their keys. */
export const serverKeys = z.array(text(200)).max(2_000_000);

/** How the rows of the mailbox on the server are ordered. */
export const serverSort = z.object({
  by: z.enum(['date', 'from', 'subject', 'size']),
  descending: z.boolean(),
});

/** Which rows of the mailbox on the server are looked for. */
export const serverRowsWhere = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('from'), sender: text(500) }),
  z.object({ kind: z.literal('older'), days: z.number().int().min(0) }),
  z.object({ kind: z.literal('larger'), bytes: z.number().int().min(0) }),
  z.object({ kind: z.literal('stored') }),
  z.object({ kind: z.literal('new') }),
]);
