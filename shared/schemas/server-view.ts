import { z } from 'zod';
import { ageBuckets, type ServerRowsWhere, type ServerSort, serverSortKeys } from '../server-view.ts';
import { schemaOf, text } from './basic.ts';

/** Rows of the mailbox on the server, by their keys. */
export const serverKeys = z.array(text(200)).max(2_000_000).readonly();

/** How the rows of the mailbox on the server are ordered. */
export const serverSort = schemaOf<ServerSort>()(
  z.object({ by: z.enum(serverSortKeys), descending: z.boolean() }),
);

/** Which rows of the mailbox on the server are looked for. */
export const serverRowsWhere = schemaOf<ServerRowsWhere>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['all', 'stored', 'new']) }),
    z.object({ kind: z.literal('from'), sender: text(500) }),
    z.object({ kind: z.literal('from-like'), words: text(500) }),
    z.object({ kind: z.literal('age'), bucket: z.enum(ageBuckets) }),
    z.object({ kind: z.literal('older'), days: z.number().int().min(0) }),
    z.object({ kind: z.literal('larger'), bytes: z.number().int().min(0) }),
  ]),
);
