import { z } from 'zod';
import { plainActions, type Rule, type RuleAction, type RuleCondition } from '../rule.ts';
import { accountId, schemaOf, text } from './basic.ts';
import { folderId } from './folder.ts';

const condition = schemaOf<RuleCondition>()(
  z.union([
    z.object({ kind: z.enum(['from', 'to', 'subject']), contains: text(500) }),
    z.object({ kind: z.literal('header'), name: text(100), contains: text(500) }),
    z.object({ kind: z.enum(['larger', 'smaller']), bytes: z.number().int().min(0) }),
  ]),
);

const action = schemaOf<RuleAction>()(
  z.union([
    z.object({ kind: z.enum(plainActions) }),
    z.object({ kind: z.literal('tag'), tag: text(100) }),
    z.object({ kind: z.literal('move'), folder: folderId }),
  ]),
);

/** A rule over mail that comes in. */
export const rule = schemaOf<Rule>()(
  z.object({
    id: text(40),
    name: text(200),
    isOn: z.boolean(),
    accountId: accountId.nullable(),
    conditions: z.array(condition).max(50).readonly(),
    actions: z.array(action).max(20).readonly(),
  }),
);
