import { z } from 'zod';
import { accountId, text } from './basic.ts';

/** A rule over mail that comes in. */
export const rule = z.object({
  id: text(40),
  name: text(200),
  isOn: z.boolean(),
  accountId: accountId.nullable(),
  conditions: z
    .array(
      z.union([
        z.object({ kind: z.enum(['from', 'to', 'subject']), contains: text(500) }),
        z.object({ kind: z.literal('header'), name: text(100), contains: text(500) }),
        z.object({ kind: z.enum(['larger', 'smaller']), bytes: z.number().int().min(0) }),
      ]),
    )
    .max(50),
  actions: z
    .array(
      z.union([
        z.object({
          kind: z.enum([
            'skip',
            'headers-only',
            'delete-on-server',
            'fetch-first',
            'archive',
            'star',
            'trash',
            'mark-read',
            'no-notice',
          ]),
        }),
        z.object({ kind: z.literal('tag'), tag: text(100) }),
      ]),
    )
    .max(20),
});
