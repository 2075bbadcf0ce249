import { z } from 'zod';
import { ageBuckets } from '../server-view.ts';
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
  /** A sender as the picture of the space names it. */
  z.object({ kind: z.literal('from'), sender: text(500) }),
  /** Words of a sender's name or address. */
  z.object({ kind: z.literal('from-like'), words: text(500) }),
  /** A bar of the picture of ages. */
  z.object({ kind: z.literal('age'), bucket: z.enum(ageBuckets) }),
  z.object({ kind: z.literal('older'), days: z.number().int().min(0) }),
  z.object({ kind: z.literal('larger'), bytes: z.number().int().min(0) }),
  z.object({ kind: z.literal('stored') }),
  z.object({ kind: z.literal('new') }),
]);
