import { z } from 'zod';
import { type ListFilter, type ListSort, listSortKeys, type Selection } from '../message-list.ts';
import type { Place } from '../places.ts';
import { accountId, messageIds, schemaOf, text, wholeNumber } from './basic.ts';
import { folder } from './folder.ts';

/** Something in the left pane that holds messages stored here. */
export const place = schemaOf<Place>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('folder'), folder, accountId: accountId.nullable() }),
    z.object({ kind: z.literal('starred'), accountId: accountId.nullable() }),
    z.object({ kind: z.literal('tag'), tag: text(100) }),
    z.object({ kind: z.literal('search'), query: text(1000) }),
  ]),
);

/** The quick filter over a list. */
export const filter = schemaOf<ListFilter>()(
  z.object({
    unread: z.boolean().optional(),
    starred: z.boolean().optional(),
    attachment: z.boolean().optional(),
    text: text(500).optional(),
  }),
);

/** How a list is ordered. */
export const sort = schemaOf<ListSort>()(z.object({ by: z.enum(listSortKeys), descending: z.boolean() }));

/** Messages an action is for: some by id, or all of a place but a few. */
export const selection = schemaOf<Selection>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ids'), ids: messageIds }),
    z.object({ kind: z.literal('place'), place, filter, except: messageIds }),
  ]),
);

/** The visible window of a list: where it begins, and how many rows. */
export const listWindow = { offset: z.number().int().min(0), limit: wholeNumber(1, 500) };
